// Rows that are folded by the block, rows deeper than the indent goes, and the place of somebody whose row is folded.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { build, folder, Site } from "./site.mjs";
import { PHONE, reading } from "./reader.mjs";

const HOME = await folder(test);
const at = (...path) => join(HOME, "content", ...path);
const put = (path, value) => writeFile(path, JSON.stringify(value));
const WORDS = "Oil the hinge, wait a day, and then see whether the door still sings to you at night. ".repeat(3);

/** A post with these comments: `[id, parent]`. */
async function post(slug, comments) {
  const version = "https://jsonfeed.org/version/1.1";
  const items = comments.map(([id, parent], n) => ({
    id,
    content_html: `<p>This is ${id}. ${WORDS}</p>`,
    authors: [{ name: `Reader ${n % 11}` }],
    date_published: new Date(Date.UTC(2020, 0, 1, 0, n)).toISOString(),
    _thread: { in_reply_to: parent },
  }));
  const item = {
    id: slug,
    url: `posts/${slug}/`,
    title: slug,
    content_html: "<p>Once there was a door.</p>",
    date_published: "2020-01-01T00:00:00Z",
    _thread: { comments_url: "comments.json", count: items.length },
  };
  await mkdir(at("posts", slug), { recursive: true });
  await put(at("posts", slug, "post.json"), { version, title: slug, items: [item] });
  await put(at("posts", slug, "comments.json"), { version, title: slug, items });
  return item;
}

const ids = (from, to, parent) => Array.from({ length: to - from + 1 }, (_, n) => [String(from + n), parent]);
const wide = await post("wide", [["1", null], ...ids(2, 400, "1"), ...ids(401, 600, null)]);
const deep = await post("deep", Array.from({ length: 30 }, (_, n) => [String(n + 1), n ? String(n) : null]));
await put(at("site.json"), { title: "Doors", url: "https://doors.example/" });
await put(at("feed.json"), {
  version: "https://jsonfeed.org/version/1.1",
  title: "Doors",
  items: [wide, deep].map((item) => ({ ...item, url: `https://doors.example/${item.url}` })),
});
await build(join(HOME, "content"), join(HOME, "site"));
const site = await Site.serve(test, join(HOME, "site"));
const WIDE = "/posts/wide/";
const DEEP = "/posts/deep/";

/** Presses the button that folds, wherever it is. */
const foldAway = (reader, id) => reader.fold(id).evaluate((button) => button.click());
const folded = (reader, count) =>
  reader.page.waitForFunction(
    (wanted) => document.querySelectorAll("article.comment:is([hidden], [hidden] > *)").length === wanted,
    count,
  );

/** How far rows that follow each other lie over each other at most, among those that the browser lays out. */
const overlap = (reader) =>
  reader.page.evaluate(() => {
    const rows = [...document.querySelectorAll("article.comment:not([hidden])")];
    const shown = rows.filter((row) => row.checkVisibility({ contentVisibilityAuto: true }));
    const boxes = shown.map((row) => row.getBoundingClientRect());
    return Math.max(0, ...boxes.slice(1).map((box, at) => boxes[at].bottom - box.top));
  });

reading(
  "a fold over many blocks hides them whole, and opening it shows all rows again, none over another",
  { site, path: WIDE },
  async (reader) => {
    const before = await reader.ids();
    await foldAway(reader, "1");
    await folded(reader, 399);
    assert.deepEqual(await reader.visibleIds(), ["1", ...before.slice(400)]);
    const blocks = await reader.page.$$eval(".block[hidden]", (found) =>
      found.map((block) => [block.getAttribute("hidden"), block.getBoundingClientRect().height]),
    );
    assert.ok(blocks.length >= 10, `${blocks.length} blocks are hidden`);
    assert.deepEqual(new Set(blocks.map(String)), new Set(["until-found,0"]));
    assert.equal(await overlap(reader), 0);
    assert.deepEqual(await reader.ids(), before, "all are still in the page");

    await foldAway(reader, "1");
    await folded(reader, 0);
    await reader.scrollTo("350");
    assert.equal(await overlap(reader), 0);
    await reader.scrollTo("2");
    assert.equal(await overlap(reader), 0);
  },
);

reading("another order under a fold over many blocks, and opened after that", { site, path: WIDE }, async (reader) => {
  await foldAway(reader, "1");
  await folded(reader, 399);
  await reader.choose("newest");
  const newest = [...ids(401, 600), ["1"], ...ids(2, 400).reverse()].map(([id]) => id);
  await reader.order([...newest.slice(0, 200).reverse(), ...newest.slice(200)]);
  assert.equal((await reader.visibleIds()).length, 201);
  await foldAway(reader, "1");
  await folded(reader, 0);
  await reader.scrollTo("390");
  assert.equal(await overlap(reader), 0);
  const places = await reader.page.$$eval("article.comment", (rows) => rows.map((row) => row.ariaPosInSet));
  assert.deepEqual(places, ids(1, 600).map(([id]) => id));
});

