// Addresses: links to comments, going from page to page, back and forward, and pages that were never built.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { afterword, build, built, FLAT, folder, NESTED, Site } from "./site.mjs";
import { PHONE, reading } from "./reader.mjs";

const demo = await Site.serve(test, built.dist);

const generated = await folder(test);
await afterword("generate", "--out", join(generated, "content"), "--comments", "1000", "--seed", "7");
await build(join(generated, "content"), join(generated, "site"));
const long = await Site.serve(test, join(generated, "site"));
const LONG = `/posts/${await slugOf(join(generated, "site"))}/`;

async function slugOf(site) {
  const feed = JSON.parse(await readFile(join(site, "feed.json"), "utf8"));
  return new URL(feed.items[0].url, "http://blog.example/").pathname.split("/").filter(Boolean).at(-1);
}

for (const screen of [undefined, PHONE]) {
  const where = screen ? "on a phone" : "at a desk";
  reading(
    `a link to a prerendered comment lands on it, ${where}`,
    { site: demo, path: `${NESTED}#comment-150`, screen },
    async (reader) => {
      await reader.landed(150);
    },
  );

  reading(
    `a link to comment 900 of 1,000, which is not prerendered, lands on it, ${where}`,
    { site: long, path: LONG, screen },
    async (reader) => {
      const last = (await reader.ids()).at(-100);
      assert.ok(
        !String(await long.bytes(`${LONG}index.html`)).includes(`id="comment-${last}"`),
        "it is not prerendered",
      );
      await reader.page.goto("about:blank");
      await reader.open(`${LONG}#comment-${last}`);
      await reader.landed(last);
      assert.ok(
        await reader.page.evaluate((id) => document.activeElement.id === id, `comment-${last}`),
        "it has the focus",
      );
    },
  );
}

reading(
  "a link within the page to a comment in a collapsed thread opens it",
  { site: demo, path: NESTED },
  async (reader) => {
    await reader.fold(1).click();
    await reader.page.waitForFunction(() => document.getElementById("comment-30").hidden);
    await reader.page.evaluate(() => {
      location.hash = "#comment-30";
    });
    await reader.page.waitForFunction(() => !document.getElementById("comment-30").hasAttribute("hidden"));
    await reader.landed(30);
    assert.equal(await reader.fold(1).getAttribute("aria-expanded"), "true");
  },
);

