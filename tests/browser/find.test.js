// Finding one's way in a conversation: search, what one person wrote, subjects, and when.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import puppeteer from "puppeteer-core";
import { built, FLAT, NESTED, POLICY, Site } from "./site.mjs";
import { DESK, PATIENCE, PHONE, reading } from "./reader.mjs";

const site = await Site.serve(test, built.dist, { policy: POLICY });
const axe = { content: readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") };
const ARABIC = "/posts/my-grandfathers-drawer/";
const JAPANESE = "/posts/the-bell-in-the-sewing-box/";
const HAND = { screen: PHONE, context: { hasTouch: true, isMobile: true } };

const field = (reader) => reader.page.locator(".find-field");
const countText = (reader) => reader.page.locator(".find-count > span").textContent();

async function openPanel(reader) {
  await reader.page.click(".find-open");
  await field(reader).waitFor();
  // The index is complete when a word that every thread has is found.
  await reader.page.waitForFunction(() => document.activeElement?.matches(".find-field"));
}

/** Types a query, and waits until there is an answer to it. */
async function ask(reader, query) {
  await field(reader).fill(query);
  await answered(reader);
}

const answered = async (reader) => {
  await reader.look();
  await reader.page.waitForFunction(() => document.querySelector(".find-count").textContent !== "Looking …");
  await reader.look();
};

/** The ids of the comments that can be seen, in order. */
const shown = (reader) =>
  reader.page.$$eval("article.comment", (rows) =>
    rows.filter((row) => !row.closest("[hidden]")).map((row) => row.id.replace("comment-", "")),
  );

/** The words that are marked in the texts, by the id of their comment; with those of the match one was led to. */
const marked = (reader, name = "afterword-find") =>
  reader.page.evaluate((wanted) => {
    const found = [];
    for (const range of CSS.highlights.get(wanted) ?? []) {
      const row = range.startContainer.parentElement.closest("article.comment");
      const words = range.startContainer.data.slice(range.startOffset, range.endOffset);
      found.push(`${row.id.replace("comment-", "")}: ${words}`);
    }
    return found.sort();
  }, name);

/** The ids of comments of a thread whose text has a word. */
const holding = (reader, word) =>
  reader.page.$$eval(
    "article.comment",
    (rows, wanted) =>
      rows
        .filter((row) => row.querySelector(".comment-body")?.textContent.toLowerCase().includes(wanted))
        .map((row) => row.id.replace("comment-", "")),
    word,
  );

reading(
  "words are looked for as they are typed: counted in words, marked, the rest folded, without a request",
  { site: (t) => Site.serve(t, built.dist), path: FLAT },
  async (reader, own) => {
    const expected = await holding(reader, "bench");
    assert.ok(expected.length > 1 && expected.length < 50);
    await openPanel(reader);
    await ask(reader, "no such word to be found");
    const requests = own.requests.length;
    await ask(reader, "BENCH");
    assert.equal(await countText(reader), `${expected.length} of 50 comments`);
    assert.deepEqual(await shown(reader), expected);
    assert.deepEqual(
      await marked(reader),
      expected.map((id) => `${id}: bench`).sort(),
    );
    // A browser fetches the icon when it likes.
    const asked = own.requests.slice(requests).filter((path) => path !== "/icon.svg");
    assert.deepEqual(asked, [], "no request");
    await ask(reader, "");
    assert.equal((await shown(reader)).length, 50);
    assert.deepEqual(await marked(reader), []);
    assert.equal((await reader.ids()).length, 50, "no comment has left the page");
  },
);

reading("what is found in a thread comes with what it answers", { site, path: NESTED }, async (reader) => {
  const expected = new Set(await holding(reader, "brass"));
  await openPanel(reader);
  await ask(reader, "brass");
  assert.equal(await countText(reader), `${expected.size} of 300 comments`);
  const seen = await shown(reader);
  for (const id of expected) assert.ok(seen.includes(id), `${id} is shown`);
  const above = new Set();
  for (const id of expected) {
    for (let at = id; at; ) {
      above.add(at);
      const parent = reader.comment(at).locator("a.comment-to");
      at = (await parent.count()) > 0 ? (await parent.getAttribute("href")).replace("#comment-", "") : null;
    }
  }
  assert.deepEqual([...seen].sort(), [...above].sort(), "matches, what they answer, and nothing else");
  for (const mark of await marked(reader)) assert.match(mark, /: brass$/i);
});

reading(
  "Enter goes to the next match and Shift+Enter back, around the corner; the focus stays in the field",
  { site, path: FLAT },
  async (reader) => {
    const keys = reader.page.keyboard;
    const expected = await holding(reader, "bench");
    await openPanel(reader);
    await ask(reader, "bench");
    for (const [key, at] of [
      ["Enter", 0],
      ["Enter", 1],
      ["Shift+Enter", 0],
      ["Shift+Enter", expected.length - 1],
      ["Enter", 0],
    ]) {
      await keys.press(key);
      await reader.page.waitForFunction(
        (id) => document.getElementById(id).classList.contains("is-target"),
        `comment-${expected[at]}`,
      );
      await answered(reader);
      assert.equal(await countText(reader), `Match ${at + 1} of ${expected.length}`);
      assert.deepEqual(await marked(reader, "afterword-find-now"), [`${expected[at]}: bench`]);
      assert.ok(await field(reader).evaluate((element) => element === document.activeElement));
    }
    await reader.page.getByRole("button", { name: "Next match" }).click();
    await reader.page.waitForFunction(
      (id) => document.getElementById(id).classList.contains("is-target"),
      `comment-${expected[1]}`,
    );
    const bar = await reader.page.locator(".find").boundingBox();
    const top = await reader.top(expected[1]);
    assert.ok(top >= bar.y + bar.height - 1, "the match is not below the field");
  },
);

reading(
  "the field stays at the edge of the window while one reads on, and is found by `/`",
  { site, path: NESTED },
  async (reader) => {
    await openPanel(reader);
    await reader.scrollTo(150);
    assert.ok(Math.abs((await reader.page.locator(".find").boundingBox()).y) <= 1);
    await reader.comment(150).evaluate((row) => {
      row.tabIndex = -1;
      row.focus({ preventScroll: true });
    });
    const before = await reader.scrolled();
    await reader.page.keyboard.press("/");
    await reader.page.waitForFunction(() => document.activeElement?.matches(".find-field"));
    assert.equal(await reader.scrolled(), before);
    assert.equal(await field(reader).inputValue(), "", "the key is not typed");
  },
);

reading(
  "Escape takes the query away, then the field, and gives the focus back",
  { site, path: FLAT },
  async (reader) => {
    await openPanel(reader);
    await ask(reader, "bench");
    await reader.page.keyboard.press("Escape");
    await answered(reader);
    assert.equal(await field(reader).inputValue(), "");
    assert.equal((await shown(reader)).length, 50);
    await reader.page.keyboard.press("Escape");
    await field(reader).waitFor({ state: "detached" });
    await reader.page.waitForFunction(() => document.activeElement?.matches(".find-open"));
    assert.equal(await reader.page.locator(".find-place").evaluate((place) => place.childElementCount), 0);
    assert.equal(await reader.page.locator("html.is-finding").count(), 0);
    await openPanel(reader);
    await ask(reader, "bench");
    await reader.page.getByRole("button", { name: "Close", exact: true }).click();
    await field(reader).waitFor({ state: "detached" });
    await reader.look();
    assert.equal((await shown(reader)).length, 50, "nothing is left out without a field that says so");
    assert.deepEqual(await marked(reader), []);
  },
);

reading(
  "a query that is wrong: said where and what, the last good one still shown",
  { site, path: FLAT },
  async (reader) => {
    await openPanel(reader);
    await ask(reader, "bench");
    const before = await shown(reader);
    await ask(reader, "bench after:yesterday");
    const problem = reader.page.locator(`#${await field(reader).getAttribute("aria-describedby")}`);
    assert.equal(
      await problem.textContent(),
      "after:yesterday: a date is written 2014, 2014-03 or 2014-03-31. The search before it is still shown.",
    );
    assert.equal(await field(reader).getAttribute("aria-invalid"), "true");
    assert.deepEqual(await shown(reader), before);
    await ask(reader, "bench has:pizza ");
    assert.match(await problem.textContent(), /^has:pizza: /);
    await ask(reader, "bench after:2012");
    assert.equal(await problem.textContent(), "");
    assert.equal(await field(reader).getAttribute("aria-invalid"), null);
    // What is not finished is not wrong.
    for (const begun of ['bench "the', "bench author:", "bench af", "bench after:20"]) {
      await ask(reader, begun);
      assert.equal(await problem.textContent(), "", begun);
    }
  },
);

reading("where nothing matches, it says so and offers a way back", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  await ask(reader, "xylophone");
  assert.equal(await countText(reader), "No comment matches.");
  assert.deepEqual(await shown(reader), []);
  assert.ok(await reader.page.getByRole("button", { name: "Next match" }).isDisabled());
  await reader.page.locator(".find-count").getByRole("button", { name: "Clear the search" }).click();
  await answered(reader);
  assert.equal((await shown(reader)).length, 50);
  assert.ok(await field(reader).evaluate((element) => element === document.activeElement));
});

