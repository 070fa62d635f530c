// Reading with JavaScript switched off: everything is there, on linked pages, also below a path and on a plain host.

import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { build, built, FLAT, folder, NESTED, Site } from "./site.mjs";
import { PHONE, reading } from "./reader.mjs";

const root = await Site.serve(test, built.dist);
const below = await folder(test);
await build(built.dist, join(below, "site"), "--base", "/blog/");
const subPath = await Site.serve(test, join(below, "site"), { base: "/blog/" });

for (const [where, site] of [
  ["at the root", root],
  ["below /blog/", subPath],
]) {
  reading(
    `without script, ${where}: from the list to a post, through all comments, and home`,
    { site, path: "/", until: "load", script: false },
    async (reader) => {
      const page = reader.page;
      assert.equal(await page.locator(".post-item").count(), 10);
      await reader.follow(page.getByRole("link", { name: "Twelve things" }).first());
      assert.equal(page.url(), site.url(NESTED));
      assert.match(await page.locator(".post-body").textContent(), /brass ring/);
      const first = await page.locator("article.comment").count();
      assert.equal(first, 200);
      assert.equal(await page.locator(".needs-app:visible").count(), 0, "no control that does nothing");

      const more = page.getByRole("navigation", { name: "More comments" });
      await reader.follow(more.getByRole("link", { name: "Comments 201 to 300" }));
      assert.equal(page.url(), `${site.url(NESTED)}comments/2/#comments`);
      assert.equal(await page.locator("article.comment").count(), 100);
      assert.equal(
        await page
          .locator(".for-ears")
          .first()
          .evaluate((element) => getComputedStyle(element).position),
        "absolute",
        "the style sheet is there",
      );

      await reader.follow(page.getByRole("link", { name: "Comments 1 to 200" }));
      assert.equal(page.url(), `${site.url(NESTED)}#comments`);
      await reader.follow(page.locator(".site-title"));
      assert.equal(page.url(), site.url("/"));
    },
  );

  reading(
    `without script, ${where}: links between comments lead to them, also on another page`,
    { site, path: `${NESTED}comments/2/`, until: "load", script: false },
    async (reader) => {
      const page = reader.page;
      const link = page.locator('a.comment-to[href^="../../#comment-"]').first();
      const target = (await link.getAttribute("href")).split("#")[1];
      await reader.follow(link);
      assert.equal(page.url(), `${site.url(NESTED)}#${target}`);
      assert.ok(await page.locator(`[id="${target}"]`).isVisible());
    },
  );

  reading(
    `without script, ${where}: a picture of a post is shown`,
    { site, path: FLAT, until: "load", script: false },
    async (reader) => {
      await reader.page.locator(".post-body img").scrollIntoViewIfNeeded();
      const box = await reader.page.locator(".post-body img").boundingBox();
      assert.ok(box.width > 100 && box.height > 50);
      const answer = await reader.page.request.get(new URL("drawing.svg", reader.page.url()).href);
      assert.equal(answer.status(), 200);
    },
  );
}

reading(
  "without script all 300 comments are somewhere, each once",
  { site: root, path: NESTED, until: "load", script: false },
  async (reader) => {
    const first = await reader.page.locator("article.comment").evaluateAll((rows) => rows.map((row) => row.id));
    await reader.open(`${NESTED}comments/2/`, "load");
    const second = await reader.page.locator("article.comment").evaluateAll((rows) => rows.map((row) => row.id));
    assert.equal(new Set([...first, ...second]).size, 300);
    assert.equal(first.length + second.length, 300);
  },
);

reading(
  "without script an address that leads nowhere leads home",
  { site: subPath, path: "/no/such/page", until: "load", script: false },
  async (reader) => {
    await reader.follow(reader.page.getByRole("link", { name: "To all posts" }));
    assert.equal(reader.page.url(), subPath.url("/"));
  },
);

reading(
  "without script no page is wider than a phone",
  { site: root, path: NESTED, until: "load", script: false, screen: PHONE },
  async (reader) => {
    assert.equal(await reader.page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  },
);

// Below a path, with the app: a host without any rules.

reading(
  "below /blog/: from the list to a post and back, with all comments",
  { site: subPath, path: "/", until: "ready" },
  async (reader) => {
    const page = reader.page;
    await reader.mark();
    await page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    assert.equal(page.url(), subPath.url(NESTED));
    assert.equal((await reader.ids()).length, 300);
    await page.goBack();
    await page.locator(".post-list").waitFor();
    assert.ok(await reader.isMarked());
  },
);

reading(
  "below /blog/: a prerendered post is taken over, and its help opens",
  { site: subPath, path: NESTED },
  async (reader) => {
    assert.equal((await reader.ids()).length, 300);
    await reader.page.click(".help-open");
    await reader.page.locator("dialog[open]").waitFor();
  },
);

reading(
  "below /blog/: a post that was only dropped on the host is shown by 404.html",
  {
    site: subPath,
    path: "/posts/dropped-in/",
    before: (_, site) => {
      site.lay("/posts/dropped-in/post.json", {
        version: "https://jsonfeed.org/version/1.1",
        title: "x",
        items: [
          {
            id: "x",
            title: "Dropped in",
            content_text: "Nobody built me.",
            _thread: { comments_url: "comments.json" },
          },
        ],
      });
      site.lay("/posts/dropped-in/comments.json", {
        version: "https://jsonfeed.org/version/1.1",
        title: "x",
        items: [{ id: "1", content_text: "Hello?" }],
      });
    },
  },
  async (reader) => {
    assert.equal(await reader.page.locator("h1").textContent(), "Dropped in");
    assert.deepEqual(await reader.ids(), ["1"]);
    await reader.page.click(".site-title");
    await reader.page.locator(".post-list").waitFor();
    assert.equal(reader.page.url(), subPath.url("/"));
  },
);
