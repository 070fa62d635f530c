// Four ways to lay a conversation out: replies below what they answer, one list, what the post's author answered, and
// answers that were guessed.

import assert from "node:assert/strict";
import test from "node:test";
import { announced, at, focusOn, laidOut, layOut, offered, small, text } from "./content.mjs";
import { DESK, PHONE, Reader, reading } from "./reader.mjs";
import { built, FLAT, Site } from "./site.mjs";

const demo = await Site.serve(test, built.dist);

// Mina wrote the post. She answers Bo below Ann, and Dee; nobody else is answered by her.
const TALK = [
  { id: "1", by: "Ann", on: 1 },
  { id: "2", by: "Bo", on: 2, to: "1" },
  { id: "3", by: "Cy", on: 3 },
  { id: "4", host: true, on: 4, to: "2" },
  { id: "5", by: "Ann", on: 5, to: "4" },
  { id: "6", by: "Dee", on: 6 },
  { id: "7", by: "Eve", on: 7, to: "6" },
  { id: "8", host: true, on: 8, to: "6" },
  { id: "9", by: "Flo", on: 9, to: "3" },
];
const QUIET = TALK.map((comment) => (comment.host ? { ...comment, host: false, by: "Mona" } : comment));
const LONG = Array.from({ length: 240 }, (_, n) => ({
  id: `n${n}`,
  to: n % 8 === 0 ? undefined : `n${n - (n % 8 === 1 || n % 3 === 0 ? n % 8 : 1)}`,
  on: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
  by: `Reader ${n % 17}`,
  host: n % 23 === 5,
  says: text(30 + ((n * 97) % 400)),
}));
const site = await small(test, { talk: TALK, quiet: QUIET, long: LONG });

const indents = (reader) =>
  reader.page.$$eval("article.comment", (rows) => [
    ...new Set(rows.map((row) => [...row.classList].find((name) => name.startsWith("indent-")))),
  ]);
const guessed = (reader) =>
  reader.page.waitForSelector(".view-select option[value=inferred]", { state: "attached" });

reading(
  "one list: all comments by time, none indented, and each answer says whom it answers",
  { site, path: at("talk") },
  async (reader) => {
    assert.deepEqual(await reader.ids(), "1 2 4 5 3 9 6 7 8".split(" "));
    await layOut(reader, "flat");
    await reader.order("1 2 3 4 5 6 7 8 9".split(" "));
    assert.equal(await announced(reader), "Comments are now shown like this: One list");
    assert.deepEqual(await indents(reader), ["indent-0"]);
    const lefts = await reader.page.$$eval("article.comment", (rows) =>
      rows.map((row) => row.querySelector(".comment-author").getBoundingClientRect().left),
    );
    assert.equal(new Set(lefts).size, 1, `one edge: ${lefts}`);
    const to = await reader.page.$$eval("article.comment", (rows) =>
      rows.map((row) => {
        const link = row.querySelector("a.comment-to");
        return link?.offsetParent ? `${link.textContent} ${link.getAttribute("href")}` : null;
      }),
    );
    assert.deepEqual(to, [
      null,
      "to Ann #comment-1",
      null,
      "to Bo #comment-2",
      "to Mina #comment-4",
      null,
      "to Dee #comment-6",
      "to Dee #comment-6",
      "to Cy #comment-3",
    ]);
  },
);

reading("one list: “to Ann” leads to her comment, and Back returns", { site, path: at("long") }, async (reader) => {
  await layOut(reader, "flat");
  const link = reader.comment("n201").locator("a.comment-to");
  const parent = (await link.getAttribute("href")).replace("#comment-", "");
  await reader.scrollTo("n201");
  const from = await reader.scrolled();
  await link.click();
  await reader.landed(parent);
  await focusOn(reader, parent);
  assert.ok(Math.abs((await reader.scrolled()) - from) > 20, "it is somewhere else");
  await reader.page.goBack();
  await reader.page.waitForFunction((top) => Math.abs(window.scrollY - top) < 100, from);
  assert.equal(new URL(reader.page.url()).hash, "");
  assert.equal(await reader.page.locator(".view-select").inputValue(), "flat");
});

