// The same site as others serve and see it: the program `afterword serve`, what Trunk builds, and Firefox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "node:test";
import puppeteer from "puppeteer-core";
import { build, built, FLAT, folder, NESTED, POLICY, Site } from "./site.mjs";
import { PATIENCE, Reader } from "./reader.mjs";

/** Runs `afterword serve` on a free port; gives a site like those of `Site`. */
async function serve(t, site, ...more) {
  const server = spawn(built.program, ["serve", site, "--port", "0", ...more], { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => server.kill());
  const said = [];
  const address = await new Promise((found, failed) => {
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const url = line.match(/http:\/\/127\.0\.0\.1:\d+\S*/)?.[0];
        if (url) found(url);
      });
    }
    server.on("exit", () => failed(new Error(`the server ended: ${said.join("\n")}`)));
  });
  return { url: (path) => address + path.slice(1) };
}

for (const [name, ...options] of [
  ["as it is"],
  ["below a path", "--base", "/sub/"],
  ["with the policy as a header", "--csp", POLICY],
]) {
  test(`\`afterword serve\` ${name}: list, post, comments, a part of the app`, async (t) => {
    // Only the page for missing addresses has to know where the site is hosted.
    const moved = options.includes("--base");
    const files = moved ? await build(built.dist, join(await folder(t), "site"), ...options) : built.dist;
    const site = await serve(t, files, ...options);
    const reader = await Reader.come(site);
    t.after(() => reader.leave());
    await reader.open("/", "ready");
    await reader.page.getByRole("link", { name: "The bench" }).click();
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
    await reader.open(NESTED);
    assert.equal((await reader.ids()).length, 300);
    await reader.page.keyboard.press("?");
    await reader.page.locator("dialog[open]").waitFor();
    await reader.open("/nowhere", "ready");
    assert.equal(await reader.page.locator("h1").textContent(), "Not here");
    assert.deepEqual(await reader.complaints(), []);
  });
}

test("`afterword serve` sends compressed files, keeps hashed ones for ever, and asks again for pages", async (t) => {
  const site = await serve(t, built.dist);
  const html = await fetch(site.url(FLAT), { headers: { "accept-encoding": "br" } });
  assert.equal(html.headers.get("content-encoding"), "br");
  assert.equal(html.headers.get("cache-control"), "no-cache");
  const script = (await html.text()).match(/src="([^"]+\.js)"/)[1];
  const file = await fetch(new URL(script, site.url(FLAT)), { headers: { "accept-encoding": "br" } });
  assert.equal(file.headers.get("content-encoding"), "br");
  assert.match(file.headers.get("cache-control"), /immutable/);
});

test("what Trunk built: list, post, comments, keys", async (t) => {
  assert.ok(existsSync(built.trunk), `${built.trunk} is there`);
  const site = await Site.serve(t, built.trunk);
  const reader = await Reader.come(site);
  t.after(() => reader.leave());
  await reader.open("/", "ready");
  await reader.page.getByRole("link", { name: "The bench" }).click();
  await reader.complete();
  assert.equal(await reader.page.locator("h1").textContent(), "The bench that squeaks");
  assert.match(await reader.page.locator(".post-body").textContent(), /surprising news/);
  assert.equal((await reader.ids()).length, 50);
  await reader.page.keyboard.press("o");
  await reader.page.waitForFunction(() => document.querySelector("article.comment").id === "comment-50");
  await reader.page.click(".help-open");
  await reader.page.locator("dialog[open]").waitFor();
  assert.deepEqual(await reader.complaints(), []);
});

const FIREFOX = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

test(
  "in Firefox: list, post, comments, order, collapse, a link to a comment, Back",
  { timeout: 120_000 },
  async (t) => {
    const site = await Site.serve(t, built.dist, { policy: POLICY });
    const executablePath = FIREFOX.find((path) => path && existsSync(path));
    assert.ok(executablePath, "Firefox is there: install the package `firefox-esr`, or set FIREFOX to its path");
    const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 60_000 });
    t.after(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    const heard = [];
    page.on("pageerror", (error) => heard.push(error.message));
    page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
    const ids = () => page.$$eval("article.comment", (rows) => rows.map((row) => row.id));

    await page.goto(site.url("/"));
    await page.waitForSelector("html.app-ready");
    await page.evaluate(() => {
      window.markedByTest = true;
    });
    await page.click(`a[href$="${NESTED}"]`).catch(() => page.click('.post-item a[href*="twelve-things"]'));
    await page.waitForSelector("html.app-complete");
    assert.equal((await ids()).length, 300);
    assert.match(await page.$eval(".post-body", (body) => body.textContent), /brass ring/);

    await page.select(".order-select", "newest");
    await page.waitForFunction(() => document.querySelector("article.comment").id !== "comment-1");
    assert.equal((await ids()).length, 300);
    await page.$eval("#comment-1 .comment-fold", (button) => button.click());
    await page.waitForFunction(() => document.querySelectorAll("article.comment[hidden]").length === 14);
    assert.equal(
      await page.$eval("#comment-1 .comment-fold", (button) => button.getAttribute("aria-expanded")),
      "false",
    );

    await page.evaluate(() => {
      location.hash = "#comment-30";
    });
    await page.waitForFunction(() => {
      const row = document.getElementById("comment-30");
      const top = row.getBoundingClientRect().top;
      return !row.hasAttribute("hidden") && top > -2 && top < window.innerHeight;
    });
    await page.goBack();
    await page.goBack();
    await page.waitForSelector(".post-list");
    assert.ok(await page.evaluate(() => window.markedByTest), "the same document all the time");

    await page.goto(site.url(FLAT));
    await page.waitForSelector("html.app-complete");
    assert.equal((await ids()).length, 50);
    assert.deepEqual(heard, []);
  },
);
