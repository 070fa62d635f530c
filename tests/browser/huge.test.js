// A conversation of 10,000 comments: all of it is in the page, links land, the order turns around, and the page stays
// usable.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { afterword, build, folder, Site } from "./site.mjs";
import { PHONE, reading } from "./reader.mjs";

const COUNT = 10_000;

const place = await folder(test);
await afterword("generate", "--out", join(place, "content"), "--comments", String(COUNT), "--seed", "1");
await build(join(place, "content"), join(place, "site"));
const site = await Site.serve(test, join(place, "site"));
const feed = JSON.parse(await readFile(join(place, "site", "feed.json"), "utf8"));
const PATH = new URL(feed.items[0].url, "http://blog.example/").pathname.replace(/^.*\/posts\//, "/posts/");

const inOrder = (reader) =>
  reader.page.waitForFunction(() =>
    [...document.querySelectorAll("article.comment")].every(
      (row, at) => row.getAttribute("aria-posinset") === String(at + 1),
    ),
  );

for (const [where, screen] of [["at a desk"], ["on a phone", PHONE]]) {
  reading(
    `10,000 comments ${where}: all are in the page, a link to a far one lands, the order turns around with the place kept`,
    { site, path: PATH, screen, timeout: 120_000 },
    async (reader, _, t) => {
      const ids = await reader.ids();
      assert.equal(ids.length, COUNT);
      assert.equal(new Set(ids).size, COUNT);
      t.diagnostic(`${where}, all in the page: longest task ${Math.round((await reader.witness()).longest)} ms`);

      const far = ids[7654];
      await reader.page.goto("about:blank");
      await reader.open(`${PATH}#comment-${far}`);
      await reader.landed(far);
      t.diagnostic(
        `${where}, a link to comment ${far}: longest task ${Math.round((await reader.witness()).longest)} ms`,
      );

      await reader.page.evaluate(() => {
        window.witness.longest = 0;
      });
      const before = await reader.top(far);
      await reader.page.keyboard.press("o");
      await reader.page.waitForFunction(
        (last) => document.querySelector("article.comment").id !== `comment-${last}`,
        ids[0],
      );
      await inOrder(reader);
      const after = await reader.top(far);
      t.diagnostic(`${where}, re-order: longest task ${Math.round((await reader.witness()).longest)} ms`);
      assert.ok(Math.abs(after - before) <= 2, `comment ${far} was at ${before}, is at ${after}`);
      assert.equal((await reader.ids()).length, COUNT);
      assert.equal(await reader.overflow(), 0);
    },
  );
}

reading("10,000 comments: collapse and keys answer", { site, path: PATH, timeout: 120_000 }, async (reader) => {
  const first = (await reader.ids())[0];
  await reader.page.keyboard.press("j");
  await reader.page.waitForFunction((id) => document.activeElement.id === id, `comment-${first}`);
  const fold = reader.page.locator(".comment-fold").first();
  const replies = Number((await fold.textContent()).match(/\d+/)[0]);
  await fold.click();
  await reader.page.waitForFunction(
    (count) => document.querySelectorAll("article.comment:is([hidden], [hidden] > *)").length === count,
    replies,
  );
});