// What somebody answers, beside the link to it.

const preview = (reader) => reader.page.locator(".preview");
const linkOf = (reader, id) => reader.comment(id).locator("a.comment-to");

/** What is shown of a comment beside a link, checked for being where it can be read. */
async function previewed(reader, id) {
  await preview(reader).waitFor();
  assert.equal(await preview(reader).count(), 1);
  assert.equal(await preview(reader).getAttribute("role"), "tooltip");
  const name = await preview(reader).getAttribute("id");
  assert.equal(await linkOf(reader, id).getAttribute("aria-describedby"), name, "it is read out with the link");
  const box = await preview(reader).boundingBox();
  const { width, height } = reader.page.viewportSize();
  assert.ok(box.x >= 0 && box.x + box.width <= width, `within the window: ${JSON.stringify(box)}`);
  assert.ok(box.y >= 0 && box.y + box.height <= height, `within the window: ${JSON.stringify(box)}`);
  return [
    await preview(reader).locator(".preview-author").textContent(),
    await preview(reader).locator(".preview-body").textContent(),
  ];
}

const gone = async (reader, id) => {
  await preview(reader).waitFor({ state: "detached" });
  assert.equal(await linkOf(reader, id).getAttribute("aria-describedby"), null);
};

reading(
  "“to Cy”, pointed at, shows what Cy wrote, and moves nothing; the pointer elsewhere, it is gone",
  { site, path: `${at("talk")}?view=flat` },
  async (reader) => {
    const before = [await reader.top(9), (await reader.witness()).shift, await reader.scrolled()];
    await linkOf(reader, 9).hover();
    assert.deepEqual(await previewed(reader, 9), ["Cy", "This is 3."]);
    const after = [await reader.top(9), (await reader.witness()).shift];
    if ((await reader.scrolled()) === before[2]) assert.deepEqual(after, before.slice(0, 2));
    await reader.page.mouse.move(2, 2);
    await gone(reader, 9);
    assert.equal(new URL(reader.page.url()).hash, "");
  },
);

reading(
  "“to Dee”, reached with the Tab key, shows what Dee wrote; Escape takes it away and leaves the focus",
  { site, path: `${at("talk")}?view=flat` },
  async (reader) => {
    const keys = reader.page.keyboard;
    await reader.comment(6).locator(".comment-menu").focus();
    for (let presses = 0; presses < 9; presses += 1) {
      await keys.press("Tab");
      if (await linkOf(reader, 7).evaluate((link) => link === document.activeElement)) break;
    }
    assert.deepEqual(await previewed(reader, 7), ["Dee", "This is 6."]);
    await keys.press("Escape");
    await gone(reader, 7);
    assert.ok(await linkOf(reader, 7).evaluate((link) => link === document.activeElement));
    await keys.press("Shift+Tab");
    await keys.press("Tab");
    await previewed(reader, 7);
    await keys.press("Enter");
    await focusOn(reader, "6");
    await gone(reader, 7);
  },
);

reading(
  "on a touch screen the first tap on “to Cy” shows what Cy wrote, and the second goes there",
  {
    site,
    path: `${at("talk")}?view=flat`,
    screen: { width: 320, height: 640 },
    context: { hasTouch: true, isMobile: true },
  },
  async (reader) => {
    await linkOf(reader, 9).tap();
    assert.deepEqual(await previewed(reader, 9), ["Cy", "This is 3."]);
    assert.equal(new URL(reader.page.url()).hash, "");
    assert.equal(await reader.overflow(), 0);
    await linkOf(reader, 9).tap();
    await focusOn(reader, "3");
    await gone(reader, 9);
  },
);

