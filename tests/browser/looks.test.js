// What can be measured of how a page looks: it fits its screen, lines keep a readable length, and axe-core finds nothing
// that shuts somebody out. In light and dark, in every state.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build, built, cutTo, FLAT, folder, NESTED, SILENT, Site, status } from "./site.mjs";
import { DESK, PHONE, reading } from "./reader.mjs";

const site = await Site.serve(test, built.dist);
const own = (t) => Site.serve(t, built.dist);
const axe = { content: readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") };

/** What axe-core finds: one line for each rule and element. */
async function violations(reader) {
  const results = await reader.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

const comments = `${FLAT}comments.json`;
const visitBench = (reader) => reader.page.getByRole("link", { name: "The bench that squeaks" }).click();

const STATES = [
  { name: "the list of posts", path: "/", until: "ready" },
  { name: "its second page", path: "/page/2/", until: "ready" },
  { name: "a tag", path: "/tags/wood/", until: "ready" },
  { name: "all tags", path: "/tags/", until: "ready" },
  { name: "a year", path: "/archive/2026/", until: "ready" },
  { name: "all years", path: "/archive/", until: "ready" },
  { name: "a page without comments", path: "/pages/about/", until: "ready" },
  { name: "a long post with contents, tables, code and notes", path: "/posts/eleven-minutes/" },
  { name: "a post and thread from right to left", path: "/posts/my-grandfathers-drawer/" },
  { name: "a post in Japanese", path: "/posts/the-bell-in-the-sewing-box/" },
  { name: "the thread that wants to break the page", path: "/posts/please-break-this/" },
  { name: "a closed thread", path: "/posts/salad-oil/" },
  { name: "a post with 300 comments", path: NESTED },
  { name: "a post with 50 comments", path: FLAT },
  { name: "a post without comments", path: SILENT },
  { name: "comments 201 to 300 on their static page", path: `${NESTED}comments/2/`, until: "load" },
  {
    name: "collapsed comments, newest first",
    path: NESTED,
    then: async (reader) => {
      await reader.fold(1).click();
      await reader.page.waitForFunction(() => document.querySelector("article.comment[hidden]"));
      await reader.page.keyboard.press("o");
      await reader.page.waitForFunction(() => document.querySelector("article.comment").id !== "comment-1");
    },
  },
  {
    name: "the list of keys",
    path: FLAT,
    then: async (reader) => {
      await reader.page.click(".help-open");
      await reader.page.locator("dialog[open]").waitFor();
    },
  },
  {
    name: "failed comments",
    path: "/",
    until: "ready",
    then: async (reader, at) => {
      at.answer(comments, status(500));
      await visitBench(reader);
      await reader.notice().waitFor();
    },
  },
  {
    name: "partly damaged comments",
    path: "/",
    until: "ready",
    then: async (reader, at) => {
      at.answer(comments, cutTo(await at.bytes(comments), 9000));
      await visitBench(reader);
      await reader.notice().waitFor();
    },
  },
  {
    name: "comments on their way",
    path: "/",
    until: "ready",
    then: async (reader, at) => {
      at.answer(comments, () => {});
      await visitBench(reader);
      await reader.page.locator(".thread .placeholder").waitFor({ state: "attached" });
    },
  },
  {
    name: "an address that leads nowhere",
    path: "/nowhere",
    until: "ready",
    then: (reader) => reader.page.locator("h1").waitFor(),
  },
  {
    name: "a link to a comment that is not there",
    path: `${FLAT}#comment-9999`,
    then: (reader) => reader.notice().waitFor(),
  },
  {
    name: "all replies collapsed",
    path: NESTED,
    then: async (reader) => {
      await reader.page.locator(".fold-all").click();
      await reader.page.waitForFunction(() => document.querySelector("article.comment[hidden]"));
    },
  },
  { name: "one list", path: `${NESTED}?view=flat` },
  { name: "the author's answers, and what was asked in grey", path: `${NESTED}?view=author` },
  {
    name: "guessed replies",
    path: `${FLAT}?view=inferred`,
    then: (reader) => reader.page.locator("a.comment-to[data-guess]").first().waitFor(),
  },
  {
    name: "what is new since the last visit",
    path: NESTED,
    then: async (reader) => {
      // A visit long ago, when there were 285 comments.
      await reader.page.evaluate((key) => {
        const dates = [...document.querySelectorAll(".comment-time > time")].map((time) => Date.parse(time.dateTime));
        const seen = dates.sort((a, b) => a - b).at(-16);
        const now = dates.at(-1) + 3_600_000;
        localStorage.setItem(`afterword:visits:${location.origin}/`, `${key}\t\t${seen}\t${now - 86_400_000}`);
        sessionStorage.setItem("now", String(now));
      }, NESTED.slice(1));
      await reader.context.addInitScript(() => {
        Date.now = () => Number(sessionStorage.getItem("now"));
      });
      await reader.open(NESTED);
      await reader.page.locator(".pill-new").waitFor();
      await reader.page.waitForFunction(() => document.querySelectorAll("article.is-new").length === 15);
    },
  },
];

for (const { name, then, ...options } of STATES) {
  reading(
    `axe-core finds nothing, in light and in dark: ${name}`,
    { site: own, ...options, before: (reader) => reader.context.addInitScript(axe) },
    async (reader, at) => {
      await then?.(reader, at);
      await reader.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      assert.deepEqual(await violations(reader), [], "light");
      await reader.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      assert.deepEqual(await violations(reader), [], "dark");
    },
  );

  reading(`no wider than a phone: ${name}`, { site: own, ...options, screen: PHONE }, async (reader, at) => {
    await then?.(reader, at);
    assert.equal(await reader.overflow(), 0);
  });
}

for (const [where, screen] of [
  ["a phone", PHONE],
  ["the narrowest phone", { width: 320, height: 640 }],
  ["a desk", DESK],
]) {
  reading(
    `${where}: the most indented comments keep lines of 24 characters and more, and nothing is cut off`,
    { site, path: NESTED, screen },
    async (reader) => {
      assert.equal(await reader.overflow(), 0);
      const { rows, widths, characters } = await reader.page.evaluate(() => {
        const deep = [...document.querySelectorAll("article.indent-6 .comment-body")];
        const ruler = document.createElement("span");
        ruler.textContent = "The quick brown fox jumps over the lazy dog, twice or so";
        ruler.className = "ruler";
        deep[0].append(ruler);
        ruler.parentElement.closest(".block").classList.remove("contained");
        const perCharacter =
          ruler.getClientRects().length > 1
            ? [...ruler.getClientRects()].reduce((sum, line) => sum + line.width, 0) / ruler.textContent.length
            : ruler.getBoundingClientRect().width / ruler.textContent.length;
        ruler.remove();
        const widths = deep.map((body) => body.getBoundingClientRect().width).filter((width) => width > 0);
        return { rows: deep.length, widths, characters: Math.min(...widths) / perCharacter };
      });
      assert.ok(rows > 0 && widths.length > 0, "there are such comments");
      const least = screen.width < PHONE.width ? 20 : 24;
      assert.ok(characters >= least, `${characters.toFixed(1)} characters`);
    },
  );
}

reading("at a desk the text of a post has lines of 60 to 75 characters", { site, path: FLAT }, async (reader) => {
  const mean = await reader.page.evaluate(() => {
    const lengths = [];
    for (const paragraph of document.querySelectorAll(".post-body > p")) {
      const text = paragraph.textContent;
      const lines = Math.round(
        paragraph.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(paragraph).lineHeight),
      );
      if (lines >= 4) lengths.push(text.length / (lines - 0.5));
    }
    return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  });
  assert.ok(mean >= 58 && mean <= 77, `${mean.toFixed(1)} characters`);
});

reading(
  "controls are large enough for a finger",
  { site, path: NESTED, screen: PHONE, context: { hasTouch: true, isMobile: true } },
  async (reader) => {
    const small = await reader.page.$$eval("button, [role=button], select", (controls) =>
      controls
        .filter((control) => control.getClientRects().length > 0)
        .map((control) => ({ name: control.className, height: control.getBoundingClientRect().height }))
        .filter(({ height }) => height < 44),
    );
    assert.deepEqual(small, []);
  },
);

reading(
  "everything can be reached with the Tab key, in the order of the page",
  { site, path: FLAT },
  async (reader) => {
    const page = reader.page;
    const reached = [];
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate(() => document.activeElement.className || document.activeElement.textContent));
    }
    assert.equal(reached[0], "skip-link");
    assert.equal(reached[1], "site-title");
    const at = (name) => reached.indexOf(name);
    assert.ok(at("skip-link") < at("post-count") && at("post-count") < at("order-select"), reached.join());
    await page.locator(".skip-link").first().focus();
    await page.keyboard.press("Enter");
    assert.ok(await page.evaluate(() => document.activeElement.id === "content"));
  },
);

// A whole site from right to left: its language turns the page around.
const arabic = await (async () => {
  const work = await folder(test);
  const content = join(work, "content");
  await cp(fileURLToPath(new URL("../../public/content", import.meta.url)), content, { recursive: true });
  const file = join(content, "site.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), language: "ar" }));
  await build(content, join(work, "site"));
  return Site.serve(test, join(work, "site"));
})();

for (const [name, path, until] of [
  ["the list of posts", "/", "ready"],
  ["a post with 300 comments", NESTED],
  ["a post in Arabic", "/posts/my-grandfathers-drawer/"],
  ["all tags", "/tags/", "ready"],
]) {
  reading(
    `on a site from right to left axe-core finds nothing, and nothing is cut off: ${name}`,
    { site: arabic, path, until, screen: PHONE, before: (reader) => reader.context.addInitScript(axe) },
    async (reader) => {
      assert.equal(await reader.page.locator("html").getAttribute("dir"), "rtl");
      assert.equal(await reader.overflow(), 0);
      assert.deepEqual(await violations(reader), []);
    },
  );
}
