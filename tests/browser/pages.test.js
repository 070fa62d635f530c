// The blog around the conversations: lists and the ways between them, posts with all that belongs to them, and the
// addresses that old links have.

import assert from "node:assert/strict";
import test from "node:test";
import { built, FLAT, folder, NESTED, Site } from "./site.mjs";
import { PHONE, reading } from "./reader.mjs";

const demo = await Site.serve(test, built.dist);
const own = (t) => Site.serve(t, built.dist);

const LONG = "/posts/eleven-minutes/";
const KETTLE = "/posts/the-kettle-that-went-quiet/";

const heading = (reader) => reader.page.locator("h1").textContent();
const titles = (reader) => reader.page.$$eval(".post-item h2", (all) => all.map((one) => one.textContent));
const path = (reader) => new URL(reader.page.url()).pathname;

/** Presses a link in the app, and waits for the page with this heading. */
async function press(reader, link, expected) {
  await link.click();
  await reader.page.waitForFunction((words) => document.querySelector("h1")?.textContent === words, expected);
}

reading(
  "through all kinds of lists by their links: one document, its title and the marked link follow",
  { site: demo, path: "/", until: "ready" },
  async (reader) => {
    const { page } = reader;
    // Once more than is needed: what stays on the page must lead to the same pages from everywhere.
    const link = (name) => page.getByRole("link", { name, exact: true }).first();
    await reader.mark();
    assert.equal((await titles(reader)).length, 10);
    await press(reader, link("Archive"), "Archive");
    assert.equal(await page.title(), "Archive · The Leftover Screw");
    assert.equal(await page.locator(".site-nav [aria-current=page]").textContent(), "Archive");
    assert.ok(await page.evaluate(() => document.activeElement.id === "content"), "the focus is where the page begins");
    await press(reader, link("2012"), "2012");
    assert.deepEqual(await titles(reader), ["The bench that squeaks"]);
    await press(reader, link("The bench that squeaks"), "The bench that squeaks");
    await press(reader, page.locator(".post-foot .tag", { hasText: "wood" }), "wood");
    assert.equal(path(reader), "/tags/wood/");
    assert.equal((await titles(reader)).length, 3);
    await press(reader, link("Tags"), "Tags");
    assert.match(await page.locator(".index-list li").first().textContent(), /mysteries.*7 posts/);
    await press(reader, link("About"), await page.locator(".site-nav a", { hasText: "About" }).textContent());
    assert.equal(path(reader), "/pages/about/");
    assert.equal(await page.locator(".thread").count(), 0, "a page without comments has no conversation");
    await press(reader, link("Guestbook"), "Guestbook");
    await reader.complete();
    assert.equal((await reader.ids()).length, 13);
    assert.ok(await reader.isMarked());
    assert.equal(await page.locator("link[rel=icon]").first().evaluate((icon) => icon.href), demo.url("/icon.svg"));
    assert.equal(demo.count(/(tags|archive|pages|posts)\/.*icon\.svg/), 0, "the icon is asked for where it is");
  },
);

reading(
  "the home list has pages, the pinned post on the first only",
  { site: demo, path: "/", until: "ready" },
  async (reader) => {
    const { page } = reader;
    const first = await titles(reader);
    assert.equal(first[0], "The bench that squeaks");
    assert.equal(await page.locator(".is-sticky .post-sticky").textContent(), "Pinned");
    await page.getByRole("link", { name: "Older posts" }).click();
    await page.waitForFunction(() => document.querySelector(".pager-newer"));
    const second = await titles(reader);
    assert.equal(path(reader), "/page/2/");
    assert.equal(new Set([...first, ...second]).size, 16, "each post once");
    assert.equal(await page.locator(".is-sticky").count(), 0);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector(".pager-older") && !document.querySelector(".pager-newer"));
    assert.deepEqual(await titles(reader), first);
  },
);