reading(
  "what the browser finds in a block that is folded away is shown, with the fold above it open",
  { site, path: WIDE },
  async (reader) => {
    await foldAway(reader, "1");
    await folded(reader, 399);
    await reader.page.evaluate(() => {
      location.hash = ":~:text=This%20is%20333";
    });
    await folded(reader, 0);
    assert.equal(await reader.fold("1").getAttribute("aria-expanded"), "true");
    await reader.landed("333");
    assert.equal(await overlap(reader), 0);
  },
);

reading("a link to a comment in a block that is folded away lands on it", { site, path: WIDE }, async (reader) => {
  await foldAway(reader, "1");
  await folded(reader, 399);
  await reader.page.evaluate(() => {
    location.hash = "#comment-333";
  });
  await reader.landed("333");
  assert.equal(await reader.page.evaluate(() => document.activeElement.id), "comment-333");
  assert.equal(await overlap(reader), 0);
});

reading(
  "when the row that somebody reads is folded away, the next one that is shown takes its place",
  { site, path: WIDE },
  async (reader) => {
    await reader.scrollTo("300");
    await reader.look();
    const before = await reader.top("300");
    await foldAway(reader, "1");
    await folded(reader, 399);
    await reader.look();
    const after = await reader.top("401");
    assert.ok(Math.abs(after - before) <= 2, `300 was at ${before}, 401 is at ${after}`);
  },
);

reading(
  "focus and place stay when the order turns around over many blocks, there and back",
  { site, path: WIDE },
  async (reader) => {
    await reader.scrollTo("333");
    await reader.comment("333").locator(".comment-time").focus();
    await reader.page.evaluate(() => {
      window.lostFocus = 0;
      document.activeElement.addEventListener("blur", () => {
        window.lostFocus += 1;
      });
    });
    const oldest = await reader.ids();
    const before = await reader.top("333");
    for (const [order, last] of [["newest", "600"], ["oldest", "1"], ["newest", "600"]]) {
      await reader.page.evaluate((value) => {
        const select = document.querySelector(".order-select");
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }, order);
      await reader.page.waitForFunction((id) => document.querySelector("article.comment").id === id, `comment-${last}`);
      await reader.page.waitForFunction(() =>
        [...document.querySelectorAll("article.comment")].every((row, at) => row.ariaPosInSet === String(at + 1)),
      );
      assert.equal((await reader.ids()).length, oldest.length);
      assert.equal(await reader.page.evaluate(() => window.lostFocus), 0, "the row with the focus was not moved");
      await reader.look();
      const after = await reader.top("333");
      assert.ok(Math.abs(after - before) <= 2, `333 was at ${before}, is at ${after}`);
      assert.equal(await overlap(reader), 0);
    }
  },
);

for (const width of [320, PHONE.width]) {
  const screen = { width, height: PHONE.height };
  reading(
    `at any depth there is room for 24 characters on a screen of ${width} pixels, and the page is no wider`,
    { site, path: DEEP, screen },
    async (reader) => {
      const narrowest = await reader.page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d");
        const text = "the quick brown fox jumps over the lazy dog and sleeps";
        const rooms = [...document.querySelectorAll(".comment-body")].map((body) => {
          canvas.font = getComputedStyle(body.querySelector("p")).font;
          return body.clientWidth / (canvas.measureText(text).width / text.length);
        });
        return Math.min(...rooms);
      });
      assert.ok(narrowest >= 24, `${narrowest} characters`);
      assert.equal(await reader.overflow(), 0);
    },
  );
}

reading(
  "where the indent has come to its end, a comment shows its level, and leads to what it answers",
  { site, path: DEEP },
  async (reader) => {
    const levels = await reader.page.$$eval("article.comment", (rows) =>
      rows.map((row) => {
        const level = row.querySelector(".comment-level");
        return level && getComputedStyle(level).display !== "none" ? level.textContent : null;
      }),
    );
    assert.deepEqual(levels.slice(0, 7), Array(7).fill(null));
    assert.deepEqual(
      levels.slice(7),
      Array.from({ length: 23 }, (_, n) => `level ${n + 8}`),
    );
    assert.equal(await reader.comment("30").locator(".comment-to").getAttribute("href"), "#comment-29");
  },
);
