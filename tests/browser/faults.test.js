// Sending over a bad network, against a real socket that fails in each way once. What counts is what the server has in
// the end (each comment once, or not at all), what the reader is told, and where the text is.

import assert from "node:assert/strict";
import { withClock } from "./clock.mjs";
import { written } from "./content.mjs";
import { faults, Server } from "./faults/server.mjs";
import { PATIENCE, reading } from "./reader.mjs";
import { Site } from "./site.mjs";

const POST = "/posts/talk/";
const TEXT = "Hello **there**, it's me.";
/** Who sends sooner after opening a composer is asked to press once more, in milliseconds: people are slower. */
const HASTE = 2_000;
/** So much of the reader's time passes at once, in milliseconds: less than anything that is given up. */
const STEP = 3_000;
/** So much of ours between two steps, in milliseconds, for what is under way meanwhile. */
const BREATH = 200;
/** So much of the reader's time passes at most until something is seen, in steps: five minutes. */
const STEPS = 100;

/** A blog, and the server that takes its comments. */
async function talking(t) {
  const server = await Server.start(t);
  const back = { kind: "isso", endpoint: server.endpoint };
  const folder = await written(t, { talk: [{ id: "1", by: "Oskar", on: 2 }] }, { site: { comments: back } });
  const site = await Site.serve(t, folder);
  site.server = server;
  return site;
}

const form = (page) => page.locator('form.composer[data-target="thread"]');
const row = (page, status) => page.locator(`article.comment[data-status="${status}"]`);
const own = (page) => page.locator("article.comment", { hasText: "Hello there" });

/** Opens the composer and writes. */
async function write(page, text = TEXT) {
  if ((await form(page).count()) === 0) await page.locator(".compose-open").click();
  await form(page).locator(".composer-text").fill(text);
  const name = form(page).locator(".composer-name");
  if ((await name.inputValue()) === "") await name.fill("Ann");
  await page.waitForTimeout(HASTE);
}

async function send(page, text) {
  await write(page, text);
  await form(page).locator(".composer-send").click();
}

/** Waits until the comment stands in the thread as the server has it, and nothing of it is on its way any more. */
async function arrived(page) {
  await page.locator("#comment-isso-1 strong", { hasText: "there" }).waitFor();
  await own(page).nth(1).waitFor({ state: "detached" });
  for (const status of ["queued", "sending", "maybe-sent", "held"]) await row(page, status).waitFor({ state: "detached" });
  assert.equal(await own(page).count(), 1, "the comment stands there once");
}

/** Lets time pass until something is to be seen. */
async function passing(page, locator) {
  for (let step = 0; step < STEPS && (await locator.count()) === 0; step += 1) {
    await page.clock.runFor(STEP);
    await page.waitForTimeout(BREATH);
  }
  await locator.first().waitFor();
}

/** What is in the database of the browser: how many drafts, and the states of letters. */
const kept = (page) =>
  page.evaluate(async () => {
    const open = indexedDB.open("afterword");
    await new Promise((done) => (open.onsuccess = done));
    const all = async (store) => {
      const request = open.result.transaction(store).objectStore(store).getAll();
      await new Promise((done) => (request.onsuccess = done));
      return request.result;
    };
    const found = { drafts: (await all("drafts")).map((draft) => draft.text), letters: await all("outbox") };
    open.result.close();
    return found;
  });

const tale = (name, options, story) =>
  reading(name, { site: talking, path: POST, allow: /ERR_|Failed to load|status of|CORS|net::/, ...options }, (reader, site, t) =>
    story(reader.page, site.server, reader, site, t),
  );

tale("a comment that all goes well with is stored once, and no draft is left", {}, async (page, server) => {
  await send(page);
  await arrived(page);
  assert.deepEqual(server.texts(), [TEXT]);
  const { drafts, letters } = await kept(page);
  assert.deepEqual(drafts, []);
  assert.deepEqual(letters.map(({ state, email }) => [state, email]), [["published", ""]]);
});

for (const fault of ["lost", "truncated", "page", "failedAfter"]) {
  tale(`stored, but the answer is of no use (${fault}): it is found, and not sent again`, {}, async (page, server) => {
    server.next = [faults[fault]];
    await send(page);
    await row(page, "maybe-sent").locator(".comment-status", { hasText: "looking" }).waitFor();
    await arrived(page);
    assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
    assert.deepEqual((await kept(page)).drafts, []);
  });
}

tale("stored, and nothing is said for 15 s: it is found", { before: withClock }, async (page, server) => {
  server.next = [faults.silentAfter];
  await send(page);
  await passing(page, page.locator("#comment-isso-1"));
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
});

for (const fault of ["reset", "silent", "failed"]) {
  tale(
    `not stored, and nobody knows (${fault}): it is looked for, then the reader is asked, then it is sent once`,
    { before: withClock, timeout: 150_000 },
    async (page, server) => {
      server.next = [faults[fault]];
      await send(page);
      const doubt = row(page, "maybe-sent");
      await passing(page, doubt);
      assert.equal(await doubt.locator(".status-again").count(), 0, "nothing is sent again before it was looked for");
      assert.deepEqual((await kept(page)).drafts, [TEXT]);
      await passing(page, doubt.locator(".status-again"));
      await doubt.locator(".status-again").click();
      await passing(page, page.locator("#comment-isso-1"));
      await arrived(page);
      assert.deepEqual([server.texts(), server.sends()], [[TEXT], 2]);
      assert.deepEqual((await kept(page)).drafts, []);
    },
  );
}