reading("how to search: examples that can be pressed", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  await reader.page.getByText("How to search").click();
  const examples = await reader.page.locator(".find-example").allTextContents();
  for (const start of ['"', "author:", "after:", "before:", "has:link", "is:new"]) {
    assert.ok(
      examples.some((example) => example.startsWith(start)),
      start,
    );
  }
  for (const example of examples) {
    await reader.page.locator(".find-example").getByText(example, { exact: true }).click();
    await answered(reader);
    assert.equal(await field(reader).inputValue(), example);
    assert.equal(await reader.page.locator(".find-problem").textContent(), "", example);
    assert.ok(await field(reader).evaluate((element) => element === document.activeElement));
  }
});

reading("the count is read out once typing rests, not for each key", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  await ask(reader, "");
  await reader.page.evaluate(() => {
    window.heard = [];
    const said = document.querySelector(".find [role=status]");
    const note = () => said.textContent && window.heard.push(said.textContent);
    new MutationObserver(note).observe(said, { childList: true, characterData: true, subtree: true });
  });
  await field(reader).pressSequentially("bench", { delay: 30 });
  await reader.page.waitForFunction(() => window.heard.length > 0);
  const expected = await holding(reader, "bench");
  assert.deepEqual(await reader.page.evaluate(() => window.heard), [`${expected.length} of 50 comments`]);
});