reading(
  "a preview cuts a long text off, and shows no more than fits",
  { site, path: `${at("long")}?view=flat`, screen: PHONE },
  async (reader) => {
    await reader.scrollTo("n101");
    await linkOf(reader, "n101").hover();
    await previewed(reader, "n101");
    const box = await preview(reader).boundingBox();
    assert.ok(box.height < PHONE.height / 2, `${box.height} pixels`);
    await reader.page.keyboard.press("Escape");
    await gone(reader, "n101");
  },
);

reading("one list has no buttons that fold", { site, path: at("talk") }, async (reader) => {
  assert.ok((await reader.page.locator(".comment-fold:visible").count()) > 0);
  assert.equal(await reader.page.locator(".fold-all").count(), 1);
  await layOut(reader, "flat");
  assert.equal(await reader.page.locator(".comment-fold:visible").count(), 0);
  assert.equal(await reader.page.locator(".fold-all").count(), 0);
  await reader.comment(1).locator(".comment-time").focus();
  await reader.page.keyboard.press("x");
  await reader.look();
  assert.equal((await reader.visibleIds()).length, 9);
});

reading("what was collapsed is so again after a look at the one list", { site, path: at("talk") }, async (reader) => {
  await reader.fold(1).click();
  await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 3);
  await layOut(reader, "flat");
  await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 0);
  await layOut(reader, "threaded");
  await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 3);
  assert.equal(await reader.fold(1).getAttribute("aria-expanded"), "false");
  assert.deepEqual(await reader.visibleIds(), "1 3 9 6 7 8".split(" "));
});

const AUTHOR = "1 2 4 6 8".split(" ");

reading(
  "the author's answers: what the author wrote, what was asked above it in grey, and nothing else",
  { site, path: at("talk") },
  async (reader) => {
    await layOut(reader, "author");
    await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 4);
    assert.deepEqual(await reader.visibleIds(), AUTHOR);
    assert.equal(await announced(reader), "Comments are now shown like this: The author’s answers");
    const context = await reader.page.$$eval("article.is-context", (rows) => rows.map((row) => row.id));
    assert.deepEqual(context, ["comment-1", "comment-2", "comment-6"]);
    const hidden = await reader.page.$$eval("article[hidden]", (rows) => rows.map((row) => row.getAttribute("hidden")));
    assert.deepEqual(new Set(hidden), new Set(["until-found"]), "find-in-page finds them");
    await layOut(reader, "threaded");
    await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden], .is-context").length === 0);
    assert.equal((await reader.visibleIds()).length, 9);
  },
);

reading("a link shares the author's answers with somebody else", { site, path: at("talk") }, async (reader) => {
  await layOut(reader, "author");
  const shared = reader.page.url().slice(site.origin.length);
  assert.match(shared, /\?view=author$/);
  const friend = await Reader.come(site);
  try {
    await friend.open(shared);
    assert.deepEqual(await friend.visibleIds(), AUTHOR);
    assert.equal(await friend.page.locator(".view-select").inputValue(), "author");
  } finally {
    await friend.leave();
  }
});

reading(
  "the author's answers: the rest below a comment can be opened and folded again",
  { site, path: at("talk") },
  async (reader) => {
    await layOut(reader, "author");
    assert.equal(await reader.fold(6).getAttribute("aria-expanded"), "false");
    await reader.fold(6).click();
    await reader.page.waitForFunction(() => !document.getElementById("comment-7").hasAttribute("hidden"));
    assert.deepEqual(await reader.visibleIds(), "1 2 4 6 7 8".split(" "));
    assert.equal(await reader.fold(6).getAttribute("aria-expanded"), "true");
    await reader.fold(6).click();
    await reader.page.waitForFunction(() => document.getElementById("comment-7").hasAttribute("hidden"));
    assert.deepEqual(await reader.visibleIds(), AUTHOR);
  },
);

reading(
  "after something was opened among the author's answers, another layout has all comments",
  { site, path: at("talk") },
  async (reader) => {
    await layOut(reader, "author");
    await reader.fold(6).click();
    await reader.page.waitForFunction(() => !document.getElementById("comment-7").hasAttribute("hidden"));
    await layOut(reader, "threaded");
    assert.equal((await reader.visibleIds()).length, 9);
    await layOut(reader, "author");
    assert.deepEqual(await reader.visibleIds(), AUTHOR, "and what was opened is not kept for ever");
  },
);

