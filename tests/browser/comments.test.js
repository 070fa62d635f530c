// What a reader can do with one comment: see when it was written, copy its link, mute its author.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdir, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { build, built, FLAT, folder, NESTED, Site } from "./site.mjs";
import { DESK, PHONE, reading } from "./reader.mjs";

const demo = await Site.serve(test, built.dist);
const axe = { content: readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") };

// Times. The reader's clock is set, so that the files need not change.

const NOW = "2026-11-22T16:30:00Z";
const AGES = [
  ["now", "2026-11-22T16:29:30Z", "now"],
  ["minutes", "2026-11-22T16:25:00Z", "5 minutes ago"],
  ["hours", "2026-11-22T13:00:00Z", "3 hours ago"],
  ["yesterday", "2026-11-21T12:00:00Z", "yesterday"],
  ["days", "2026-11-10T12:00:00Z", "12 days ago"],
  ["months", "2026-02-03T12:00:00Z", "9 months ago"],
  ["years", "2012-01-31T23:30:00Z", "Jan 31, 2012"],
  ["future", "2031-05-06T12:00:00Z", "May 6, 2031"],
  ["unknown", undefined, "unknown date"],
];
const AGED = "/posts/aged/";

async function aged(t, language) {
  const home = await folder(t);
  const at = (...path) => join(home, "content", ...path);
  const put = (path, value) => writeFile(path, JSON.stringify(value));
  const version = "https://jsonfeed.org/version/1.1";
  const post = {
    id: "aged",
    url: "posts/aged/",
    title: "Of all ages",
    content_html: '<p>Old and new. <time class="day" datetime="2012-01-31T23:30:00Z">then</time></p>',
    date_published: "2012-01-31T23:30:00Z",
    _thread: { comments_url: "comments.json", count: AGES.length },
  };
  const comments = AGES.map(([id, date]) => ({
    id,
    content_html: `<p>I was written then: <time datetime="2012-01-31T23:30:00Z">long ago</time>.</p>`,
    authors: [{ name: `Reader of ${id}` }],
    ...(date && { date_published: date }),
    _thread: { edited: "2026-11-22T16:29:30Z" },
  }));
  await mkdir(at("posts/aged"), { recursive: true });
  await put(at("site.json"), { title: "Ages", url: "https://ages.example/", language });
  await put(at("feed.json"), { version, title: "Ages", items: [{ ...post, url: "https://ages.example/posts/aged/" }] });
  await put(at("posts/aged/post.json"), { version, title: "Of all ages", items: [post] });
  await put(at("posts/aged/comments.json"), { version, title: "Comments", items: comments });
  await build(join(home, "content"), join(home, "site"));
  return Site.serve(t, join(home, "site"));
}

const english = await aged(test, "en");
const german = await aged(test, "de");

/** Sets the reader's clock, and hands over what is done every minute. */
function clockOf(now) {
  return `{
    window.later = 0;
    window.everyMinute = new Map();
    Date.now = () => ${Date.parse(now)} + window.later;
    const { setInterval, clearInterval } = window;
    window.setInterval = (act, millis, ...more) => {
      const id = setInterval(act, millis, ...more);
      if (millis === 60_000) window.everyMinute.set(id, act);
      return id;
    };
    window.clearInterval = (id) => {
      window.everyMinute.delete(id);
      clearInterval(id);
    };
  }`;
}

const withClock = async (reader) => reader.context.addInitScript({ content: clockOf(NOW) });
const timeOf = (reader, id) => reader.comment(id).locator(".comment-time");
const waitForTimes = (reader) => reader.page.waitForSelector(".comment-time[aria-label]");

reading(
  "comments say how long ago they were written, up to a year; then the date",
  { site: english, path: AGED, before: withClock },
  async (reader) => {
    await waitForTimes(reader);
    for (const [id, , shown] of AGES) assert.equal(await timeOf(reader, id).textContent(), shown, id);
  },
);

reading(
  "the exact time, with its zone, is there to be hovered over and to be heard",
  { site: english, path: AGED, before: withClock, context: { timezoneId: "Asia/Kolkata" } },
  async (reader) => {
    await waitForTimes(reader);
    const title = await timeOf(reader, "hours").locator("time").getAttribute("title");
    assert.match(title, /^November 22, 2026 at 6:30\sPM GMT\+5:30$/);
    assert.equal(await timeOf(reader, "hours").getAttribute("aria-label"), `3 hours ago, ${title}`);
    // In Kolkata the next day has begun.
    const label = await timeOf(reader, "years").getAttribute("aria-label");
    assert.match(label, /^Feb 1, 2012, February 1, 2012 at 5:00\sAM/);
    assert.equal(await timeOf(reader, "unknown").getAttribute("aria-label"), null);
  },
);

reading(
  "times are in the language of the page",
  { site: german, path: AGED, before: withClock },
  async (reader) => {
    await waitForTimes(reader);
    assert.equal(await timeOf(reader, "days").textContent(), "vor 12 Tagen");
    assert.equal(await timeOf(reader, "yesterday").textContent(), "gestern");
    assert.equal(await timeOf(reader, "years").textContent(), "31.01.2012");
    await reader.page.waitForFunction(() => document.querySelector(".post-meta .day").title !== "");
    assert.equal(await reader.page.locator(".post-meta .day").textContent(), "31. Januar 2012");
  },
);

reading(
  "the dates of posts are dates in full, and times that people wrote in their texts are theirs",
  { site: english, path: AGED, before: withClock },
  async (reader) => {
    const day = reader.page.locator(".post-meta .day");
    await reader.page.waitForFunction(() => document.querySelector(".post-meta .day").title !== "");
    assert.equal(await day.textContent(), "January 31, 2012");
    assert.match(await day.getAttribute("title"), /^January 31, 2012 at 11:30\sPM GMT\+0$/);
    await waitForTimes(reader);
    assert.equal(await reader.page.locator(".post-body time").textContent(), "then");
    assert.equal(await reader.comment("days").locator(".comment-body time").textContent(), "long ago");
  },
);

reading(
  "relative times go on with the clock, and sleep while nobody can see them",
  { site: english, path: AGED, before: withClock },
  async (reader) => {
    await waitForTimes(reader);
    const page = reader.page;
    const pass = (minutes) =>
      page.evaluate((passed) => {
        window.later += passed * 60_000;
        for (const act of window.everyMinute.values()) act();
      }, minutes);
    const label = await timeOf(reader, "years").getAttribute("aria-label");
    await page.evaluate(() => {
      window.changes = [];
      const note = (records) => window.changes.push(...records.map(({ target }) => target.textContent));
      const all = { subtree: true, childList: true, attributes: true, characterData: true };
      new MutationObserver(note).observe(document.querySelector(".thread-rows"), all);
    });
    await pass(2);
    assert.equal(await timeOf(reader, "minutes").textContent(), "7 minutes ago");
    assert.equal(await timeOf(reader, "now").textContent(), "2 minutes ago");
    assert.match(await timeOf(reader, "minutes").getAttribute("aria-label"), /^7 minutes ago, November 22/);
    assert.equal(await timeOf(reader, "years").getAttribute("aria-label"), label);
    const changed = new Set(await page.evaluate(() => window.changes));
    assert.deepEqual(changed, new Set(["7 minutes ago", "2 minutes ago"]), "only what reads differently was touched");

    const hide = (hidden) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await hide(true);
    assert.equal(await page.evaluate(() => window.everyMinute.size), 0);
    await pass(60);
    assert.equal(await timeOf(reader, "minutes").textContent(), "7 minutes ago");
    await hide(false);
    assert.equal(await timeOf(reader, "minutes").textContent(), "1 hour ago");
    assert.equal(await page.evaluate(() => window.everyMinute.size), 1);
    await page.click(".site-title");
    await page.locator(".post-list").waitFor();
    assert.equal(await page.evaluate(() => window.everyMinute.size), 0, "another page has no such times");
  },
);

for (const [where, screen] of [
  ["a desk", DESK],
  ["a phone", PHONE],
]) {
  for (const [language, site] of [
    ["English", english],
    ["German", german],
  ]) {
    reading(
      `nothing shifts when times become relative, in ${language} at ${where}`,
      { site, path: AGED, before: withClock, screen },
      async (reader) => {
        await waitForTimes(reader);
        await reader.look();
        assert.equal((await reader.witness()).shift, 0);
        assert.equal(await reader.overflow(), 0);
      },
    );
  }
}

// The menu.

const menuButton = (reader, id) => reader.comment(id).locator(".comment-menu");
const menu = (reader) => reader.page.locator(".menu");
const said = (reader) => reader.page.locator(".row-notice[role=status] .notice > p");
const focusIsIn = (reader, selector) =>
  reader.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

async function openMenu(reader, id) {
  await menuButton(reader, id).click();
  await menu(reader).waitFor();
}

async function closed(reader) {
  await menu(reader).waitFor({ state: "detached" });
}

const withoutPopovers = (reader) =>
  reader.context.addInitScript(() => {
    delete HTMLElement.prototype.showPopover;
  });

for (const [how, before] of [
  ["", undefined],
  [", in a browser without popovers", withoutPopovers],
]) {
  reading(
    `the menu of a comment: opened, walked through and closed by keys${how}`,
    { site: demo, path: FLAT, before },
    async (reader) => {
      const keys = reader.page.keyboard;
      const button = menuButton(reader, 7);
      assert.equal(await button.getAttribute("aria-label"), "More about this comment");
      assert.equal(await button.getAttribute("aria-haspopup"), "menu");
      await button.focus();
      await keys.press("Enter");
      await menu(reader).waitFor();
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      const items = menu(reader).getByRole("menuitem");
      assert.equal(await items.count(), 3);
      const name = await reader.comment(7).locator(".comment-author").textContent();
      assert.deepEqual(await items.allTextContents(), ["Copy link", `All by ${name}`, `Mute ${name}`]);
      await focusIsIn(reader, ".menu-item:first-child");
      for (const [key, expected] of [
        ["ArrowDown", "nth-child(2)"],
        ["ArrowDown", "last-child"],
        ["ArrowDown", "first-child"],
        ["ArrowUp", "last-child"],
      ]) {
        await keys.press(key);
        await focusIsIn(reader, `.menu-item:${expected}`);
      }
      const order = await reader.ids();
      await keys.press("o");
      assert.deepEqual(await reader.ids(), order, "letters are no keys for reading while the menu is open");
      await keys.press("Escape");
      await closed(reader);
      await focusIsIn(reader, "#comment-7 .comment-menu");
      assert.equal(await button.getAttribute("aria-expanded"), null);
      await keys.press("Enter");
      await focusIsIn(reader, ".menu-item");
      await keys.press("Tab");
      await closed(reader);
      await focusIsIn(reader, "#comment-7 *, #comment-8 *");
      assert.ok(!(await button.evaluate((element) => element === document.activeElement)), "Tab goes on");
    },
  );

  reading(
    `the menu of a comment: beside its button, closed by a press outside or on the button${how}`,
    { site: demo, path: FLAT, before, screen: { width: 320, height: 640 } },
    async (reader) => {
      for (const id of [1, 25, 50]) {
        await menuButton(reader, id).scrollIntoViewIfNeeded();
        await openMenu(reader, id);
        await focusIsIn(reader, ".menu-item");
        const [own, beside] = [await menu(reader).boundingBox(), await menuButton(reader, id).boundingBox()];
        assert.ok(own.x >= 7 && own.x + own.width <= 313, `within the window: ${JSON.stringify(own)}`);
        const gap = Math.max(own.y - (beside.y + beside.height), beside.y - (own.y + own.height));
        assert.ok(Math.abs(gap) <= 2, `${gap} pixels from its button`);
        assert.equal(await reader.overflow(), 0);
        await menuButton(reader, id).click();
        await closed(reader);
      }
      await openMenu(reader, 50);
      await menuButton(reader, 49).click();
      await focusIsIn(reader, ".menu-item");
      assert.equal(await menu(reader).count(), 1, "there is one at most");
      assert.equal(await menuButton(reader, 50).getAttribute("aria-expanded"), null);
      await reader.comment(50).locator(".comment-body").click({ position: { x: 2, y: 2 } });
      await closed(reader);
    },
  );
}

reading(
  "the button takes no room from the head of a comment, and is large enough for a finger",
  { site: demo, path: NESTED, screen: { width: 320, height: 640 }, context: { hasTouch: true, isMobile: true } },
  async (reader) => {
    const sizes = await reader.page.$$eval(".comment-menu", (buttons) =>
      buttons
        .filter((button) => button.getClientRects().length > 0)
        .map((button) => {
          const own = button.getBoundingClientRect();
          const others = [...button.parentElement.children].filter((other) => other !== button);
          const covered = others.some((other) => {
            const box = other.getBoundingClientRect();
            return !other.matches(".for-ears") && box.right > own.left + 8 && box.width > 0;
          });
          return { width: own.width, height: own.height, covered };
        }),
    );
    assert.ok(sizes.length > 10);
    assert.deepEqual(
      sizes.filter(({ width, height, covered }) => width < 44 || height < 44 || covered),
      [],
    );
  },
);

reading(
  "“Copy link” copies the comment's own address, and says so",
  { site: demo, path: FLAT, context: { permissions: ["clipboard-read", "clipboard-write"] } },
  async (reader) => {
    await openMenu(reader, 12);
    await menu(reader).getByText("Copy link").click();
    await said(reader).waitFor();
    assert.equal(await said(reader).textContent(), "Link copied");
    assert.equal(await reader.page.evaluate(() => navigator.clipboard.readText()), demo.url(`${FLAT}#comment-12`));
    await focusIsIn(reader, "#comment-12 .comment-menu");
    assert.equal((await reader.witness()).shift, 0);
    await said(reader).waitFor({ state: "detached" });
  },
);

reading(
  "where nothing can be copied for them, readers get the link, selected",
  {
    site: demo,
    path: NESTED,
    before: (reader) =>
      reader.context.addInitScript(() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
      }),
  },
  async (reader) => {
    await openMenu(reader, 12);
    await menu(reader).getByText("Copy link").click();
    await focusIsIn(reader, ".row-link");
    const selected = await reader.page.evaluate(() => {
      const field = document.activeElement;
      return field.value.slice(field.selectionStart, field.selectionEnd);
    });
    assert.equal(selected, demo.url(`${NESTED}#comment-12`));
    await reader.page.locator(".row-notice").getByText("Close").click();
    await said(reader).waitFor({ state: "detached" });
    await focusIsIn(reader, "#comment-12 .comment-menu");
  },
);