reading(
  "in a browser that cannot paint marks they are elements, and the texts are what they were afterwards",
  {
    site,
    path: FLAT,
    before: (reader) =>
      reader.context.addInitScript(() => {
        delete window.Highlight;
      }),
  },
  async (reader) => {
    const texts = () =>
      reader.page.$$eval(".comment-body", (bodies) =>
        bodies.map((body) => {
          let nodes = 0;
          const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) nodes += 1;
          return `${nodes} ${body.innerHTML}`;
        }),
      );
    const before = await texts();
    await openPanel(reader);
    await ask(reader, "bench");
    const marks = reader.page.locator("mark.find-mark");
    assert.ok((await marks.count()) > 1);
    assert.deepEqual(new Set(await marks.allTextContents()), new Set(["bench"]));
    await reader.page.keyboard.press("Enter");
    await reader.page.locator("mark.find-mark-now").waitFor();
    assert.equal(await reader.page.locator("mark.find-mark-now").count(), 1);
    await ask(reader, "floor bench");
    assert.deepEqual(new Set(await marks.allTextContents()), new Set(["bench", "floor"]));
    await ask(reader, "");
    assert.equal(await marks.count(), 0);
    assert.deepEqual(await texts(), before);
  },
);

reading(
  "marks are where the reader is, far down a long thread as well, and nowhere else",
  { site, path: NESTED },
  async (reader) => {
    await openPanel(reader);
    await ask(reader, "e");
    const first = await marked(reader);
    assert.ok(first.length > 0);
    assert.ok(!first.some((mark) => mark.startsWith("290:")), "what is far away is not marked");
    await reader.scrollTo(290);
    await reader.page.waitForFunction(() => {
      const row = document.getElementById("comment-290");
      return [...CSS.highlights.get("afterword-find")].some((range) => row.contains(range.startContainer));
    });
    const marks = await marked(reader);
    assert.ok(!marks.some((mark) => mark.startsWith("1:")), "what was left is not marked any more");
  },
);

