// A conversation in somebody else's page: below an element of the document, and below a shadow root, open or closed.
// Under the strict policy, and with nothing of the blog's page but the conversation.

import assert from "node:assert/strict";
import test from "node:test";
import { built, NESTED, POLICY, Site } from "./site.mjs";
import { DESK, PHONE, reading } from "./reader.mjs";

const site = await Site.serve(test, built.dist, { policy: POLICY });
const index = String(await site.bytes("/index.html"));
const [script] = index.match(/\/assets\/[^"]+\.js/);
const [style] = index.match(/\/assets\/[^"]+\.css/);

site.lay(
  "/elsewhere.html",
  `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Somebody's page</title><link rel="stylesheet" href="${style}"><link rel="stylesheet" href="elsewhere.css">
<h1>Somebody's page</h1><p>Their own text.</p><main></main><script type="module" src="elsewhere.js"></script></html>`,
);
site.lay("/elsewhere.css", "main { margin: 1rem; }");
site.lay(
  "/elsewhere.js",
  `
import { mountThread, ready } from "${script}";
await ready;
const kind = new URLSearchParams(location.search).get("in");
const place = document.querySelector("main");
const host = document.createElement("div");
window.scope = place;
if (kind === "document") {
  place.append(host);
} else {
  window.scope = place.attachShadow({ mode: kind });
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = "${style}";
  const styled = new Promise((loaded) => link.addEventListener("load", loaded));
  window.scope.append(link, host);
  await styled;
}
mountThread(host, new URL("./", location.href).href, "${NESTED.split("/")[2]}");
`,
);

/** Waits until something is true of the tree that the conversation lives in. */
const until = (reader, condition, argument) =>
  reader.page.waitForFunction(
    ([text, given]) => window.scope && window.conditions[text](window.scope, given),
    [condition, argument],
  );

// Conditions by name: the policy lets no text become code.
function conditions() {
  window.conditions = {
    complete: (scope, count) => scope.querySelectorAll("article.comment").length === count,
    first: (scope, id) => scope.querySelector("article.comment").id === `comment-${id}`,
    notFirst: (scope, id) => scope.querySelector("article.comment").id !== `comment-${id}`,
    hidden: (scope, count) => scope.querySelectorAll("article.comment[hidden]").length === count,
    placed: (scope) =>
      [...scope.querySelectorAll("article.comment")].every(
        (row, at) => row.getAttribute("aria-posinset") === String(at + 1),
      ),
    landed: (scope, id) => {
      const row = scope.querySelector(`[id="comment-${id}"]`);
      const top = row.getBoundingClientRect().top;
      window.stillFrames = Math.abs(top - window.lastTop) < 1 ? (window.stillFrames ?? 0) + 1 : 0;
      window.lastTop = top;
      return !row.hasAttribute("hidden") && window.stillFrames > 10 && top > -2 && top < window.innerHeight * 0.6;
    },
  };
}

/** Does something in the tree of the conversation. */
const within = (reader, act, argument) =>
  reader.page.evaluate(([name, given]) => window.acts[name](window.scope, given), [act, argument]);

function acts() {
  const row = (scope, id) => scope.querySelector(`[id="comment-${id}"]`);
  window.acts = {
    fold: (scope, id) => row(scope, id).querySelector(".comment-fold").click(),
    expanded: (scope, id) => row(scope, id).querySelector(".comment-fold").getAttribute("aria-expanded"),
    choose: (scope, order) => {
      const control = scope.querySelector(".order-select");
      control.value = order;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    },
    toParent: (scope, id) => row(scope, id).querySelector(".comment-to").click(),
    focused: (scope) => (scope.activeElement ?? document.activeElement)?.id,
    scrollTo: (scope, id) => window.scrollTo(0, window.scrollY + row(scope, id).getBoundingClientRect().top - 20),
    top: (scope, id) => row(scope, id).getBoundingClientRect().top,
    controls: (scope) =>
      [...scope.querySelectorAll(".needs-app")].filter((control) => getComputedStyle(control).visibility === "visible")
        .length,
    deepest: (scope) =>
      Math.max(
        ...[...scope.querySelectorAll("*")].map((element) => {
          let depth = 0;
          for (let above = element; above; above = above.parentElement) depth += 1;
          return depth;
        }),
      ),
  };
}

for (const kind of ["document", "open", "closed"]) {
  const where = kind === "document" ? "an element of the document" : `a shadow root (${kind})`;
  const options = {
    site,
    path: `/elsewhere.html?in=${kind}`,
    until: "load",
    before: async (reader) => {
      await reader.context.addInitScript(conditions);
      await reader.context.addInitScript(acts);
    },
  };

  reading(`in ${where}: 300 comments, collapse, order, keys`, options, async (reader) => {
    await until(reader, "complete", 300);
    assert.ok((await within(reader, "controls")) > 1, "the controls can be seen");
    await within(reader, "fold", 1);
    await until(reader, "hidden", 14);
    assert.equal(await within(reader, "expanded", 1), "false");
    await within(reader, "choose", "newest");
    await until(reader, "notFirst", 1);
    await within(reader, "choose", "oldest");
    await until(reader, "first", 1);
    await within(reader, "fold", 1);
    await until(reader, "hidden", 0);
    await reader.page.keyboard.press("j");
    await reader.page.keyboard.press("j");
    assert.equal(await within(reader, "focused"), "comment-8");
    assert.equal(await reader.page.locator("h1").textContent(), "Somebody's page");
    assert.equal(await reader.page.title(), "Somebody's page");
  });

  reading(`in ${where}: links between comments land, and open what is collapsed`, options, async (reader) => {
    await until(reader, "complete", 300);
    await within(reader, "toParent", 30);
    await until(reader, "landed", 8);
    await within(reader, "fold", 1);
    await until(reader, "hidden", 14);
    await reader.page.evaluate(() => {
      location.hash = "#comment-30";
    });
    await until(reader, "landed", 30);
    assert.equal(await within(reader, "focused"), "comment-30");
  });

  reading(
    `in ${where}: a link from outside to a far comment lands`,
    { ...options, path: `${options.path}#comment-250` },
    async (reader) => {
      await until(reader, "complete", 300);
      await until(reader, "landed", 250);
    },
  );

  reading(`in ${where}: the reader's place is kept when the order changes`, options, async (reader) => {
    await until(reader, "complete", 300);
    await within(reader, "scrollTo", 150);
    await reader.look();
    const before = await within(reader, "top", 150);
    await reader.page.keyboard.press("o");
    await until(reader, "notFirst", 1);
    await until(reader, "placed");
    const after = await within(reader, "top", 150);
    assert.ok(Math.abs(after - before) <= 2, `${before} became ${after}`);
  });

  for (const screen of [PHONE, DESK]) {
    reading(`in ${where}: as wide as its place, ${screen.width} px`, { ...options, screen }, async (reader) => {
      await until(reader, "complete", 300);
      assert.equal(await reader.overflow(), 0);
    });
  }
}