reading(
  "a menu that did not come says so, and comes with the next press",
  { site: (t) => Site.serve(t, built.dist), path: FLAT, allow: /menu-/ },
  async (reader, own) => {
    const end = own.answer(/\/assets\/menu-/, (_request, response) => response.writeHead(503).end());
    await menuButton(reader, 3).click();
    const complaint = reader.comment(3).locator(".complaint[role=alert]");
    await complaint.waitFor();
    assert.match(await complaint.textContent(), /^This part of the page could not be fetched\./);
    end();
    await openMenu(reader, 3);
    assert.equal(await complaint.count(), 0);
  },
);

// Muting.

/** The ids of all comments by the author of one of them, and of all others. */
const byAuthorOf = (reader, id) =>
  reader.page.evaluate((one) => {
    const rows = [...document.querySelectorAll("article.comment")];
    const author = (row) => row.querySelector(".comment-author").textContent;
    const name = author(document.getElementById(`comment-${one}`));
    const published = rows.filter((row) => row.querySelector(".comment-body"));
    const ids = (some) => some.map((row) => row.id.replace("comment-", ""));
    return {
      name,
      theirs: ids(published.filter((row) => author(row) === name)),
      others: ids(rows.filter((row) => author(row) !== name)),
    };
  }, id);

/** The ids of those whose texts are covered, checked for being covered whole. */
const covered = (reader) =>
  reader.page.$$eval("article.comment", (rows) =>
    rows
      .filter((row) => {
        const [muted, word, hidden] = [
          row.classList.contains("is-muted"),
          row.querySelectorAll(".comment-muted").length === 1,
          row.querySelector(".comment-body")?.getAttribute("hidden") === "until-found",
        ];
        if (muted !== word || muted !== hidden) throw new Error(`${row.id}: ${muted} ${word} ${hidden}`);
        return muted;
      })
      .map((row) => row.id.replace("comment-", "")),
  );

