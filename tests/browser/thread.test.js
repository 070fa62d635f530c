// Reading a conversation: order, collapse, keys, and the reader's place while rows move.

import assert from "node:assert/strict";
import test from "node:test";
import { built, FLAT, NESTED, Site } from "./site.mjs";
import { reading } from "./reader.mjs";

const site = await Site.serve(test, built.dist);
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

reading("a post shows its title, author, date, text and comments", { site, path: FLAT }, async (reader) => {
  const page = reader.page;
  assert.equal(await page.locator("h1").textContent(), "The bench that squeaks");
  assert.equal(await page.locator(".post-author").textContent(), "by Tilda Brackenby");
  assert.equal(await page.locator(".post-meta time").getAttribute("datetime"), "2012-10-14T16:05:00Z");
  assert.match(await page.locator(".post-body").textContent(), /surprising news/);
  assert.equal(await page.locator("#comments-title").textContent(), "50 comments");
  assert.deepEqual(await reader.ids(), numbers(1, 50));
  assert.equal(await page.title(), "The bench that squeaks · The Leftover Screw");
});

reading(
  "a comment shows author, avatar, time, permalink, whom it answers, and how many answer",
  { site, path: NESTED },
  async (reader) => {
    const row = reader.comment(8);
    assert.equal(await row.locator(".comment-author").textContent(), "Rufus");
    assert.equal(await row.locator(".avatar").textContent(), "R");
    assert.equal(await row.locator(".comment-time").getAttribute("href"), "#comment-8");
    assert.equal(await row.locator(".comment-to").textContent(), "to Hanne");
    assert.equal(await row.locator(".comment-to").getAttribute("href"), "#comment-1");
    assert.equal(await row.locator(".for-ears").textContent(), "Level 2, reply to Hanne");
    assert.equal(await reader.fold(8).textContent(), "6 replies");
    assert.ok((await reader.page.locator(".comment-mark").count()) > 0, "the post's author answers somewhere");
  },
);

reading(
  "rows are announced with their place: aria-posinset counts from 1 to aria-setsize",
  { site, path: NESTED },
  async (reader) => {
    const places = await reader.page.$$eval("article.comment", (rows) =>
      rows.map((row) => [row.getAttribute("aria-posinset"), row.getAttribute("aria-setsize")]),
    );
    assert.deepEqual(
      places,
      numbers(1, 300).map((place) => [place, "300"]),
    );
  },
);

reading(
  "newest first and back again: turned around without a request, the same elements",
  { site: (t) => Site.serve(t, built.dist), path: FLAT },
  async (reader, own) => {
    await reader.page.evaluate(() => {
      window.rowsBefore = new Map([...document.querySelectorAll("article.comment")].map((row) => [row.id, row]));
    });
    // What the app fetches ahead, when nothing else is to be done.
    await reader.page.waitForSelector(".view-select option[value=inferred]", { state: "attached" });
    const requests = own.requests.length;
    await reader.choose("newest");
    await reader.order(numbers(1, 50).reverse());
    assert.match(await reader.page.locator("p.for-ears[role=status]").textContent(), /Newest first/);
    await reader.choose("oldest");
    await reader.order(numbers(1, 50));
    // Chromium looks at the icon again whenever the address changes.
    assert.deepEqual(own.requests.slice(requests).filter((path) => path !== "/icon.svg"), [], "no request");
    assert.ok(
      await reader.page.evaluate(() =>
        [...document.querySelectorAll("article.comment")].every((row) => window.rowsBefore.get(row.id) === row),
      ),
    );
  },
);

reading(
  "newest first turns threads around, and leaves answers below what they answer",
  { site, path: NESTED },
  async (reader) => {
    await reader.choose("newest");
    await reader.page.waitForFunction(() => document.querySelector("article.comment").id !== "comment-1");
    await reader.page.waitForFunction(() =>
      [...document.querySelectorAll("article.comment")].every(
        (row, at) => row.getAttribute("aria-posinset") === String(at + 1),
      ),
    );
    const rows = await reader.page.$$eval("article.comment", (all) =>
      all.map((row) => ({
        id: row.id,
        to: row.querySelector("a.comment-to")?.getAttribute("href")?.slice(1) ?? null,
      })),
    );
    assert.equal(rows.length, 300);
    const at = new Map(rows.map(({ id }, place) => [id, place]));
    for (const { id, to } of rows) assert.ok(to === null || at.get(to) < at.get(id), `${id} stands below ${to}`);
    const roots = rows.filter(({ to }) => to === null).map(({ id }) => Number(id.replace("comment-", "")));
    assert.deepEqual(
      roots,
      [...roots].sort((a, b) => b - a),
      "threads, newest first",
    );
  },
);