reading(
  "the author's answers, remembered, do not hide a conversation in which the author wrote nothing",
  { site, path: at("talk") },
  async (reader) => {
    await layOut(reader, "author");
    await reader.open(at("quiet"));
    assert.equal((await reader.visibleIds()).length, 9);
  },
);

reading(
  "“collapse all” among the author's answers does what it says",
  { site, path: at("talk") },
  async (reader) => {
    await layOut(reader, "author");
    const button = reader.page.locator(".fold-all");
    // To be without it is fine; to say that replies are hidden while they are not, is not.
    if ((await button.count()) > 0) {
      await button.click();
      await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 7);
    }
    await reader.page.keyboard.press("z");
    await reader.look();
    const visible = await reader.visibleIds();
    const said = await announced(reader);
    if (said === "All replies are hidden.") assert.deepEqual(visible, ["1", "6"]);
    else assert.deepEqual(visible, AUTHOR);
  },
);

// Guesses. The old post has fifty comments that answer nobody, but people by name.

const guesses = (reader) =>
  reader.page.$$eval("a.comment-to[data-guess]", (links) =>
    links.map((link) => [link.closest("article").id, link.getAttribute("href"), link.textContent]),
  );

reading(
  "guessed replies: offered once there are some, each marked, with its reason, below what it answers",
  { site: demo, path: FLAT },
  async (reader) => {
    await guessed(reader);
    assert.deepEqual(await guesses(reader), [], "nobody has asked for guesses");
    assert.deepEqual(await indents(reader), ["indent-0"]);
    await layOut(reader, "inferred");
    await reader.page.waitForSelector("a.comment-to[data-guess]");
    assert.equal(await announced(reader), "Comments are now shown like this: Replies guessed by name");
    const links = await guesses(reader);
    assert.ok(links.length >= 5, `${links.length} guesses`);
    const order = await reader.ids();
    const reason =
      /^guessed: to .+, as it (speaks to “.+”|mentions “@.+”|takes up what “.+” said|quotes “.+”|corrects the comment before)$/;
    for (const [row, href, words] of links) {
      assert.match(words, reason, row);
      assert.ok(order.indexOf(href.slice(9)) < order.indexOf(row.slice(8)), `${row} stands below ${href}`);
      assert.doesNotMatch(await reader.page.locator(`#${row}`).getAttribute("class"), /indent-0/);
      assert.match(await reader.page.locator(`#${row} .for-ears`).first().textContent(), /guessed reply to/);
    }
    assert.equal(order.length, 50, "none is lost");
  },
);

reading(
  "guessed replies: a reason names somebody who is there, and the text bears it out",
  { site: demo, path: `${FLAT}?view=inferred` },
  async (reader) => {
    await reader.page.waitForSelector("a.comment-to[data-guess]");
    const wrong = await reader.page.$$eval("a.comment-to[data-guess]", (links) =>
      links
        .map((link) => {
          const [, said] = link.textContent.match(/as it (?:speaks to|takes up what) “(.+)”/) ?? [];
          const own = link.closest("article").querySelector(".comment-body").textContent;
          return said && !own.toLowerCase().includes(said.toLowerCase()) ? link.textContent : null;
        })
        .filter(Boolean),
    );
    assert.deepEqual(wrong, []);
  },
);

reading("guessed replies are switched off again, and leave no trace", { site: demo, path: FLAT }, async (reader) => {
  const rows = () =>
    reader.page.$$eval("article.comment", (all) =>
      all.map((row) => [row.id, row.className, row.querySelector(".comment-to")?.textContent ?? null]),
    );
  await guessed(reader);
  const before = await rows();
  await layOut(reader, "inferred");
  await reader.page.waitForSelector("a.comment-to[data-guess]");
  assert.notDeepEqual(await rows(), before);
  await layOut(reader, "threaded");
  await reader.page.waitForFunction(() => !document.querySelector("[data-guess]"));
  assert.deepEqual(await rows(), before);
});

