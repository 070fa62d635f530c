// With nothing but keys: each of them does what the list of keys says, none gets in the way, and a whole conversation can
// be read.

import assert from "node:assert/strict";
import test from "node:test";
import { announced, at, day, focusOn, publish, small, text, written } from "./content.mjs";
import { reading } from "./reader.mjs";
import { Site } from "./site.mjs";

// 1 ─ 2 ─ 3
//   │   └ 4
//   └ 5
// 6 ─ 7 (written by the author of the post)
// 8
const FAMILY = [
  { id: "1", by: "Ann", on: 1 },
  { id: "2", by: "Bo", on: 2, to: "1" },
  { id: "3", by: "Cy", on: 3, to: "2" },
  { id: "4", by: "Dee", on: 10, to: "2" },
  { id: "5", by: "Eve", on: 5, to: "1" },
  { id: "6", by: "Flo", on: 6 },
  { id: "7", host: true, on: 11, to: "6" },
  { id: "8", by: "Hal", on: 8 },
].map((comment) => ({ says: text(300), ...comment }));
const older = await written(test, { talk: FAMILY.filter(({ id }) => id !== "4" && id !== "7") });
const all = await written(test, { talk: FAMILY });
const site = await small(test, { talk: FAMILY });
const TALK = at("talk");
const KEYS = {
  j: "Next comment",
  k: "Previous comment",
  s: "Next comment on the same level",
  w: "Previous comment on the same level",
  u: "The comment that this one answers",
  t: "The beginning of this part of the conversation",
  n: "Next new comment",
  p: "Previous new comment",
  x: "Hide or show the replies to this comment",
  z: "Hide or show all replies",
  o: "Newest first, or oldest first",
  "/": "Find something in the conversation",
  r: "Answer this comment, or write one of your own",
  q: "Quote what is selected",
  "?": "Show these keys",
};
const END = "There is nothing further in that direction.";

const saysEnd = (reader) =>
  reader.page.waitForFunction(
    (words) => document.querySelector("p.for-ears[role=status]").textContent.trim() === words,
    END,
  );
const focused = (reader) => reader.page.evaluate(() => document.activeElement?.id.replace("comment-", "") ?? "");
const hiddenAre = async (reader, ids) => {
  await reader.page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("article.comment")]
        .filter((row) => row.closest("[hidden]"))
        .map((row) => row.id.slice(8))
        .sort()
        .join(" ") === wanted,
    ids,
  );
};

// From a comment, by a key, to another one; "" stays where it is and says so.
const WAYS = [
  ["1", "j", "2"],
  ["8", "j", ""],
  ["2", "k", "1"],
  ["1", "k", ""],
  ["1", "s", "6"],
  ["2", "s", "5"],
  ["3", "s", "4"],
  ["4", "s", ""],
  ["5", "s", ""],
  ["6", "w", "1"],
  ["5", "w", "2"],
  ["2", "w", ""],
  ["4", "u", "2"],
  ["2", "u", "1"],
  ["1", "u", ""],
  ["4", "t", "1"],
  ["5", "t", "1"],
  ["1", "t", ""],
  ["1", "n", "4"],
  ["4", "n", "7"],
  ["7", "n", ""],
  ["8", "p", "7"],
  ["7", "p", "4"],
  ["4", "p", ""],
];

/** On the second visit, with 4 and 7 new. */
async function returning(reader, own) {
  await reader.context.addInitScript(() => {
    Date.now = () => Number(sessionStorage.getItem("now"));
  });
  const come = async (time) => {
    await reader.page.goto(own.url("/404.html"));
    await reader.page.evaluate((now) => sessionStorage.setItem("now", now), String(time));
    await reader.open(TALK);
  };
  await come(Date.parse(day(12)));
  await publish(own, all);
  await come(Date.parse(day(12)) + 31 * 60_000);
  await reader.page.locator(".pill-new").waitFor();
}