reading(
  "a reader far down keeps their place on a page that was built in the browser, too",
  { site, path: "/", until: "ready" },
  async (reader) => {
    await reader.page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    await reader.scrollTo(150);
    const before = await reader.top(150);
    for (const first of [false, true, false]) {
      await reader.page.keyboard.press("o");
      await reader.page.waitForFunction(
        (oldest) =>
          [...document.querySelectorAll("article.comment")].every(
            (row, at) => row.getAttribute("aria-posinset") === String(at + 1),
          ) && (document.querySelector("article.comment").id === "comment-1") === oldest,
        first,
      );
      await reader.look();
      const after = await reader.top(150);
      assert.ok(Math.abs(after - before) <= 2, `${before} became ${after}`);
    }
  },
);

reading(
  "after a change of the order no comment is clipped or covered by another one",
  { site, path: "/", until: "ready" },
  async (reader) => {
    await reader.page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    await reader.scrollTo(150);
    for (const first of [false, true, false]) {
      await reader.page.keyboard.press("o");
      await reader.page.waitForFunction(
        (oldest) =>
          [...document.querySelectorAll("article.comment")].every(
            (row, at) => row.getAttribute("aria-posinset") === String(at + 1),
          ) && (document.querySelector("article.comment").id === "comment-1") === oldest,
        first,
      );
      await reader.look();
      // A block off the screen has an estimated height, so it need not be exact; but room for its rows there must be.
      const clipped = await reader.page.$$eval(".block", (blocks) =>
        blocks
          .map((block) => {
            const top = block.firstElementChild.getBoundingClientRect().top;
            const rows = block.lastElementChild.getBoundingClientRect().bottom - top;
            return { of: block.firstElementChild.id, height: block.getBoundingClientRect().height, rows };
          })
          .filter(({ height, rows }) => height < rows / 2 || height > rows * 2),
      );
      assert.deepEqual(clipped, []);
    }
  },
);

for (const [path, id] of [
  [FLAT, 25],
  [NESTED, 150],
]) {
  reading(
    `a reader far down keeps their place when the order changes: comment ${id} of ${path}`,
    { site, path },
    async (reader) => {
      await reader.scrollTo(id);
      const before = await reader.top(id);
      for (const order of ["newest", "oldest"]) {
        await reader.choose(order);
        await reader.page.waitForFunction(
          (first) =>
            [...document.querySelectorAll("article.comment")].every(
              (row, at) => row.getAttribute("aria-posinset") === String(at + 1),
            ) && (document.querySelector("article.comment").id === "comment-1") === first,
          order === "oldest",
        );
        await reader.look();
        const after = await reader.top(id);
        assert.ok(Math.abs(after - before) <= 2, `${order}: ${before} became ${after}`);
      }
    },
  );
}

reading(
  "at the beginning of the thread a new order is shown from its beginning",
  { site, path: FLAT },
  async (reader) => {
    await reader.page
      .locator("#comments-title")
      .evaluate((title) => window.scrollTo(0, window.scrollY + title.getBoundingClientRect().top - 10));
    const before = await reader.scrolled();
    await reader.choose("newest");
    await reader.order(numbers(1, 50).reverse());
    assert.ok(Math.abs((await reader.scrolled()) - before) <= 2);
  },
);

reading("focus and selection stay when the order changes", { site, path: FLAT }, async (reader) => {
  const page = reader.page;
  await reader.comment(30).locator(".comment-time").focus();
  await page.evaluate(() => {
    const text = document.querySelector("#comment-30 .comment-body p").firstChild;
    window.getSelection().setBaseAndExtent(text, 2, text, 14);
    window.lostFocus = 0;
    document.activeElement.addEventListener("blur", () => {
      window.lostFocus += 1;
    });
  });
  const selected = await page.evaluate(() => window.getSelection().toString());
  await page.keyboard.press("o");
  await reader.order(numbers(1, 50).reverse());
  assert.equal(await page.evaluate(() => window.getSelection().toString()), selected);
  assert.ok(await page.evaluate(() => document.activeElement.matches("#comment-30 .comment-time")));
  assert.equal(await page.evaluate(() => window.lostFocus), 0, "the row with the focus was not moved");
});

reading(
  "a collapsed comment hides its answers, all of them and no others, and says so",
  { site, path: NESTED },
  async (reader) => {
    const before = await reader.visibleIds();
    const from = before.indexOf("8");
    assert.equal(await reader.fold(8).getAttribute("aria-expanded"), "true");
    await reader.fold(8).click();
    await reader.page.waitForFunction(() => document.querySelectorAll("article.comment[hidden]").length > 0);
    const visible = await reader.visibleIds();
    assert.deepEqual(visible, [...before.slice(0, from + 1), ...before.slice(from + 7)], "six answers are hidden");
    assert.equal(await reader.fold(8).getAttribute("aria-expanded"), "false");
    const hidden = await reader.page.$$eval("article.comment[hidden]", (rows) =>
      rows.map((row) => row.getAttribute("hidden")),
    );
    assert.deepEqual(new Set(hidden), new Set(["until-found"]), "find-in-page can still look into them");
    await reader.fold(8).click();
    await reader.page.waitForFunction(() => document.querySelectorAll("article.comment[hidden]").length === 0);
    assert.deepEqual(await reader.visibleIds(), before);
  },
);