tale("led elsewhere: what was written goes nowhere else", {}, async (page, server) => {
  server.next = [faults.redirect];
  await send(page);
  await row(page, "maybe-sent").locator(".comment-status", { hasText: "elsewhere" }).waitFor();
  assert.deepEqual(server.texts(), []);
  assert.equal(server.requests.filter((request) => request.includes("elsewhere")).length, 0);
  assert.deepEqual((await kept(page)).drafts, [TEXT]);
});

for (const [words, fault] of [
  ["the proof of an old page is over", faults.refused(403, "nonce expired")],
  ["refused with a reason", faults.refused(400, "text is too silly")],
]) {
  tale(`${words}: the text is back in the composer with the reason, and can be sent`, {}, async (page, server) => {
    server.next = [fault];
    await send(page);
    const back = form(page).locator(".composer-refused");
    await back.waitFor();
    assert.match(await back.textContent(), /nonce expired|too silly/);
    await page.waitForFunction((text) => document.querySelector(".composer-text")?.value === text, TEXT);
    assert.deepEqual([server.texts(), (await kept(page)).drafts], [[], [TEXT]]);
    await page.waitForTimeout(HASTE);
    await form(page).locator(".composer-send").click();
    await arrived(page);
    assert.deepEqual([server.texts(), server.sends()], [[TEXT], 2]);
  });
}

tale("refused as a double of itself, for the first request was stored: it is found", {}, async (page, server) => {
  server.next = [
    (given) => {
      given.store();
      faults.refused(409, "duplicate comment")(given);
    },
  ];
  await send(page);
  await Promise.race([arrived(page), form(page).locator(".composer-refused").waitFor()]);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
});

tale("rate limited without a time: the reader is told, and can press", {}, async (page, server) => {
  server.next = [faults.refused(403, "127.0.0.0: ratelimit exceeded (1, 2)")];
  await send(page);
  const waits = row(page, "queued");
  await waits.locator(".comment-status", { hasText: "asks for a pause" }).waitFor();
  assert.deepEqual((await kept(page)).drafts, [TEXT]);
  await waits.locator(".status-again").click();
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 2]);
});

tale("rate limited with Retry-After: it is sent by itself, and not sooner", {}, async (page, server) => {
  const begin = Date.now();
  server.next = [faults.refused(429, "slowly", { "retry-after": "6" })];
  await send(page);
  await row(page, "queued").waitFor();
  await arrived(page);
  assert.ok(Date.now() - begin >= 6_000);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 2]);
});

tale("a server that is not well gets it a little later", {}, async (page, server) => {
  server.next = [faults.unwell];
  await send(page);
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 2]);
});

tale("offline, then online: it waits on the device and goes out by itself", {}, async (page, server, reader) => {
  await write(page);
  await reader.context.setOffline(true);
  await form(page).locator(".composer-send").click();
  await row(page, "queued").locator(".comment-status", { hasText: "Waiting for a connection" }).waitFor();
  assert.equal(server.sends(), 0);
  await reader.context.setOffline(false);
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
});

tale("two clicks are one comment", {}, async (page, server) => {
  server.thinks = 500;
  await write(page);
  await form(page).locator(".composer-send").dblclick();
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
});

tale("Ctrl+Enter twice is one comment", {}, async (page, server) => {
  server.thinks = 500;
  await write(page);
  await form(page).locator(".composer-text").focus();
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
});

tale("a reload in the middle: it is found, and not sent again", {}, async (page, server) => {
  server.thinks = 3_000;
  await send(page);
  await row(page, "sending").waitFor();
  while (server.sends() === 0) await page.waitForTimeout(20);
  await page.reload();
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
  assert.deepEqual((await kept(page)).drafts, []);
});

tale("two tabs that send the same draft send one comment", {}, async (page, server, reader, site) => {
  server.thinks = 1_000;
  const other = await reader.context.newPage();
  await write(page);
  await page.locator('.composer-state[data-state="saved"]').waitFor();
  await other.goto(site.url(POST));
  await form(other).locator(".composer-text").waitFor();
  await other.waitForFunction((text) => document.querySelector(".composer-text").value === text, TEXT);
  const name = form(other).locator(".composer-name");
  await name.fill("Ann");
  await other.waitForTimeout(HASTE);
  const press = (tab) => form(tab).locator(".composer-send").click();
  await Promise.all([press(page), press(other)]);
  await arrived(page);
  assert.deepEqual([server.texts(), server.sends()], [[TEXT], 1]);
  await arrived(other);
});

tale("held for moderation: its writer sees it, and it shows up once it is approved", {}, async (page, server) => {
  server.moderates = true;
  await send(page);
  await row(page, "held").locator(".comment-status", { hasText: "approved" }).waitFor();
  assert.deepEqual((await kept(page)).drafts, []);
  await page.reload();
  await row(page, "held").waitFor();
  server.approve();
  await page.reload();
  await arrived(page);
  // It is noted a moment after it is seen.
  for (const last = Date.now() + PATIENCE; Date.now() < last && (await kept(page)).letters.length > 0; ) {
    await page.waitForTimeout(100);
  }
  assert.deepEqual((await kept(page)).letters, []);
});