for (const [kind, address, away] of [
  ["the home list", "/", "/tags/"],
  ["the second page of it", "/page/2/", "/"],
  ["a tag", "/tags/wood/", "/"],
  ["all tags", "/tags/", "/"],
  ["a year", "/archive/2026/", "/"],
  ["all years", "/archive/", "/"],
  ["a post", LONG, "/"],
  ["a post from right to left", "/posts/my-grandfathers-drawer/", "/"],
  ["a page", "/pages/about/", "/"],
]) {
  reading(`prerendered and built in the browser are the same: ${kind}`, { site: demo, path: address, until: "ready" }, async (reader) => {
    const { page } = reader;
    const markup = () =>
      page.$eval("#page-body", (body) => {
        const copy = body.cloneNode(true);
        for (const time of copy.querySelectorAll("time")) time.replaceChildren();
        for (const time of copy.querySelectorAll("time")) for (const name of ["title", "aria-label"]) time.removeAttribute(name);
        // Addresses are relative where they were written, and whole where they were made.
        for (const [name, selector] of [["href", "a[href]"], ["src", "img[src]"]]) {
          const there = body.querySelectorAll(selector);
          [...copy.querySelectorAll(selector)].forEach((one, at) => one.setAttribute(name, there[at][name]));
        }
        return copy.innerHTML;
      });
    await reader.mark();
    const prerendered = await markup();
    await page.locator(`a[href$="${away === "/" ? "./" : away.slice(1)}"], .site-title`).first().click();
    await page.waitForFunction((before) => document.querySelector("#page-body")?.innerHTML && document.querySelector("#page-body") !== before, null);
    await page.waitForFunction((left) => location.pathname !== left, address === "/" ? "never" : address);
    await reader.look();
    await page.goBack();
    await page.waitForFunction((back) => location.pathname === back, address);
    await page.waitForFunction(() => document.querySelector("#page-body")?.firstElementChild);
    await reader.look();
    assert.equal(await markup(), prerendered);
    assert.ok(await reader.isMarked());
  });
}

for (const screen of [undefined, PHONE]) {
  reading(
    `the table of contents and the notes lead there and back, ${screen ? "on a phone" : "at a desk"}`,
    { site: demo, path: LONG, screen },
    async (reader) => {
      const { page } = reader;
      const near = (selector) =>
        page.waitForFunction((wanted) => {
          const top = document.querySelector(wanted)?.getBoundingClientRect().top;
          return top > -5 && top < window.innerHeight * 0.9;
        }, selector);
      assert.ok((await page.locator(".contents li").count()) >= 10);
      await page.locator(".contents a").nth(5).click();
      const hash = decodeURIComponent(new URL(page.url()).hash);
      await near(`[id="${hash.slice(1)}"]`);
      await page.locator(".post-body sup a").first().click();
      await near(":target");
      await page.locator(":target a").last().click();
      await near("sup:target, sup :target, :target sup, :target");
      assert.match(await page.locator(".reading").textContent(), /^2\d minutes to read$/);
    },
  );
}

reading("what belongs to a post: author, neighbours, related, feeds", { site: demo, path: FLAT }, async (reader) => {
  const { page } = reader;
  assert.match(await page.locator(".author-box").textContent(), /Tilda Brackenby/);
  await page.locator(".author-picture").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".author-picture").naturalWidth > 0);
  assert.match(await page.locator(".post-link.is-older").textContent(), /kettle/i);
  assert.equal(await page.locator(".post-link.is-newer .post-link-label").textContent(), "Newer");
  assert.ok((await page.locator(".related li").count()) >= 1);
  const feeds = await page.$$eval(".thread-feeds a", (links) => links.map((link) => link.href));
  assert.equal(feeds.length, 2);
  for (const feed of feeds) assert.equal((await page.request.get(feed)).status(), 200, feed);
});

reading(
  "a link that is pointed at is fetched before it is pressed, and not again",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const { page } = reader;
    const asked = () => site.count(/kettle-that-went-quiet\/post\.json$/);
    await page.getByRole("link", { name: "Older posts" }).click();
    await page.waitForFunction(() => document.querySelector(".pager-newer"));
    assert.equal(asked(), 0);
    const link = page.getByRole("link", { name: "The kettle that went quiet" });
    const fetched = page.waitForResponse((response) => response.url().endsWith("quiet/post.json"));
    await link.hover();
    await fetched;
    await press(reader, link, "The kettle that went quiet");
    await reader.complete();
    assert.equal(asked(), 1);
  },
);

reading(
  "readers who save data are not sent what they did not ask for",
  {
    site: own,
    path: "/",
    until: "ready",
    init: () => {
      Object.defineProperty(navigator, "connection", { value: { saveData: true } });
    },
  },
  async (reader, site) => {
    await reader.page.locator(".post-item h2 a").first().hover();
    await reader.page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
    assert.equal(site.count(/post\.json$/), 0);
  },
);

