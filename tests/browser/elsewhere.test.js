// A conversation in somebody else's page: below an element of the document, and below a shadow root, open or closed.
// Under the strict policy, and with nothing of the blog's page but the conversation.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import puppeteer from "puppeteer-core";
import { built, NESTED, POLICY, Site } from "./site.mjs";
import { DESK, PATIENCE, PHONE, reading } from "./reader.mjs";

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

// The same in Firefox, on the blog's own page.

const FIREFOX = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** A page in Firefox; what goes wrong in it is told at the end of the test. */
async function inFirefox(t) {
  const executablePath = FIREFOX.find((path) => path && existsSync(path));
  assert.ok(executablePath, "Firefox is there: install the package `firefox-esr`, or set FIREFOX to its path");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 60_000 });
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport(DESK);
  const heard = [];
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  const open = async (path) => {
    await page.goto(site.url(path));
    await page.waitForSelector("html.app-complete");
  };
  return { page, heard, open };
}

const idsIn = (page) => page.$$eval("article.comment", (rows) => rows.map((row) => row.id.replace("comment-", "")));

/** Waits until each row is at its place, and the order is another one than `before`. */
async function movedIn(page, before) {
  await page.waitForFunction((old) => {
    const rows = [...document.querySelectorAll("article.comment")];
    const ids = rows.map((row) => row.id.replace("comment-", ""));
    return ids.join() !== old && rows.every((row, place) => row.getAttribute("aria-posinset") === String(place + 1));
  }, {}, before.join());
  return idsIn(page);
}

test("in Firefox: orders and layouts, where the reader is, in the address, remembered", { timeout: 120_000 }, async (t) => {
  const { page, heard, open } = await inFirefox(t);
  await open(NESTED);
  const original = await idsIn(page);
  const topOf = (id) => page.$eval(`[id="comment-${id}"]`, (row) => row.getBoundingClientRect().top);
  await page.$eval("#comment-150", (row) => window.scrollTo(0, window.scrollY + row.getBoundingClientRect().top - 20));
  await page.waitForFunction(() => Math.abs(document.getElementById("comment-150").getBoundingClientRect().top - 20) < 3);
  let ids = original;
  for (const [control, value] of [
    [".order-select", "newest"],
    [".order-select", "replies"],
    [".view-select", "flat"],
    [".order-select", "longest"],
  ]) {
    const before = await topOf(150);
    await page.$eval(
      control,
      (select, name) => {
        select.value = name;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
      value,
    );
    ids = await movedIn(page, ids);
    await page.waitForFunction(
      (top) => Math.abs(document.getElementById("comment-150").getBoundingClientRect().top - top) <= 2,
      {},
      before,
    );
  }
  assert.equal(new Set(ids).size, 300);
  assert.equal(await page.$$eval("article.comment:not(.indent-0)", (rows) => rows.length), 0);
  const parameters = new URL(page.url()).searchParams;
  assert.deepEqual([parameters.get("order"), parameters.get("view")], ["longest", "flat"]);
  await open(NESTED);
  await page.waitForFunction((first) => document.querySelector("article.comment").id === first, {}, `comment-${ids[0]}`);
  assert.deepEqual(await idsIn(page), ids, "remembered");
  assert.deepEqual(heard, []);
});

test("in Firefox: a link into what is collapsed, and into what a layout leaves out", { timeout: 120_000 }, async (t) => {
  const { page, heard, open } = await inFirefox(t);
  const landed = (id) =>
    page.waitForFunction((row) => {
      const element = document.getElementById(row);
      const top = element.getBoundingClientRect().top;
      return !element.closest("[hidden]") && document.activeElement === element && top > -2 && top < window.innerHeight;
    }, {}, `comment-${id}`);
  const goTo = (id) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, `#comment-${id}`);
  await open(NESTED);
  await page.keyboard.press("z");
  await page.waitForFunction(() => document.getElementById("comment-30").closest("[hidden]"));
  await goTo(30);
  await landed(30);
  await page.select(".view-select", "author");
  const left = await page.waitForFunction(() => {
    const hidden = [...document.querySelectorAll("article.comment")].findLast((row) => row.closest("[hidden]"));
    return hidden?.id.replace("comment-", "");
  });
  const id = await left.jsonValue();
  await goTo(id);
  await landed(id);
  await page.goBack();
  await page.waitForFunction(() => location.hash === "#comment-30");
  assert.deepEqual(heard, []);
});

test("in Firefox: what is new since the last visit is marked, counted, and led to", { timeout: 120_000 }, async (t) => {
  const { page, heard, open } = await inFirefox(t);
  await open(NESTED);
  assert.equal(await page.$(".pill-new"), null, "a first visit");
  const fresh = await page.evaluate((key) => {
    const time = (row) => Date.parse(row.querySelector("time").dateTime);
    const rows = [...document.querySelectorAll("article.comment")];
    const dates = rows.map(time).sort((a, b) => a - b);
    const seen = dates.at(-4);
    // The last visit was longer ago than half an hour; the newest comments are not from the future.
    const now = Math.max(Date.now(), dates.at(-1));
    localStorage.setItem(`afterword:visits:${location.origin}/`, `${key}\t\t${seen}\t${now - 31 * 60_000}`);
    return rows.filter((row) => time(row) > seen).map((row) => row.id);
  }, NESTED.slice(1));
  assert.ok(fresh.length >= 2 && fresh.length <= 3, fresh.join());
  await open(NESTED);
  await page.waitForSelector(".pill-new");
  assert.deepEqual(await page.$$eval("article.is-new", (rows) => rows.map((row) => row.id)), fresh);
  assert.equal(await page.$eval(".pill-count", (count) => count.textContent), `${fresh.length} new`);
  for (const id of fresh) {
    await page.keyboard.press("n");
    await page.waitForFunction((row) => document.activeElement?.id === row, {}, id);
  }
  await page.keyboard.press("p");
  await page.waitForFunction((row) => document.activeElement?.id === row, {}, fresh.at(-2));
  assert.deepEqual(heard, []);
});