reading("what find-in-page finds in a collapsed comment is opened", { site, path: NESTED }, async (reader) => {
  await reader.fold(1).click();
  await reader.page.waitForFunction(() => document.getElementById("comment-30").hidden);
  // Find-in-page cannot be driven from outside; this is the event with which it announces a find.
  await reader.comment(30).evaluate((row) => row.dispatchEvent(new Event("beforematch", { bubbles: true })));
  await reader.page.waitForFunction(() => !document.getElementById("comment-30").hasAttribute("hidden"));
  assert.equal(await reader.fold(1).getAttribute("aria-expanded"), "true");
});

reading("collapse is kept through a change of the order", { site, path: NESTED }, async (reader) => {
  await reader.fold(1).click();
  await reader.page.waitForFunction(() => document.querySelectorAll("article.comment[hidden]").length === 14);
  await reader.choose("newest");
  await reader.page.waitForFunction(() => document.querySelector("article.comment").id !== "comment-1");
  assert.equal(await reader.page.locator("article.comment[hidden]").count(), 14);
  assert.equal(await reader.fold(1).getAttribute("aria-expanded"), "false");
});

const focused = (reader) => reader.page.evaluate(() => document.activeElement?.closest("article.comment")?.id ?? null);
const focusIs = (reader, id) =>
  reader.page.waitForFunction((row) => document.activeElement?.id === row, `comment-${id}`);

reading("j and k go from comment to comment, past hidden ones", { site, path: NESTED }, async (reader) => {
  const keys = reader.page.keyboard;
  const order = await reader.ids();
  await keys.press("j");
  await focusIs(reader, order[0]);
  await keys.press("j");
  await focusIs(reader, order[1]);
  await keys.press("k");
  await focusIs(reader, order[0]);
  await keys.press("x");
  await reader.page.waitForFunction(() => document.querySelectorAll("article.comment[hidden]").length === 14);
  await keys.press("j");
  await focusIs(reader, order[15]);
  assert.ok(Math.abs(await reader.top(order[15])) < 200, "the comment was scrolled to");
  await keys.press("k");
  await keys.press("x");
  await reader.page.waitForFunction(() => document.querySelectorAll("article.comment[hidden]").length === 0);
});

reading("k on the first comment and j on the last one stay there", { site, path: FLAT }, async (reader) => {
  await reader.page.keyboard.press("j");
  await focusIs(reader, 1);
  await reader.page.keyboard.press("k");
  assert.equal(await focused(reader), "comment-1");
  await reader.comment(50).locator(".comment-time").focus();
  await reader.page.keyboard.press("j");
  assert.equal(await focused(reader), "comment-50");
});

reading("o turns the order around, and the control shows it", { site, path: FLAT }, async (reader) => {
  await reader.page.keyboard.press("o");
  await reader.order(numbers(1, 50).reverse());
  assert.equal(await reader.page.locator(".order-select").inputValue(), "newest");
  await reader.page.keyboard.press("o");
  await reader.order(numbers(1, 50));
  assert.equal(await reader.page.locator(".order-select").inputValue(), "oldest");
});

reading("keys do nothing with a modifier, nor while somebody types", { site, path: FLAT }, async (reader) => {
  const page = reader.page;
  for (const modifier of ["Control", "Alt", "Meta"]) await page.keyboard.press(`${modifier}+o`);
  await page.evaluate(() => {
    for (const [name, make] of [
      ["input", "input"],
      ["textarea", "textarea"],
      ["editable", "div"],
    ]) {
      const field = document.createElement(make);
      field.id = `typed-${name}`;
      if (make === "div") field.contentEditable = "true";
      document.querySelector("#content").prepend(field);
    }
  });
  for (const field of ["input", "textarea", "editable"]) {
    await page.focus(`#typed-${field}`);
    await page.keyboard.type("jxo?k");
    const typed = await page.evaluate((id) => {
      const element = document.getElementById(id);
      return element.value ?? element.textContent;
    }, `typed-${field}`);
    assert.equal(typed, "jxo?k");
  }
  assert.deepEqual(await reader.ids(), numbers(1, 50));
  assert.equal(await page.locator("dialog").count(), 0);
});

reading("the keys can be switched off and on again, and that is remembered", { site, path: FLAT }, async (reader) => {
  const page = reader.page;
  const setKeys = async (on) => {
    await page.click(".help-open");
    await page.locator("dialog[open] input[type=checkbox]").setChecked(on);
    await page.locator("dialog[open] .button").click();
    await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  };
  await setKeys(false);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("o");
  assert.deepEqual(await reader.ids(), numbers(1, 50));
  await page.reload();
  await reader.complete();
  await page.keyboard.press("o");
  assert.deepEqual(await reader.ids(), numbers(1, 50));
  await setKeys(true);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("o");
  await reader.order(numbers(1, 50).reverse());
});