reading("links are links: with Control pressed a post opens in a tab of its own", { site: demo, path: "/", until: "ready" }, async (reader) => {
  const opened = reader.context.waitForEvent("page");
  await reader.page.locator(".post-item h2 a").first().click({ modifiers: ["Control"] });
  const tab = await opened;
  await tab.waitForSelector("html.app-complete", { state: "attached" });
  assert.equal(new URL(tab.url()).pathname, FLAT);
  assert.equal(path(reader), "/", "and this page stays");
});

for (const [old, now] of [
  ["/?p=17", KETTLE],
  ["/?p=17#comment-3", `${KETTLE}#comment-3`],
  ["/2011/03/the-kettle-that-went-quiet/", KETTLE],
  ["/2011/03/the-kettle-that-went-quiet/#comment-3", `${KETTLE}#comment-3`],
  ["/2011/03/the-kettle-that-went-quiet?fbclid=x", KETTLE],
  ["/?page_id=2", "/pages/about/"],
]) {
  reading(`an old address lands: ${old}`, { site: demo, path: old, until: "nothing" }, async (reader) => {
    const { page } = reader;
    await page.waitForFunction((wanted) => location.pathname + location.hash === wanted, now);
    await page.waitForSelector("html.app-ready", { state: "attached" });
    if (now.includes("#")) await reader.landed(now.split("-").at(-1));
  });
}

reading("old places in a page land: the form for comments, a heading of a post", { site: demo, path: `${LONG}#respond` }, async (reader) => {
  const { page } = reader;
  await page.waitForFunction(() => location.hash === "#comments");
  const id = await page.locator(".post-body h2[id]").last().getAttribute("id");
  await page.goto("about:blank");
  await reader.open(`${LONG}#${id.replace(/^post-/, "")}`);
  await page.waitForFunction((wanted) => decodeURIComponent(location.hash) === `#${wanted}`, id);
});

reading("a folder of content that was never built has its lists too", { site: async (t) => {
  const { cp } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const plain = await folder(t);
  const root = new URL("../../", import.meta.url).pathname;
  await cp(join(root, "public/content"), plain, { recursive: true });
  for (const file of ["404.html", "assets"]) await cp(join(built.dist, file), join(plain, file), { recursive: true });
  return Site.serve(t, plain);
}, path: "/tags/wood/", until: "ready" }, async (reader) => {
  await reader.page.locator(".post-item").first().waitFor();
  assert.equal(await heading(reader), "wood");
  assert.equal((await titles(reader)).length, 3);
  await press(reader, reader.page.getByRole("link", { name: "Archive" }).first(), "Archive");
  assert.equal(await reader.page.locator(".index-list li").count(), 13);
});

reading("a post from right to left has its words, and ours around it, the right way round", { site: demo, path: "/posts/my-grandfathers-drawer/" }, async (reader) => {
  const { page } = reader;
  assert.equal(await page.locator("article.post").getAttribute("dir"), "rtl");
  assert.equal(await page.locator("html").getAttribute("dir"), "ltr");
  const right = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction);
  assert.equal(await right("article.post h1"), "rtl");
  assert.equal(await right(".reading"), "ltr");
  assert.equal(await reader.overflow(), 0);
});

reading("the thread that wants to break the page does not", { site: demo, path: "/posts/please-break-this/" }, async (reader) => {
  const rows = await reader.ids();
  assert.equal(rows.length, 115);
  assert.equal(await reader.overflow(), 0);
  assert.ok((await reader.nesting()) < 100);
  const outside = await reader.page.evaluate(() => performance.getEntriesByType("resource").filter((one) => !one.name.startsWith(location.origin)).length);
  assert.equal(outside, 0, "nobody else was asked for anything");
  await reader.page.goto("about:blank");
  await reader.open(`/posts/please-break-this/#comment-${rows.at(-1)}`);
  await reader.landed(rows.at(-1));
});

reading("long threads are not needed for short ways: the nested post's feed links and its place in the list", { site: demo, path: NESTED }, async (reader) => {
  const canonical = await reader.page.locator("link[rel=canonical]").getAttribute("href");
  assert.equal(canonical, "https://blog.example/posts/twelve-things-in-my-drawer/");
  const data = JSON.parse(await reader.page.locator('script[type="application/ld+json"]').first().textContent());
  assert.equal(data["@type"], "BlogPosting");
  assert.ok(data.comment.length > 0);
});