const coveredAre = async (reader, count) => {
  await reader.page.waitForFunction(
    (wanted) => document.querySelectorAll("article.is-muted").length === wanted,
    count,
  );
  return covered(reader);
};

async function mute(reader, id) {
  await openMenu(reader, id);
  await menu(reader).getByText("Mute").click();
}

const sorted = (ids) => [...ids].sort((a, b) => a - b);

reading(
  "a muted author's texts are covered, all of them and no others, and their answers stay",
  { site: demo, path: NESTED },
  async (reader) => {
    const { name, theirs } = await byAuthorOf(reader, 8);
    assert.ok(theirs.length > 1 && theirs.length < 200 && theirs.some((id) => id > 200), `${name}: ${theirs}`);
    const visible = await reader.visibleIds();
    await mute(reader, 8);
    assert.deepEqual(await coveredAre(reader, theirs.length), theirs);
    assert.deepEqual(await reader.visibleIds(), visible, "every row is still there");
    const row = reader.comment(8);
    assert.equal(await row.locator(".comment-muted").textContent(), `You muted ${name}. Show`);
    const left = await row.locator(".comment-body").evaluate((body) => body.getBoundingClientRect().height);
    assert.ok(left < 2, `the text takes ${left} pixels`);
    assert.equal(await said(reader).textContent(), `${name} is muted, in this browser only.`);
    await focusIsIn(reader, "#comment-8 .comment-menu");

    await row.locator(".comment-unveil").click();
    await coveredAre(reader, theirs.length - 1);
    assert.ok(await row.locator(".comment-body").isVisible());
    assert.equal(await row.locator(".comment-muted").count(), 0);
    await focusIsIn(reader, "#comment-8");

    await reader.page.locator(".row-notice").getByText("Undo").click();
    assert.deepEqual(await coveredAre(reader, 0), []);
    assert.equal(await said(reader).textContent(), `${name} is not muted any more.`);
    await focusIsIn(reader, "#comment-8 .comment-menu");
  },
);