reading(
  "the keys that go somewhere: from each place to the right one, and at the end they say so",
  { site: (t) => Site.serve(t, older) },
  async (reader, own) => {
    await returning(reader, own);
    const page = reader.page;
    for (const [from, key, to] of WAYS) {
      if (!to) {
        // Something else is said first.
        await page.keyboard.press("z");
        await page.keyboard.press("z");
        await hiddenAre(reader, "");
        assert.equal(await announced(reader), "All replies are shown.");
      }
      await reader.comment(from).locator(".comment-time").focus();
      await page.keyboard.press(key);
      if (to) {
        await focusOn(reader, to);
        await page.waitForFunction((id) => {
          const box = document.getElementById(`comment-${id}`).getBoundingClientRect();
          return box.top >= -1 && box.top < window.innerHeight;
        }, to);
      } else {
        await saysEnd(reader);
        assert.equal(
          await page.evaluate(() => document.activeElement.closest("article").id),
          `comment-${from}`,
          `${key} from ${from}`,
        );
      }
    }
  },
);

reading("at the end, each further press is answered again", { site, path: TALK }, async (reader) => {
  await reader.page.keyboard.press("j");
  await focusOn(reader, "1");
  await reader.page.keyboard.press("k");
  await saysEnd(reader);
  await reader.page.evaluate(() => {
    window.saidAgain = 0;
    const all = { childList: true, characterData: true, subtree: true };
    new MutationObserver((records) => {
      window.saidAgain += records.length;
    }).observe(document.querySelector("p.for-ears[role=status]"), all);
  });
  await reader.page.keyboard.press("k");
  // What does not change is not read out.
  await reader.page.waitForFunction(() => window.saidAgain > 0, undefined, { timeout: 3_000 });
  await saysEnd(reader);
});

for (const key of ["j", "k", "s", "w", "u", "t"]) {
  reading(`from outside of the comments ${key} leads in`, { site, path: TALK }, async (reader) => {
    await reader.page.keyboard.press(key);
    await focusOn(reader, "1");
  });
}

reading("after something else had the focus, the way goes on from where the reader was", { site, path: TALK }, async (reader) => {
  await reader.page.keyboard.press("j");
  await focusOn(reader, "1");
  await reader.page.evaluate(() => document.activeElement.blur());
  await reader.page.keyboard.press("j");
  await focusOn(reader, "2");
});

reading("x folds and unfolds the replies of the comment with the focus, and of no other", { site, path: TALK }, async (reader) => {
  const keys = reader.page.keyboard;
  await keys.press("x");
  await reader.look();
  assert.equal((await reader.visibleIds()).length, 8, "nothing has the focus");
  await keys.press("j");
  await focusOn(reader, "1");
  await keys.press("j");
  await focusOn(reader, "2");
  await keys.press("x");
  await hiddenAre(reader, "3 4");
  assert.equal(await reader.fold("2").getAttribute("aria-expanded"), "false");
  assert.equal(await focused(reader), "2");
  await keys.press("j");
  await focusOn(reader, "5");
  await keys.press("k");
  await focusOn(reader, "2");
  await keys.press("x");
  await hiddenAre(reader, "");
  assert.equal(await reader.fold("2").getAttribute("aria-expanded"), "true");
});

reading("z folds all and unfolds all, and says so", { site, path: TALK }, async (reader) => {
  const keys = reader.page.keyboard;
  await keys.press("z");
  await hiddenAre(reader, "2 3 4 5 7");
  assert.equal(await announced(reader), "All replies are hidden.");
  assert.equal(await reader.page.locator(".fold-all").textContent(), "Expand all");
  await keys.press("z");
  await hiddenAre(reader, "");
  assert.equal(await announced(reader), "All replies are shown.");
});

reading("when what has the focus is folded away, the focus is on what it was folded into", { site, path: TALK }, async (reader) => {
  const keys = reader.page.keyboard;
  await reader.comment("4").locator(".comment-time").focus();
  await keys.press("z");
  await hiddenAre(reader, "2 3 4 5 7");
  await reader.look();
  await keys.press("j");
  await focusOn(reader, "6");
});