reading(
  "a name is pressed: what this person wrote, how much, and who answered",
  { site, path: NESTED },
  async (reader) => {
    const theirs = await reader.page.$$eval("article.comment", (rows) =>
      rows.filter((row) => row.querySelector(".comment-author").textContent === "Hanne").length,
    );
    const answers = await reader.page.$$eval("article.comment", (rows) => {
      const author = new Map(rows.map((row) => [row.id, row.querySelector(".comment-author").textContent]));
      const counts = new Map();
      for (const row of rows) {
        const to = row.querySelector("a.comment-to")?.getAttribute("href").slice(1);
        const name = author.get(row.id);
        if (author.get(to) === "Hanne" && name !== "Hanne") counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name, count]) => `${name}${count}`);
    });
    await reader.comment(1).locator(".comment-author").click();
    const card = reader.page.locator(".find-person");
    await card.waitFor();
    assert.equal(await field(reader).inputValue(), 'author:"Hanne"');
    assert.equal(await countText(reader), `${theirs} of 300 comments`);
    assert.equal(await card.locator(".comment-author").textContent(), "Hanne");
    assert.match(await card.textContent(), new RegExp(`${theirs} comments`));
    assert.deepEqual(await card.locator(".find-name").allTextContents(), answers.slice(0, 6));
    const [name] = answers[0].split(/\d/);
    await card.locator(".find-name").first().click();
    await answered(reader);
    assert.equal(await field(reader).inputValue(), `author:"${name}"`);
    assert.equal(await card.locator(".comment-author").textContent(), name);
    // The rest of a query stays when the person goes.
    await ask(reader, `the author:"${name}"`);
    await card.getByRole("button", { name: "Show everybody" }).click();
    await answered(reader);
    assert.equal(await field(reader).inputValue(), "the");
    assert.equal(await card.count(), 0);
  },
);

reading("subjects are put into the query and taken out again", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  const chips = reader.page.locator(".find-chip");
  await chips.first().waitFor();
  const [name, number] = await chips.first().evaluate((chip) => [...chip.children].map((part) => part.textContent));
  await chips.first().click();
  await answered(reader);
  assert.match(await field(reader).inputValue(), new RegExp(`^subject:"?${name}"?$`));
  assert.equal(await chips.first().getAttribute("aria-pressed"), "true");
  assert.equal(await countText(reader), `${number} of 50 comments`);
  await chips.first().press("Enter");
  await answered(reader);
  assert.equal(await field(reader).inputValue(), "");
  assert.equal(await chips.first().getAttribute("aria-pressed"), "false");
});

for (const [where, options] of [
  ["at a desk", { screen: DESK }],
  ["on a phone", HAND],
]) {
  reading(
    `${where}, two lines of subjects, and more when somebody asks for more`,
    { site, path: FLAT, ...options },
    async (reader) => {
      await openPanel(reader);
      const more = reader.page.getByRole("button", { name: "More", exact: true });
      await more.waitFor();
      const lines = () =>
        reader.page.$$eval(".find-chip:not([hidden]), .find-all", (all) => new Set(all.map((one) => one.offsetTop)).size);
      assert.equal(await lines(), 2);
      await more.click();
      await reader.page.getByRole("button", { name: "Fewer" }).waitFor();
      assert.ok((await lines()) > 2);
      assert.equal(await reader.page.locator(".find-chip[hidden]").count(), 0);
    },
  );
}

reading("a thread of few comments has no subjects", { site, path: JAPANESE }, async (reader) => {
  await openPanel(reader);
  await ask(reader, "ゆき");
  assert.equal(await reader.page.locator(".find-subjects").count(), 0);
});

reading(
  "over time: a slider that says what it stands on and goes to the first comment there",
  { site, path: FLAT },
  async (reader) => {
    await openPanel(reader);
    const slider = reader.page.getByRole("slider", { name: "Comments over time" });
    const said = () => slider.getAttribute("aria-valuetext");
    await slider.focus();
    assert.match(await said(), /Oct 14, 2012.*: 1 comment/);
    await slider.press("End");
    await reader.landed(45);
    assert.match(await said(), /Oct 24, 2012.*: 6 comments/);
    assert.ok(await slider.evaluate((element) => element === document.activeElement), "the focus stays");
    assert.ok(await reader.comment(45).evaluate((row) => row.classList.contains("is-target")));
    await slider.press("ArrowLeft");
    assert.match(await said(), /: no comments$/);
    await slider.press("Home");
    await reader.landed(1);
  },
);