reading(
  "who is muted stays so: after a change of order, on another visit, and in other tabs",
  { site: demo, path: NESTED },
  async (reader) => {
    const page = reader.page;
    const { name, theirs } = await byAuthorOf(reader, 8);
    await mute(reader, 8);
    await coveredAre(reader, theirs.length);
    await reader.choose("newest");
    await page.waitForFunction(() => document.querySelector("article.comment").id !== "comment-1");
    assert.deepEqual(sorted(await coveredAre(reader, theirs.length)), theirs);

    await reader.open(NESTED);
    assert.deepEqual(sorted(await coveredAre(reader, theirs.length)), theirs, "prerendered rows");
    await page.click(".site-title");
    await page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.complete();
    assert.deepEqual(sorted(await coveredAre(reader, theirs.length)), theirs, "rows built in the browser");

    const other = await reader.context.newPage();
    await other.goto(demo.url(NESTED));
    await other.waitForSelector("html.app-complete", { state: "attached" });
    await other.waitForSelector("#comment-8.is-muted");
    await other.locator("#comment-8 .comment-menu").click();
    await other.locator(".menu").getByText(`Unmute ${name}`).click();
    await other.waitForFunction(() => document.querySelectorAll("article.is-muted").length === 0);
    assert.deepEqual(await coveredAre(reader, 0), [], "this tab has followed");
    await other.close();
  },
);

