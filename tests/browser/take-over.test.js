// The app takes over a prerendered page: the same elements, no flicker, and nothing that the reader has begun is lost.

import assert from "node:assert/strict";
import test from "node:test";
import { built, FLAT, NESTED, SILENT, Site } from "./site.mjs";
import { PHONE, reading } from "./reader.mjs";

const site = await Site.serve(test, built.dist);
const APP = /^\/assets\/afterword-.*\.wasm$/;

// Watches from the moment at which the page is parsed and no module has run yet.
function watchFromTheStart() {
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    window.elementsBefore = [...document.querySelectorAll("*")];
    window.mutations = [];
    const name = (node) => `${node.nodeName.toLowerCase()}${node.id ? `#${node.id}` : ""}.${node.className ?? ""}`;
    window.ownPlaces = "#thread-tools, #thread-find, #thread-compose, #thread-pill";
    const isNewBlock = (node) => node.matches?.(".block, .blocks") && !window.elementsBefore.includes(node);
    const observer = new MutationObserver((records) => {
      for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
        const nodes = [...addedNodes, ...removedNodes];
        window.mutations.push({
          type,
          target: name(target),
          attribute: attributeName,
          ofTime:
            (type === "characterData" && target.parentElement?.localName === "time") ||
            (attributeName === "title" && target.localName === "time") ||
            (attributeName === "aria-label" && target.matches("a.comment-time")),
          inOwnPlace: target.closest?.(window.ownPlaces) !== null,
          ofRoot: type === "attributes" && target === document.documentElement && attributeName === "class",
          inNewBlock: isNewBlock(target) || (removedNodes.length === 0 && nodes.length > 0 && nodes.every(isNewBlock)),
          nodes: nodes.map(name),
        });
      }
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

// Exempt: the text and the title of <time> (prerendered in UTC, then in the reader's zone) with the name of the link
// around it, the class on <html> that shows the controls, and the places that are kept for these controls: nothing of
// them is prerendered.
const always = (mutation) => mutation.ofTime || mutation.ofRoot || mutation.inOwnPlace;

for (const [page, path] of [
  ["the home page", "/"],
  ["a tag", "/tags/mysteries/"],
  ["a year", "/archive/2026/"],
  ["a post with 50 comments", FLAT],
  ["a post without comments", SILENT],
]) {
  for (const screen of [undefined, PHONE]) {
    const where = screen ? "a phone" : "a desk";
    const options = { site, path, screen, init: watchFromTheStart, until: path.startsWith("/posts/") ? "complete" : "ready" };
    reading(`take-over of ${page} at ${where}: no mutation, no shift, the same elements`, options, async (reader) => {
      const { mutations, gone, added, shift } = await reader.page.evaluate(() => ({
        mutations: window.mutations,
        gone: window.elementsBefore.filter((element) => !element.isConnected).length,
        added: [...document.querySelectorAll("*")].filter(
          (element) => !window.elementsBefore.includes(element) && !element.closest(window.ownPlaces),
        ).length,
        shift: window.witness.shift,
      }));
      assert.ok(
        mutations.some((mutation) => mutation.ofRoot),
        "the watch works: it has seen the class on <html>",
      );
      assert.deepEqual(
        mutations.filter((mutation) => !always(mutation)),
        [],
      );
      assert.deepEqual({ gone, added, shift }, { gone: 0, added: 0, shift: 0 });
    });
  }
}

reading(
  "take-over of a post with 300 comments: only the rows that were not prerendered are added",
  { site, path: NESTED, init: watchFromTheStart },
  async (reader) => {
    const { mutations, gone, shift, rows } = await reader.page.evaluate(() => ({
      mutations: window.mutations,
      gone: window.elementsBefore.filter((element) => !element.isConnected).length,
      shift: window.witness.shift,
      rows: document.querySelectorAll("article.comment").length,
    }));
    assert.deepEqual(
      mutations.filter((mutation) => !always(mutation) && !mutation.inNewBlock),
      [],
    );
    assert.deepEqual({ gone, shift, rows }, { gone: 0, shift: 0, rows: 300 });
  },
);

reading(
  "scroll, focus and selection from before the app's arrival are still there after it",
  {
    site: (t) => Site.serve(t, built.dist),
    path: NESTED,
    until: "load",
    before: (reader, own) => {
      reader.release = own.hold(APP);
    },
  },
  async (reader) => {
    const page = reader.page;
    await reader.comment(120).locator(".comment-time").focus();
    await reader.comment(120).evaluate((row) => row.scrollIntoView({ block: "center" }));
    await page.evaluate(() => {
      const text = document.querySelector("#comment-120 .comment-body p").firstChild;
      window.getSelection().setBaseAndExtent(text, 3, text, 12);
    });
    const before = { top: await reader.top(120), scrolled: await reader.scrolled() };
    const selected = await page.evaluate(() => window.getSelection().toString());
    assert.ok(before.scrolled > 1000, "the reader is far down the page");
    assert.equal(selected.length, 9);
    assert.equal(await page.locator("html.app-ready").count(), 0, "the app has not come yet");

    reader.release();
    await reader.complete();

    assert.deepEqual({ top: await reader.top(120), scrolled: await reader.scrolled() }, before);
    assert.equal(await page.evaluate(() => window.getSelection().toString()), selected);
    assert.ok(await page.evaluate(() => document.activeElement.matches("#comment-120 .comment-time")));
    assert.equal((await reader.witness()).shift, 0);
  },
);

reading("times are prerendered in UTC and then shown in the reader's zone", { site, path: FLAT }, async (reader) => {
  assert.match(String(await site.bytes(`${FLAT}index.html`)), / title="14 Oct 2012, 17:45 UTC">14 Oct 2012</);
  await reader.comment(1).scrollIntoViewIfNeeded();
  // Lisbon is an hour ahead of UTC in October. How the hour is written is the browser's business.
  await reader.page.waitForFunction(() =>
    /\b(6:45|18:45)\b.*GMT\+1/.test(document.querySelector("#comment-1 time").title),
  );
  assert.equal(await reader.comment(1).locator("time").textContent(), "Oct 14, 2012");
});
