// Comments that come in while somebody reads: looked for by and by, offered, and shown when the reader says so.

import assert from "node:assert/strict";
import test from "node:test";
import { withClock } from "./clock.mjs";
import { announced, at, day, focusOn, publish, text, written } from "./content.mjs";
import { DESK, PHONE, reading } from "./reader.mjs";
import { Site, status, webPage } from "./site.mjs";

const MINUTE = 60_000;

/** Threads of four; the texts are long enough for a place far down. */
const some = (count) =>
  Array.from({ length: count }, (_, n) => ({
    id: `c${n}`,
    to: n % 4 === 0 ? undefined : `c${n - (n % 4)}`,
    by: `Reader ${n % 7}`,
    on: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
    says: text(100 + ((n * 97) % 400)),
  }));
const LATER = [
  { id: "x1", to: "c0", by: "Xaver", on: day(20) },
  { id: "x2", by: "Yvonne", on: day(21) },
];
const SIZES = { "in one file": 40, "in parts": 230 };
const states = {};
for (const [how, count] of Object.entries(SIZES)) {
  states[how] = {
    before: await written(test, { talk: some(count) }),
    after: await written(test, { talk: [...some(count), ...LATER] }),
    one: await written(test, { talk: [...some(count), LATER[0]] }),
  };
}
const closed = await written(test, { talk: some(40) }, { state: "closed" });
const TALK = at("talk");
const PARTS = states["in parts"];
const FILE = states["in one file"];

const serving = (folder) => (t) => Site.serve(t, folder);
/** Looks for news, as the server sees them. */
const looks = (site) => site.count(/\/talk\/post\.json$/);
const button = (reader) => reader.page.locator(".pill-arrived");

/** Opens the conversation; the page has done all that it does at first. */
async function come(reader) {
  await reader.open(TALK);
  await reader.page.waitForLoadState("networkidle");
}
const pass = (reader, millis) => reader.page.clock.runFor(millis);

/** Lets so much time pass, and waits for the look that is due then; gives when it is answered. */
async function look(reader, millis) {
  const answered = reader.page.waitForResponse((response) => response.url().endsWith("/talk/post.json"));
  await pass(reader, millis);
  await answered;
}

const hide = (reader, hidden) =>
  reader.page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: value ? "hidden" : "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);

for (const [how, { before, after }] of Object.entries(states)) {
  for (const screen of [DESK, PHONE]) {
    reading(
      `what comes in is offered after a minute, and moves nothing; pressed, it is shown: ${how}, ${screen.width} px`,
      { site: serving(before), before: withClock, screen },
      async (reader, site) => {
        const page = reader.page;
        await come(reader);
        const ids = await reader.ids();
        await reader.fold("c8").click();
        await page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 3);
        await reader.scrollTo("c21");
        const [top, shift, seen] = [await reader.top("c21"), (await reader.witness()).shift, looks(site)];
        await publish(site, after);
        // The clock goes on by itself as well, as long as the test takes.
        await pass(reader, MINUTE - 25_000);
        assert.equal(looks(site), seen, "not before the minute is over");
        await look(reader, 26_000);
        await button(reader).waitFor();
        assert.equal(await button(reader).textContent(), "Show 2 comments that have just come in");
        assert.ok(await button(reader).evaluate((pressed) => pressed.closest("[role=status]") !== null), "it is heard");
        await reader.look();
        assert.deepEqual(await reader.ids(), ids, "nothing is shown by itself");
        assert.equal(await reader.top("c21"), top, "nothing has moved");
        assert.equal((await reader.witness()).shift, shift, "nothing has shifted");
        assert.equal(await reader.overflow(), 0);
        const title = page.locator("#comments-title");
        assert.equal(await title.textContent(), `${ids.length} comments`);

        await button(reader).click();
        await page.waitForFunction((count) => document.querySelectorAll("article.comment").length === count, ids.length + 2);
        await focusOn(reader, "x1");
        await reader.landed("x1");
        assert.equal(await button(reader).count(), 0);
        assert.equal(await title.textContent(), `${ids.length + 2} comments`);
        const now = await reader.ids();
        assert.deepEqual(
          now.filter((id) => !id.startsWith("x")),
          ids,
        );
        assert.equal(now.indexOf("x1"), now.indexOf("c3") + 1, "below what it answers");
        assert.equal(now.at(-1), "x2");
        assert.equal(await page.locator("article[hidden]").count(), 3, "what was collapsed is so still");
        assert.equal(await reader.fold("c8").getAttribute("aria-expanded"), "false");
        assert.equal(await reader.fold("c0").textContent(), "4 replies");
        const places = await page.$$eval("article.comment", (rows) =>
          rows.map((row) => `${row.ariaPosInSet}/${row.ariaSetSize}`),
        );
        assert.deepEqual(
          places,
          now.map((_, place) => `${place + 1}/${now.length}`),
        );
      },
    );
  }
}

reading("one comment is one comment", { site: serving(FILE.before), before: withClock }, async (reader, site) => {
  await come(reader);
  await publish(site, FILE.one);
  await look(reader, MINUTE + 1_000);
  await button(reader).waitFor();
  assert.equal(await button(reader).textContent(), "Show 1 comment that has just come in");
  // Not pressed, and another one comes.
  await publish(site, FILE.after);
  await look(reader, MINUTE + 1_000);
  await reader.page.getByText("Show 2 comments that have just come in").waitFor();
  await button(reader).click();
  await focusOn(reader, "x1");
});