reading("a reader keeps their place when an author is muted", { site: demo, path: NESTED }, async (reader) => {
  const { theirs } = await byAuthorOf(reader, 8);
  const far = theirs.findLast((id) => id < 190);
  await reader.scrollTo(far);
  const before = await reader.top(far);
  await mute(reader, far);
  await coveredAre(reader, theirs.length);
  await reader.look();
  const after = await reader.top(far);
  assert.ok(Math.abs(after - before) <= 2, `${before} became ${after}`);
  const box = await reader.page.locator(".row-notice .notice").boundingBox();
  assert.ok(box.y >= 0 && box.y < 200, "the notice is on the screen");
});

reading("what find-in-page finds in a covered text is shown", { site: demo, path: NESTED }, async (reader) => {
  const { theirs } = await byAuthorOf(reader, 8);
  await mute(reader, 8);
  await coveredAre(reader, theirs.length);
  // Find-in-page cannot be driven from outside; this is the event with which it announces a find.
  await reader
    .comment(8)
    .locator(".comment-body")
    .evaluate((body) => body.dispatchEvent(new Event("beforematch", { bubbles: true })));
  assert.equal((await coveredAre(reader, theirs.length - 1)).includes("8"), false);
});

const STORAGES = {
  "is refused": () => {
    const refuse = () => {
      throw new Error("refused");
    };
    Object.defineProperty(window, "localStorage", { get: refuse });
  },
  "is full": () => {
    Storage.prototype.setItem = () => {
      throw new Error("full");
    };
  },
  "holds something else": () => {
    localStorage.setItem(`afterword:muted:${location.origin}/`, '{"a":1}\n\u0000\n\n');
  },
};

for (const [what, init] of Object.entries(STORAGES)) {
  reading(
    `an author can be muted where the browser's storage ${what}`,
    { site: demo, path: FLAT, init },
    async (reader) => {
      const { theirs } = await byAuthorOf(reader, 2);
      await mute(reader, 2);
      assert.deepEqual(await coveredAre(reader, theirs.length), theirs);
      await openMenu(reader, 2);
      await menu(reader).getByText("Unmute").click();
      assert.deepEqual(await coveredAre(reader, 0), []);
    },
  );
}

reading(
  "axe-core finds nothing, in light and in dark: an open menu, muted authors, a notice",
  { site: demo, path: NESTED, before: (reader) => reader.context.addInitScript(axe), screen: PHONE },
  async (reader) => {
    await mute(reader, 1);
    await said(reader).waitFor();
    await openMenu(reader, 2);
    await focusIsIn(reader, ".menu-item");
    for (const colorScheme of ["light", "dark"]) {
      await reader.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const found = await reader.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const lines = found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`),
      );
      assert.deepEqual(lines, [], colorScheme);
    }
    assert.equal(await reader.overflow(), 0);
  },
);
