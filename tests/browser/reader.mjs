// Somebody who reads: a page of the browser with what a person does and sees on it. At the end of each test nothing may
// have gone wrong behind the reader's back: no exception, no error in the console, no violated policy, no dialog.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import { chromium } from "playwright-core";

/** A screen as people have it at a desk, and one as they have it in a hand. */
export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 780 };

/** How long a page may take on a busy computer, in milliseconds. */
export const PATIENCE = 20_000;

const BINARIES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

/** The path of the system's Chromium. */
export function chromiumPath() {
  const found = [process.env.CHROMIUM, ...BINARIES].find((path) => path && existsSync(path));
  if (!found) throw new Error("Chromium is missing: install the package `chromium`, or set CHROMIUM to its path");
  return found;
}

/** Starts Chromium. */
export function launch(...flags) {
  return chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...flags] });
}

let shared;

/** The browser of this file's tests. */
function sharedBrowser() {
  shared ??= launch();
  return shared;
}

test.after(async () => (await shared)?.close());

/**
 * A test: somebody opens a page and reads. Options: `site` (or a function that makes one for this test), `path`,
 * `screen`, `script` (false switches it off), `browser`, `before` (what is to be arranged first), `until` ("complete",
 * "ready", "load", "nothing"), `allow` (a pattern of complaints that belong to the test), `init` (a function that runs in
 * the page first), `context` (more of what a browser context takes).
 */
export function reading(name, options, tale) {
  test(name, { timeout: options.timeout ?? 90_000 }, async (t) => {
    const site = typeof options.site === "function" ? await options.site(t) : options.site;
    const reader = await Reader.come(site, options);
    try {
      await options.before?.(reader, site);
      if (options.path) await reader.open(options.path, options.until);
      await tale(reader, site, t);
      assert.deepEqual(await reader.complaints(options.allow), [], "something went wrong behind the reader's back");
    } finally {
      await reader.leave();
    }
  });
}

/** Notes in the page what the reader cannot see. Runs before anything of the page. */
function witness() {
  const seen = { violations: [], shift: 0, longest: 0 };
  Object.defineProperty(window, "witness", { value: seen });
  document.addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
  const observe = (type, see) => {
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  };
  observe("layout-shift", (entry) => {
    seen.shift += entry.value;
  });
  observe("longtask", (entry) => {
    seen.longest = Math.max(seen.longest, entry.duration);
  });
}

export class Reader {
  #site;
  #context;
  #heard = [];

  constructor(site, context, page) {
    this.#site = site;
    this.#context = context;
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => this.#heard.push(`exception: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.#heard.push(`console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      this.#heard.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
  }

  static async come(site, { screen = DESK, script = true, browser, init, context: more } = {}) {
    const used = browser ? await browser() : await sharedBrowser();
    const context = await used.newContext({
      viewport: screen,
      javaScriptEnabled: script,
      colorScheme: "light",
      locale: "en-GB",
      timezoneId: "Europe/Lisbon",
      reducedMotion: "no-preference",
      ...more,
    });
    await context.addInitScript(witness);
    if (init) await context.addInitScript(init);
    return new Reader(site, context, await context.newPage());
  }

  async leave() {
    await this.#context.close();
  }

  get context() {
    return this.#context;
  }

  /** Opens a page of the site, and waits until the app is `ready`, or all comments are there (`complete`). */
  async open(path, until = "complete") {
    await this.page.goto(this.#site.url(path), { waitUntil: until === "nothing" ? "commit" : "load" });
    if (until === "ready") await this.ready();
    if (until === "complete") await this.complete();
  }

  /** Follows a link to another document, and waits until that is there with its style sheet. */
  async follow(link) {
    await Promise.all([this.page.waitForEvent("load"), link.click()]);
  }

  /** The app has taken over. */
  async ready() {
    await this.page.waitForSelector("html.app-ready", { state: "attached" });
  }

  /** All comments are in the page. */
  async complete() {
    await this.page.waitForSelector("html.app-complete", { state: "attached" });
  }

  /** What went wrong so far. Files that a server refuses are the tests' own doing, and stand in the console too. */
  async complaints(allow) {
    const violations = await this.page.evaluate(() => window.witness?.violations ?? []).catch(() => []);
    const all = [...this.#heard, ...violations.map((violation) => `policy: ${violation}`)];
    return all.filter((one) => !one.includes("Failed to load resource") && !allow?.test(one));
  }

  /** The ids of all comments in the order of the page. */
  ids() {
    return this.page.$$eval("article.comment", (rows) => rows.map((row) => row.id.replace("comment-", "")));
  }

  /** The ids of those that are not hidden, alone or with their block. */
  visibleIds() {
    return this.page.$$eval("article.comment:not([hidden], [hidden] > *)", (rows) =>
      rows.map((row) => row.id.replace("comment-", "")),
    );
  }

  comment(id) {
    return this.page.locator(`[id="comment-${id}"]`);
  }

  fold(id) {
    return this.comment(id).locator(".comment-fold");
  }

  /** How far below the window's upper edge a comment begins, in CSS pixels. */
  top(id) {
    return this.comment(id).evaluate((row) => row.getBoundingClientRect().top);
  }

  /** Chooses an order, as one does in a list of choices. */
  async choose(order) {
    await this.page.selectOption(".order-select", order);
  }

  /** Waits until the comments stand in this order. */
  async order(expected) {
    await this.page.waitForFunction(
      (wanted) => [...document.querySelectorAll("article.comment")].map((row) => row.id).join() === wanted,
      expected.map((id) => `comment-${id}`).join(),
    );
  }

  /** Waits until a comment has stood at the same place for some frames and is near the window's upper edge. */
  async landed(id) {
    await this.page.waitForFunction((element) => {
      const row = document.getElementById(element);
      const top = row?.getBoundingClientRect().top ?? Number.NaN;
      const still = Math.abs(top - (window.lastTop ?? Number.NaN)) < 1;
      window.stillFrames = still ? (window.stillFrames ?? 0) + 1 : 0;
      window.lastTop = top;
      return window.stillFrames > 10 && top > -2 && top < window.innerHeight * 0.6;
    }, `comment-${id}`);
  }

  /** Waits until the page has been painted as it now is: nobody does anything within one frame. */
  async look() {
    await this.page.evaluate(
      () =>
        new Promise((painted) => {
          requestAnimationFrame(() => requestAnimationFrame(painted));
        }),
    );
  }

  /** Scrolls as a reader does, until a comment is at the window's upper edge. */
  async scrollTo(id) {
    await this.comment(id).evaluate((row) => window.scrollTo(0, window.scrollY + row.getBoundingClientRect().top - 20));
    await this.look();
  }

  scrolled() {
    return this.page.evaluate(() => window.scrollY);
  }

  /** Marks the document, to tell later whether it is still the same one. */
  async mark() {
    await this.page.evaluate(() => {
      window.markedByTest = true;
    });
  }

  isMarked() {
    return this.page.evaluate(() => window.markedByTest === true);
  }

  /** The words of the notices on the page. */
  notice() {
    return this.page.locator(".notice");
  }

  /** How much wider than the window the page is, in CSS pixels. */
  overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** How deep the deepest element of the page is nested. */
  nesting() {
    return this.page.evaluate(() => {
      let deepest = 0;
      for (const element of document.querySelectorAll("*")) {
        let depth = 0;
        for (let above = element; above; above = above.parentElement) depth += 1;
        deepest = Math.max(deepest, depth);
      }
      return deepest;
    });
  }

  witness() {
    return this.page.evaluate(() => window.witness);
  }
}