reading("/ opens the search and puts the cursor there", { site, path: TALK }, async (reader) => {
  await reader.page.keyboard.press("/");
  await reader.page.waitForFunction(() => document.activeElement?.matches("input"), undefined);
  await reader.page.keyboard.type("jkx");
  assert.equal(await reader.page.evaluate(() => document.activeElement.value), "jkx", "the key itself is not typed");
});

reading("? lists all keys, with what each is for", { site, path: TALK }, async (reader) => {
  await reader.page.keyboard.press("?");
  const dialog = reader.page.locator("dialog[open]");
  await dialog.waitFor();
  const listed = await dialog
    .locator("dl > div")
    .evaluateAll((rows) => rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]));
  assert.deepEqual(Object.fromEntries(listed), KEYS);
  assert.ok(await reader.page.evaluate(() => document.activeElement.closest("dialog") !== null));
  const before = await reader.ids();
  for (const key of Object.keys(KEYS)) await reader.page.keyboard.press(key);
  await reader.look();
  assert.deepEqual(await reader.ids(), before, "keys do nothing behind the list");
  assert.equal((await reader.visibleIds()).length, 8);
  await reader.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

/** All that the keys can change. */
const state = (reader) =>
  reader.page.evaluate(() => ({
    rows: [...document.querySelectorAll("article.comment")].map((row) => `${row.id} ${row.closest("[hidden]") !== null}`),
    focus: document.activeElement.id || document.activeElement.tagName,
    query: location.search,
    dialogs: document.querySelectorAll("dialog, input[type=search]").length,
    said: document.querySelector("p.for-ears[role=status]").textContent,
    scrolled: window.scrollY,
  }));

reading("no key does anything together with Ctrl, Alt or Meta", { site, path: TALK }, async (reader) => {
  await reader.page.keyboard.press("j");
  await focusOn(reader, "1");
  // Chromium has menus of its own on some of these; what reaches the page is what counts.
  const before = await state(reader);
  for (const modifier of ["ctrlKey", "altKey", "metaKey"]) {
    for (const key of Object.keys(KEYS)) {
      const taken = await reader.page.evaluate(
        ([name, held]) => {
          const event = new KeyboardEvent("keydown", { key: name, [held]: true, bubbles: true, cancelable: true });
          return !document.activeElement.dispatchEvent(event);
        },
        [key, modifier],
      );
      assert.equal(taken, false, `${modifier} ${key}`);
    }
  }
  await reader.look();
  assert.deepEqual(await state(reader), before);
});

reading("no key does anything while somebody types, chooses or composes", { site, path: TALK }, async (reader) => {
  const page = reader.page;
  await page.evaluate(() => {
    for (const [id, make] of Object.entries({ typed: "input", written: "textarea", edited: "div", chosen: "select" })) {
      const field = document.createElement(make);
      field.id = id;
      if (id === "edited") field.contentEditable = "true";
      if (id === "chosen") field.append(new Option("a"));
      document.querySelector("#content").prepend(field);
    }
  });
  for (const id of ["typed", "written", "edited", "chosen"]) {
    await page.focus(`#${id}`);
    const before = await state(reader);
    for (const key of Object.keys(KEYS)) await page.keyboard.press(key);
    await reader.look();
    assert.deepEqual(await state(reader), before, id);
    if (id === "chosen") continue;
    const typed = await page.$eval(`#${id}`, (field) => field.value ?? field.textContent);
    assert.equal(typed, Object.keys(KEYS).join(""), id);
  }
  await page.evaluate(() => document.activeElement.blur());
  const composed = await page.evaluate(() => {
    const event = new KeyboardEvent("keydown", { key: "j", isComposing: true, bubbles: true, cancelable: true });
    return document.body.dispatchEvent(event);
  });
  assert.ok(composed, "not taken");
  assert.equal(await focused(reader), "");
});

reading("switched off in the list of keys, none of them does anything, here and on the next page", { site, path: TALK }, async (reader) => {
  const page = reader.page;
  await page.keyboard.press("?");
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor();
  await dialog.getByRole("checkbox", { name: "Use these keys on this site" }).uncheck();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  for (const visit of ["now", "on the next visit"]) {
    if (visit !== "now") await reader.open(TALK);
    await page.evaluate(() => document.activeElement.blur());
    const before = await state(reader);
    for (const key of Object.keys(KEYS)) await page.keyboard.press(key);
    await reader.look();
    assert.deepEqual(await state(reader), before, visit);
  }
  await page.click(".help-open");
  await page.locator("dialog[open] input[type=checkbox]").check();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  await focusOn(reader, "1");
});