reading(
  "over time: pressed and dragged, at the bar that is pointed at, once for each frame",
  { site, path: FLAT },
  async (reader) => {
    await openPanel(reader);
    const mouse = reader.page.mouse;
    const slider = reader.page.getByRole("slider");
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    const bars = Number(await slider.getAttribute("max")) + 1;
    const middle = (bar) => [box.x + ((bar + 0.5) * box.width) / bars, box.y + box.height / 2];
    // A wheel is a reader who scrolls: then nothing is brought to them any more.
    const back = async () => {
      await mouse.wheel(0, -10);
      await slider.scrollIntoViewIfNeeded();
      await reader.look();
    };
    for (const bar of [4, bars - 1, 1]) {
      await back();
      const now = await slider.boundingBox();
      await mouse.click(middle(bar)[0], now.y + now.height / 2);
      assert.equal(await slider.inputValue(), String(bar));
    }
    await back();
    const now = await slider.boundingBox();
    await mouse.move(middle(1)[0], now.y + 20);
    await mouse.down();
    await mouse.move(middle(bars - 1)[0], now.y + 20, { steps: 30 });
    await mouse.up();
    assert.equal(await slider.inputValue(), String(bars - 1));
    await reader.page.waitForFunction(() => document.getElementById("comment-45").classList.contains("is-target"));
  },
);

reading("over time: the same as a sentence and as a table", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  const summary = reader.page.locator(".find-table > summary");
  assert.match(await summary.textContent(), /^50 comments from Oct 14, 2012, .* to Oct 24, 2012, .* The busiest time: .*, with 8\.$/);
  await summary.click();
  const rows = await reader.page.$$eval(".find-table tbody tr", (all) =>
    all.map((row) => Number(row.querySelector("td").textContent)),
  );
  assert.equal(
    rows.reduce((sum, count) => sum + count, 0),
    50,
  );
  assert.ok(rows.every((count) => count > 0));
});

reading("the chart goes among what is looked for, and nowhere where nothing is", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  const found = await holding(reader, "bench");
  await ask(reader, "bench");
  const slider = reader.page.getByRole("slider");
  await slider.press("End");
  await reader.look();
  assert.deepEqual(await shown(reader), found, "nothing else was opened");
});

reading(
  "from page to page with the panel open: nothing stays behind",
  { site, path: FLAT },
  async (reader) => {
    await openPanel(reader);
    await ask(reader, "bench");
    await reader.page.locator(".site-title").click();
    await reader.page.locator(".post-list").waitFor();
    assert.equal(await reader.page.locator(".find").count(), 0);
    assert.equal(await reader.page.locator("html.is-finding").count(), 0);
    await reader.page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    assert.equal((await shown(reader)).length, 300);
  },
);

for (const [where, options] of [
  ["at a desk", { screen: DESK }],
  ["on a phone", HAND],
  ["in a narrow window", { screen: { width: 320, height: 640 } }],
]) {
  for (const path of [FLAT, NESTED, ARABIC, JAPANESE]) {
    reading(`no wider than the window ${where}: ${path}`, { site, path, ...options }, async (reader) => {
      await openPanel(reader);
      await reader.page.getByText("How to search").click();
      if ((await reader.page.locator(".find-table").count()) > 0) await reader.page.locator(".find-table > summary").click();
      assert.equal(await reader.overflow(), 0);
      const name = await reader.page.locator("article.comment .comment-author").first().textContent();
      await ask(reader, `author:"${name}"`);
      await reader.page.locator(".find-person").waitFor();
      assert.equal(await reader.overflow(), 0);
    });
  }
}

reading("what is pressed is large enough for a finger", { site, path: FLAT, ...HAND }, async (reader) => {
  await openPanel(reader);
  await reader.page.locator(".find-chip").first().waitFor();
  await reader.page.getByText("How to search").click();
  const small = await reader.page.$$eval(
    ".find button:not([hidden]), .find input, .find-more button:not([hidden]), .find-more summary, .find-more input",
    (all) =>
      all
        .filter((one) => one.getClientRects().length > 0)
        .map((one) => [one.className || one.textContent, one.getBoundingClientRect().height])
        .filter(([, height]) => height < 44),
  );
  assert.deepEqual(small, []);
});