reading(
  "what comes into a collapsed thread is shown all the same",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    await reader.fold("c0").click();
    await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 3);
    await publish(site, FILE.one);
    await look(reader, MINUTE + 1_000);
    await button(reader).click();
    await focusOn(reader, "x1");
    await reader.landed("x1");
    assert.equal(await reader.comment("x1").getAttribute("hidden"), null);
  },
);

reading(
  "where nothing comes, looks become rarer: 1, 2, 4, 8, 15, 15 minutes apart",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      const seen = looks(site);
      await pass(reader, minutes * MINUTE - 25_000);
      assert.equal(looks(site), seen, `not before ${minutes} minutes`);
      await look(reader, 26_000);
      // The answer has to be taken before the next wait begins.
      await reader.page.waitForLoadState("networkidle");
      await reader.look();
      assert.equal(looks(site), seen + 1, `once after ${minutes} minutes`);
    }
    assert.equal(await button(reader).count(), 0);
  },
);

reading(
  "after something has come, looks are a minute apart again",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    await look(reader, MINUTE + 1_000);
    await reader.look();
    await publish(site, FILE.one);
    await look(reader, 2 * MINUTE + 1_000);
    await button(reader).waitFor();
    await look(reader, MINUTE + 1_000);
  },
);

reading(
  "nobody looks for news while the page cannot be seen; when it can, what has come meanwhile is there at once",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    await hide(reader, true);
    const seen = looks(site);
    await pass(reader, 60 * MINUTE);
    assert.equal(looks(site), seen);
    await publish(site, FILE.after);
    const answered = reader.page.waitForResponse((response) => response.url().endsWith("/talk/post.json"));
    await hide(reader, false);
    await pass(reader, 1_000);
    await answered;
    await button(reader).waitFor();
    assert.equal(looks(site), seen + 1);
  },
);

reading(
  "who looks away and back within the minute causes no look",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    const seen = looks(site);
    for (let times = 0; times < 5; times += 1) {
      await pass(reader, 3_000);
      await hide(reader, true);
      await hide(reader, false);
    }
    assert.equal(looks(site), seen);
    await look(reader, 50_000);
    assert.equal(looks(site), seen + 1);
  },
);

reading("a closed conversation is not looked at again", { site: serving(closed), before: withClock }, async (reader, site) => {
  await come(reader);
  assert.equal(await reader.page.locator(".thread-closed").textContent(), "This conversation is closed.");
  const seen = site.requests.length;
  await pass(reader, 40 * MINUTE);
  assert.deepEqual(site.requests.slice(seen), []);
});

reading(
  "on another page nobody looks for news of this one",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    await reader.page.click(".site-title");
    await reader.page.locator(".post-list").waitFor();
    await reader.page.waitForLoadState("networkidle");
    const seen = looks(site);
    await pass(reader, 30 * MINUTE);
    assert.equal(looks(site), seen);
  },
);

const FAILURES = {
  "the server is down": status(503),
  "the connection breaks": (request) => request.socket.destroy(),
  "a hotel's web page answers": webPage,
};
for (const [what, failure] of Object.entries(FAILURES)) {
  reading(
    `a look that fails says nothing, and the next one finds what has come: ${what}`,
    { site: serving(FILE.before), before: withClock },
    async (reader, site) => {
      await come(reader);
      const ids = await reader.ids();
      await publish(site, FILE.after);
      const seen = looks(site);
      const mend = site.answer(`${TALK}post.json`, failure);
      await pass(reader, MINUTE + 1_000);
      await reader.page.waitForLoadState("networkidle");
      await reader.look();
      assert.ok(looks(site) > seen, "there was a look");
      assert.equal(await reader.notice().count(), 0);
      assert.equal(await button(reader).count(), 0);
      assert.deepEqual(await reader.ids(), ids);
      mend();
      await look(reader, 2 * MINUTE + 1_000);
      await button(reader).waitFor();
    },
  );
}

reading(
  "a part of the news that fails is no news; it is tried again",
  { site: serving(PARTS.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    await publish(site, PARTS.after);
    const mend = site.answer(/\/talk\/comments\/2-/, status(500));
    await look(reader, MINUTE + 1_000);
    await reader.page.waitForLoadState("networkidle");
    await reader.look();
    assert.equal(await button(reader).count(), 0);
    assert.equal(await reader.notice().count(), 0);
    assert.equal((await reader.ids()).length, SIZES["in parts"]);
    mend();
    await look(reader, 2 * MINUTE + 1_000);
    await button(reader).waitFor();
    await button(reader).click();
    await focusOn(reader, "x1");
  },
);

reading(
  "comments that went, and a text that changed, are no arrivals",
  { site: serving(FILE.after), before: withClock },
  async (reader, site) => {
    await come(reader);
    const ids = await reader.ids();
    await publish(site, FILE.before);
    await look(reader, MINUTE + 1_000);
    await reader.page.waitForLoadState("networkidle");
    await reader.look();
    assert.equal(await button(reader).count(), 0);
    assert.deepEqual(await reader.ids(), ids);
  },
);

reading(
  "what has come in stands at its place in the order and layout of the reader",
  { site: serving(FILE.before), before: withClock },
  async (reader, site) => {
    await come(reader);
    await reader.choose("newest");
    await reader.page.waitForFunction(() => document.querySelector("article.comment").id === "comment-c36");
    await publish(site, FILE.after);
    await look(reader, MINUTE + 1_000);
    await button(reader).click();
    await focusOn(reader, "x1");
    const ids = await reader.ids();
    assert.equal(ids[0], "x2");
    assert.equal(ids.indexOf("x1"), ids.indexOf("c0") + 1);
    assert.match(await announced(reader), /Newest first/);
  },
);
