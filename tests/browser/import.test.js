// An old blog, all the way: the export of a WordPress blog is imported, built, and read in the browser.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { afterword, build, folder, Site } from "./site.mjs";
import { reading } from "./reader.mjs";

const EXPORT = fileURLToPath(new URL("../../crates/afterword-import/tests/exports/blog.wxr.xml", import.meta.url));

const work = await folder(test);
const content = join(work, "content");
const told = await afterword("import", EXPORT, "--out", content);
await build(content, join(work, "site"));
const site = await Site.serve(test, join(work, "site"));
const heading = (reader) => reader.page.locator("h1").textContent();

test("the report counts what came over", () => {
  assert.match(told, /Posts that came over: 3\. Pages: 2\. Comments: 1\./);
});

reading("posts, pages, tags and the pinned post are there", { site, path: "/", until: "ready" }, async (reader) => {
  const { page } = reader;
  assert.equal(await page.title(), "Wood and Words");
  const titles = await page.$$eval(".post-item h2", (all) => all.map((one) => one.textContent));
  assert.deepEqual(titles, ["The bench", "Größe", "Oil"]);
  assert.equal(await page.locator(".is-sticky h2").textContent(), "The bench");
  await page.locator(".site-nav a", { hasText: "About" }).first().click();
  await page.waitForFunction(() => document.querySelector("h1")?.textContent.startsWith("About"));
  await page.getByRole("link", { name: "Wood and Words" }).click();
  await page.locator(".tag", { hasText: "Oil & wax" }).first().click();
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Oil & wax");
});

reading(
  "texts look as WordPress showed them, and links between posts lead to where they are now",
  { site, path: "/posts/bench/" },
  async (reader) => {
    const { page } = reader;
    assert.equal(await page.locator("figure figcaption").first().textContent(), "My & bench");
    assert.equal(await page.locator(".post-body img").count(), 0, "pictures of the old host are links");
    assert.deepEqual(await reader.ids(), ["30"]);
    await page.locator(".post-body").getByRole("link", { name: "what helped" }).click();
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Oil");
    await reader.complete();
    assert.match(page.url(), /\/posts\/oil\/#comment-31$/);
    assert.ok(await page.locator(".thread-closed").isVisible());
    await page.locator(".post-body sup a").first().click();
    await page.waitForFunction(() => document.querySelector(":target")?.textContent.includes("Boiled"));
  },
);

for (const [old, now] of [
  ["/blog/2012/03/bench/", "The bench"],
  ["/blog/?p=21", "Oil"],
]) {
  reading(`an address of the old blog lands: ${old}`, { site, path: old, until: "nothing" }, async (reader) => {
    await reader.page.waitForFunction((title) => document.querySelector("h1")?.textContent === title, now);
    await reader.page.waitForSelector("html.app-complete", { state: "attached" });
    assert.equal(await heading(reader), now);
  });
}