reading(
  "guessed replies: a link to the layout shows it to somebody else, and a thread with none is shown as it is",
  { site: demo, path: `${FLAT}?view=inferred` },
  async (reader) => {
    await reader.page.waitForSelector("a.comment-to[data-guess]");
    assert.equal(await reader.page.locator(".view-select").inputValue(), "inferred");
    const friend = await Reader.come(site);
    try {
      await friend.open(`${at("talk")}?view=inferred`);
      assert.equal((await friend.visibleIds()).length, 9);
      assert.equal(await friend.page.locator("[data-guess]").count(), 0);
    } finally {
      await friend.leave();
    }
  },
);

reading("a thread where nothing can be guessed offers no guesses", { site, path: at("talk") }, async (reader) => {
  await reader.page.waitForLoadState("networkidle");
  assert.deepEqual(await offered(reader, "view"), ["threaded", "flat", "author"]);
});

for (const screen of [DESK, PHONE]) {
  reading(
    `from layout to layout, what is read stays under the eyes, ${screen.width} px`,
    { site, path: at("long"), screen },
    async (reader) => {
      // One that the author wrote, so that each layout has it.
      await reader.scrollTo("n120");
      for (const view of ["flat", "author", "flat", "threaded", "author", "threaded"]) {
        const before = await reader.top("n120");
        await reader.page.evaluate((value) => {
          const control = document.querySelector(".view-select");
          control.value = value;
          control.dispatchEvent(new Event("change", { bubbles: true }));
        }, view);
        await laidOut(reader, view);
        await reader.page.waitForFunction((flat) => {
          const rows = [...document.querySelectorAll("article.comment")];
          const placed = rows.every((row, place) => row.getAttribute("aria-posinset") === String(place + 1));
          return placed && flat === rows.every((row) => row.classList.contains("indent-0"));
        }, view === "flat");
        await reader.look();
        // Heights that are not known yet come to rest within some frames.
        const inPlace = (top) => Math.abs(document.getElementById("comment-n120").getBoundingClientRect().top - top) <= 2;
        await reader.page.waitForFunction(inPlace, before, { timeout: 5_000 }).catch(() => {});
        const after = await reader.top("n120");
        assert.ok(Math.abs(after - before) <= 2, `${view}: ${before} became ${after}`);
      }
    },
  );
}

reading("focus and selection stay when the layout changes", { site, path: at("long") }, async (reader) => {
  const page = reader.page;
  await reader.comment("n120").locator(".comment-time").focus();
  const selected = await page.evaluate(() => {
    const words = document.querySelector("#comment-n120 .comment-body p").firstChild;
    window.getSelection().setBaseAndExtent(words, 2, words, 14);
    return window.getSelection().toString();
  });
  for (const view of ["flat", "author", "threaded"]) {
    await page.evaluate((value) => {
      const control = document.querySelector(".view-select");
      control.value = value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }, view);
    await laidOut(reader, view);
    await page.waitForFunction(
      (flat) =>
        flat === [...document.querySelectorAll("article.comment")].every((row) => row.classList.contains("indent-0")),
      view === "flat",
    );
    await reader.look();
    assert.equal(await page.evaluate(() => window.getSelection().toString()), selected, view);
    assert.ok(await page.evaluate(() => document.activeElement.matches("#comment-n120 .comment-time")), view);
  }
});

reading("changing the layout asks the server for nothing", { site: (t) => small(t, { talk: TALK }), path: at("talk") }, async (reader, own) => {
  await reader.page.waitForLoadState("networkidle");
  const requests = own.requests.length;
  for (const view of ["flat", "author", "threaded"]) await layOut(reader, view);
  // Chromium looks at the icon again whenever the address changes.
  assert.deepEqual(
    own.requests.slice(requests).filter((path) => path !== "/icon.svg"),
    [],
  );
});