for (const [name, path, then] of [
  ["open", FLAT, () => {}],
  ["open from right to left", ARABIC, () => {}],
  ["with a query and the way to write one", NESTED, async (reader) => {
    await reader.page.getByText("How to search").click();
    await ask(reader, "brass");
  }],
  ["with a query that is wrong", FLAT, (reader) => ask(reader, "after:yesterday bench")],
  ["with nothing found", FLAT, (reader) => ask(reader, "xylophone")],
  ["with a person and a table", NESTED, async (reader) => {
    await ask(reader, 'author:"Hanne"');
    await reader.page.locator(".find-person").waitFor();
    await reader.page.locator(".find-table > summary").click();
  }],
]) {
  reading(
    `axe-core finds nothing, in light and in dark: ${name}`,
    { site: (t) => Site.serve(t, built.dist), path, before: (reader) => reader.context.addInitScript(axe) },
    async (reader) => {
      await openPanel(reader);
      await then(reader);
      await reader.look();
      for (const colorScheme of ["light", "dark"]) {
        await reader.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const results = await reader.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const found = results.violations.flatMap(({ id, nodes }) =>
          nodes.slice(0, 5).map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
        );
        assert.deepEqual(found, [], colorScheme);
      }
    },
  );
}

reading("on paper there is no panel", { site, path: FLAT }, async (reader) => {
  await openPanel(reader);
  await reader.page.emulateMedia({ media: "print" });
  assert.ok(!(await reader.page.locator(".find").isVisible()));
  assert.ok(!(await reader.page.locator(".find-more").isVisible()));
});

reading(
  "with the keyboard alone: from the field through subjects and chart to the comments",
  { site, path: FLAT },
  async (reader) => {
    await openPanel(reader);
    await reader.page.locator(".find-chip").first().waitFor();
    await ask(reader, "bench");
    const stops = [];
    for (let at = 0; at < 40; at += 1) {
      await reader.page.keyboard.press("Tab");
      const [kind, visible] = await reader.page.evaluate(() => {
        const { activeElement } = document;
        const kind = activeElement.closest("article") ? "comment" : activeElement.className || activeElement.tagName;
        return [kind.replace("find-sign ", ""), activeElement.checkVisibility()];
      });
      assert.ok(visible, kind);
      if (stops.at(-1) !== kind) stops.push(kind);
      if (kind === "comment") break;
    }
    assert.deepEqual(stops, [
      "find-clear",
      "find-previous",
      "find-next",
      "find-close",
      "SUMMARY",
      "find-chip",
      "find-all",
      "find-slider",
      "SUMMARY",
      "comment",
    ]);
  },
);

const FIREFOX = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

test("in Firefox: search, marks, next, a person, subjects, the chart, Escape", { timeout: 120_000 }, async (t) => {
  const executablePath = FIREFOX.find((path) => path && existsSync(path));
  assert.ok(executablePath, "Firefox is there: install the package `firefox-esr`, or set FIREFOX to its path");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 60_000 });
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const heard = [];
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  const counts = (words) =>
    page.waitForFunction((wanted) => document.querySelector(".find-count > span").textContent === wanted, {}, words);
  const visible = () =>
    page.$$eval("article.comment", (rows) =>
      rows.filter((row) => !row.closest("[hidden]")).map((row) => row.id.replace("comment-", "")),
    );

  await page.goto(site.url(FLAT));
  await page.waitForSelector("html.app-complete");
  const bench = await page.$$eval("article.comment", (rows) =>
    rows.filter((row) => /bench/i.test(row.querySelector(".comment-body").textContent)).map((row) => row.id.slice(8)),
  );
  await page.click(".find-open");
  await page.waitForSelector(".find-field:focus");
  await page.keyboard.type("bench");
  await counts(`${bench.length} of 50 comments`);
  assert.deepEqual(await visible(), bench);
  await page.waitForFunction(
    (wanted) => {
      const painted = CSS.highlights?.get("afterword-find")?.size;
      return (painted ?? document.querySelectorAll("mark.find-mark").length) === wanted;
    },
    {},
    bench.length,
  );
  await page.keyboard.press("Enter");
  await counts(`Match 1 of ${bench.length}`);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelectorAll("article.comment[hidden], .block[hidden]").length === 0);

  await page.$eval("#comment-2 .comment-author", (name) => name.click());
  await page.waitForSelector(".find-person");
  await page.$eval(".find-person .button", (button) => button.click());
  await page.waitForSelector(".find-chip");
  await page.$eval(".find-chip", (chip) => chip.click());
  await page.waitForSelector('.find-chip[aria-pressed="true"]');
  await page.$eval(".find-chip", (chip) => chip.click());
  await page.focus(".find-slider");
  await page.keyboard.press("End");
  await page.waitForSelector("#comment-45.is-target");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector(".find"));
  assert.deepEqual(heard, []);
});