reading(
  "“to Hanne” leads to the comment that is answered, and Back returns",
  { site: demo, path: NESTED },
  async (reader) => {
    await reader.mark();
    await reader.comment(30).locator(".comment-to").click();
    await reader.landed(8);
    assert.match(reader.page.url(), /#comment-8$/);
    await reader.page.goBack();
    await reader.page.waitForFunction(() => location.hash === "");
    assert.ok(await reader.isMarked(), "the same document");
  },
);

reading(
  "a link to a comment that is not there says so, and shows the conversation",
  { site: demo, path: `${FLAT}#comment-9999` },
  async (reader) => {
    await reader.notice().waitFor();
    assert.equal(await reader.notice().textContent(), "The comment you were looking for is not in this conversation.");
    assert.equal((await reader.ids()).length, 50);
  },
);

for (const hash of ["#other", "#comments-title", "#%E0%A4%A"]) {
  reading(
    `a fragment that means no comment is left alone: ${hash}`,
    { site: demo, path: `${FLAT}${hash}` },
    async (reader) => {
      assert.ok(reader.page.url().endsWith(hash));
      assert.equal(await reader.notice().count(), 0);
    },
  );
}

reading(
  "from the list to a post and back: no new document, and the list is where it was",
  { site: (t) => Site.serve(t, built.dist), path: "/", until: "ready", screen: { width: 800, height: 300 } },
  async (reader, own) => {
    const page = reader.page;
    await reader.mark();
    const pages = () => own.count(/(\/|\.html)$/);
    assert.equal(pages(), 1);
    const link = page.getByRole("link", { name: "The bench that squeaks" });
    await page.evaluate(() => window.scrollTo(0, 80));
    await reader.look();
    const listAt = await reader.scrolled();
    assert.ok(listAt > 50, "the list is scrolled");
    await link.click();
    await reader.complete();
    assert.equal(new URL(page.url()).pathname, FLAT);
    assert.equal(await page.title(), "The bench that squeaks · The Leftover Screw");
    assert.equal((await reader.ids()).length, 50);
    assert.equal(await reader.scrolled(), 0, "a new page begins at its beginning");
    await reader.look();
    await page.evaluate(() => window.scrollTo(0, 2000));
    // The app notes the place once the reader has stopped to scroll.
    await page.waitForFunction(
      () => window.scrollY > 1900 && JSON.stringify(history.state)?.includes(String(Math.floor(window.scrollY))),
    );
    const postAt = await reader.scrolled();

    await page.goBack();
    await link.waitFor();
    await page.waitForFunction((top) => Math.abs(window.scrollY - top) < 2, listAt);
    assert.equal(await page.title(), "The Leftover Screw");

    await page.goForward();
    await reader.complete();
    await page.waitForFunction((top) => Math.abs(window.scrollY - top) < 2, postAt);
    assert.ok(await reader.isMarked(), "the same document all the time");
    assert.equal(pages(), 1, "one page was asked for, once");
  },
);

reading(
  "back to a prerendered post after a visit to the list: its text and comments are there again",
  { site: demo, path: FLAT },
  async (reader) => {
    await reader.mark();
    await reader.page.click(".site-title");
    await reader.page.locator(".post-list").waitFor();
    assert.equal(await reader.page.locator("html.app-complete").count(), 0);
    await reader.page.goBack();
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
    assert.match(await reader.page.locator(".post-body").textContent(), /surprising news/);
    assert.ok(await reader.isMarked());
  },
);

reading("from one post to another by a link in its text", { site: demo, path: NESTED }, async (reader) => {
  await reader.mark();
  await reader.page.locator(".post-body").getByRole("link", { name: "the bench" }).click();
  await reader.page.waitForFunction(() => document.querySelector("h1")?.textContent === "The bench that squeaks");
  await reader.complete();
  assert.equal((await reader.ids()).length, 50);
  assert.ok(await reader.isMarked());
});

reading(
  "quickly from page to page: what arrives late does not show up on another page",
  { site: (t) => Site.serve(t, built.dist), path: "/", until: "ready" },
  async (reader, own) => {
    const release = own.hold(`${FLAT}post.json`);
    await reader.page.getByRole("link", { name: "The bench that squeaks" }).click();
    await reader.page.waitForFunction(() => location.pathname.includes("bench"));
    await reader.page.goBack();
    await reader.page.locator(".post-list").waitFor();
    await reader.page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    const answered = reader.page.waitForResponse((response) => response.url().includes("the-bench")).catch(() => null);
    release();
    await answered;
    await reader.page.evaluate(
      () =>
        new Promise((done) => {
          setTimeout(done, 100);
        }),
    );
    assert.match(await reader.page.locator("h1").textContent(), /Twelve things/);
    assert.match(await reader.page.title(), /Twelve things/);
  },
);

reading(
  "rows built in the browser are the same as the prerendered ones",
  { site: demo, path: NESTED },
  async (reader) => {
    const markup = () =>
      reader.page.$$eval("article.comment", (rows) =>
        rows.map((row) => {
          const copy = row.cloneNode(true);
          // What has been on the screen is in the reader's zone.
          for (const time of copy.querySelectorAll(".comment-time > time")) {
            time.textContent = "";
            time.removeAttribute("title");
            time.parentElement.removeAttribute("aria-label");
          }
          return copy.outerHTML;
        }),
      );
    const adopted = await markup();
    await reader.page.click(".site-title");
    await reader.page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    const made = await markup();
    assert.equal(made.length, 300);
    for (const [at, row] of made.entries()) assert.equal(row, adopted[at]);
    assert.deepEqual(made, adopted);
  },
);

const dropped = {
  "post.json": {
    version: "https://jsonfeed.org/version/1.1",
    title: "Dropped in",
    items: [
      {
        id: "dropped",
        title: "Dropped in",
        content_html: "<p>Nobody built me.</p>",
        authors: [{ name: "Tilda" }],
        _thread: { comments_url: "comments.json", count: 2 },
      },
    ],
  },
  "comments.json": {
    version: "https://jsonfeed.org/version/1.1",
    title: "Comments",
    items: [
      {
        id: "2",
        content_text: "And I found it.",
        authors: [{ name: "Oskar" }],
        date_published: "2026-11-02T10:00:00Z",
        _thread: { in_reply_to: "1" },
      },
      { id: "1", content_html: "<p>Hello?</p>", authors: [{ name: "Mina" }], date_published: "2026-11-01T10:00:00Z" },
    ],
  },
};

reading(
  "a post that was only dropped on the host is shown by 404.html, with its comments",
  {
    site: (t) => Site.serve(t, built.dist),
    path: "/posts/dropped-in/",
    before: (_, own) => {
      for (const [name, file] of Object.entries(dropped)) own.lay(`/posts/dropped-in/${name}`, file);
    },
  },
  async (reader) => {
    assert.equal(await reader.page.locator("h1").textContent(), "Dropped in");
    assert.equal(await reader.page.locator(".post-body").textContent(), "Nobody built me.");
    assert.deepEqual(await reader.ids(), ["1", "2"]);
    assert.equal(await reader.page.title(), "Dropped in · The Leftover Screw");
  },
);

reading(
  "an address that leads nowhere says so and leads home",
  { site: demo, path: "/no/such/page", until: "ready" },
  async (reader) => {
    assert.equal(await reader.page.locator("h1").textContent(), "Not here");
    await reader.page.getByRole("link", { name: "To all posts" }).click();
    await reader.page.locator(".post-list").waitFor();
    assert.equal(new URL(reader.page.url()).pathname, "/");
  },
);

reading(
  "the address of a post that does not exist says so",
  { site: demo, path: "/posts/never-written/", until: "ready" },
  async (reader) => {
    await reader.notice().waitFor();
    assert.equal(
      await reader.notice().locator("p").textContent(),
      "This post could not be fetched: the server does not have it.",
    );
  },
);