// One conversation, from the address to the last answer, and no mouse.

/** What has the focus, in words: for a comment its id, else what the element is called. */
const focusName = (reader) =>
  reader.page.evaluate(() => {
    const on = document.activeElement;
    if (!on || on === document.body) return "nothing";
    const name = on.getAttribute("aria-label") ?? on.labels?.[0]?.firstElementChild?.textContent ?? on.textContent.trim();
    const row = on.closest("article.comment");
    if (row === on) return `comment ${row.id.slice(8)}`;
    return row ? `${row.id.slice(8)}: ${name}` : name;
  });

reading(
  "a recording: a conversation read with the keyboard alone, step by step",
  { site: (t) => Site.serve(t, older) },
  async (reader, own) => {
    await returning(reader, own);
    const page = reader.page;
    await page.evaluate(() => document.activeElement.blur());
    const tabTo = async (name) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("Tab");
        if ((await focusName(reader)) === name) return;
      }
      assert.fail(`Tab does not lead to “${name}”`);
    };
    /** Presses a key; then this has the focus, this is said (where something is), and this is hidden. */
    const step = async (key, focus, said, hidden) => {
      await page.keyboard.press(key);
      const reached = () => focusName(reader);
      const until = Date.now() + 5_000;
      while (Date.now() < until && ((await reached()) !== focus || (said && (await announced(reader)) !== said))) {
        await reader.look();
      }
      assert.equal(await reached(), focus, `the focus after ${key}`);
      if (said) assert.equal(await announced(reader), said, `what is said after ${key}`);
      if (hidden !== undefined) await hiddenAre(reader, hidden);
    };
    await step("Tab", "Skip to the text");
    await tabTo("Order");
    await step("ArrowDown", "Order", "Comments are now in this order: Newest first");
    await reader.order("8 6 7 1 5 2 4 3".split(" "));
    await step("ArrowUp", "Order", "Comments are now in this order: Oldest first");
    await reader.order("1 2 3 4 5 6 7 8".split(" "));
    await tabTo("Layout");
    await step("ArrowDown", "Layout", "Comments are now shown like this: One list");
    await step("ArrowUp", "Layout", "Comments are now shown like this: Replies below");
    await tabTo("Collapse all");
    await step("Enter", "Expand all", "All replies are hidden.", "2 3 4 5 7");
    await step("Enter", "Collapse all", "All replies are shown.", "");
    await step("j", "comment 1");
    await step("x", "comment 1", undefined, "2 3 4 5");
    await step("j", "comment 6");
    await step("w", "comment 1");
    await step("n", "comment 4", undefined, "");
    await step("u", "comment 2");
    await step("s", "comment 5");
    await step("t", "comment 1");
    await step("n", "comment 4");
    await step("n", "comment 7");
    await step("n", "comment 7", END);
    await step("p", "comment 4");
    // Into the comment: whom it answers, its own address, its menu.
    await tabTo("4: to Bo");
    await step("Enter", "comment 2");
    await tabTo("2: More about this comment");
    await page.keyboard.press("Enter");
    await page.locator(".menu").waitFor();
    await step("Escape", "2: More about this comment");
    await tabTo("2: 2 replies");
    await step("Enter", "2: 2 replies", undefined, "3 4");
    await step("Space", "2: 2 replies", undefined, "");
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await step("j", "comment 3");
    await step("o", "comment 3", "Comments are now in this order: Newest first");
    await reader.order("8 6 7 1 5 2 4 3".split(" "));
    await step("k", "comment 4");
    // The pill at the bottom can be reached and closed, too.
    await tabTo("Previous");
    await tabTo("Close");
    await page.keyboard.press("Enter");
    await page.locator(".pill-new").waitFor({ state: "detached" });
  },
);
