// Writing where Isso takes the comments: what becomes of a comment, an answer, a vote, a change, a deletion.

import assert from "node:assert/strict";
import { PATIENCE, reading } from "./reader.mjs";
import { POST, talking } from "./talking.mjs";

/** Who sends sooner after opening a composer is asked to press once more, in milliseconds: people are slower. */
const HASTE = 2_000;
/** How often we look at what the server has, in milliseconds. */
const LOOK = 200;
const FILES = [
  { id: "1", by: "Oskar", on: 2, says: "The first of all." },
  { id: "2", to: "1", by: "Mina", on: 3, host: true, says: "And its answer." },
];

const composer = (reader, target) => reader.page.locator(`form.composer[data-target="${target}"]`);
const body = (reader, id) => reader.comment(id).locator(":scope > .comment-body");
const level = (reader, id) => reader.comment(id).locator(".comment-head .for-ears").first().textContent();
const line = (reader, id) => reader.comment(id).locator(".comment-status p");
const standing = (reader, status) => reader.page.locator(`article.comment[data-status="${status}"]`);

/** Writes into an open composer and sends it. */
async function send(reader, form, words, name) {
  await form.locator(".composer-text").fill(words);
  if (name) await form.locator(".composer-name").fill(name);
  await reader.page.waitForTimeout(HASTE);
  await form.locator(".composer-send").click();
}

async function comment(reader, words, name = "Ann") {
  await reader.page.locator(".compose-open").click();
  await send(reader, composer(reader, "thread"), words, name);
}

async function answer(reader, id, words, name) {
  await reader.comment(id).locator(":scope > .comment-reply").click();
  await send(reader, composer(reader, `reply ${id}`), words, name);
}

/** What a server has, as somebody else reads it. */
const stored = async (site, form) => (await site.visitor().list(form)).filter((one) => !one.deleted);
const texts = async (site) => (await stored(site, "source")).map((one) => one.text);

/** Waits until the server has these texts: a change is shown before it is sent. */
async function reached(site, wanted) {
  const last = Date.now() + PATIENCE;
  for (;;) {
    const found = await texts(site);
    if (found.join("\n") === wanted.join("\n") || Date.now() > last) return assert.deepEqual(found, wanted);
    await new Promise((awake) => setTimeout(awake, LOOK));
  }
}

reading(
  "a comment, an answer to it, and an answer to that: each is stored once, and shown at its place",
  { site: (t) => talking(t, FILES), path: POST },
  async (reader, site) => {
    await comment(reader, "Hello **there**.");
    await reader.comment("isso-1").waitFor();
    await body(reader, "isso-1").locator("strong", { hasText: "there" }).waitFor();
    await answer(reader, "isso-1", "Is anybody here?");
    await reader.comment("isso-2").waitFor();
    await answer(reader, "isso-2", "I think not.");
    await reader.comment("isso-3").waitFor();
    assert.deepEqual(
      (await stored(site, "source")).map(({ id, parent, name, text }) => [id, parent, name, text]),
      [
        ["isso-1", null, "Ann", "Hello **there**."],
        ["isso-2", "isso-1", "Ann", "Is anybody here?"],
        ["isso-3", "isso-1", "Ann", "I think not."],
      ],
    );
    assert.deepEqual(await reader.ids(), ["1", "2", "isso-1", "isso-2", "isso-3"]);
    const levels = () => Promise.all(["isso-1", "isso-2", "isso-3"].map((id) => level(reader, id)));
    assert.deepEqual(await levels(), ["Level 1", "Level 2, reply to Ann", "Level 2, reply to Ann"]);
    await reader.page.reload();
    await reader.complete();
    assert.deepEqual(await levels(), ["Level 1", "Level 2, reply to Ann", "Level 2, reply to Ann"]);
    assert.deepEqual(await reader.ids(), ["1", "2", "isso-1", "isso-2", "isso-3"]);
  },
);

reading(
  "an answer to a comment in a file is shown below it, then and after a reload",
  { site: (t) => talking(t, FILES), path: POST },
  async (reader, site) => {
    await answer(reader, "1", "You are right.", "Ann");
    await reader.comment("isso-1").waitFor();
    assert.deepEqual(await reader.ids(), ["1", "2", "isso-1"]);
    const [text] = await texts(site);
    assert.match(text, /^\[@Oskar\]\(https:\/\/small\.example\/posts\/talk\/#comment-1\)\n\nYou are right\.$/);
    await reader.page.reload();
    await reader.comment("isso-1").waitFor();
    await reader.complete();
    assert.match(await reader.comment("isso-1").locator(".comment-head").textContent(), /Ann/);
    assert.deepEqual(await reader.ids(), ["1", "2", "isso-1"]);
  },
);

reading(
  "a vote counts once",
  {
    site: async (t) => {
      const site = await talking(t, FILES);
      await site.writes("Vote for me.");
      return site;
    },
    path: POST,
  },
  async (reader, site) => {
    assert.equal(await reader.comment("1").locator(":scope > .comment-up").count(), 0, "files take no votes");
    const up = reader.comment("isso-1").locator(":scope > .comment-up");
    await up.click();
    await reader.page.locator('#comment-isso-1 > .comment-up[aria-pressed="true"]').waitFor();
    assert.deepEqual((await stored(site))[0].votes, [1, 0]);
    await reader.comment("isso-1").locator(":scope > .comment-down").click();
    await reader.page.getByText("This vote does not count").first().waitFor();
    assert.deepEqual((await stored(site))[0].votes, [1, 0]);
  },
);

reading(
  "one's own comment can be changed as long as the page says so, and be deleted",
  { site: (t) => talking(t, FILES), path: POST },
  async (reader, site) => {
    await comment(reader, "Befor.");
    await reader.comment("isso-1").locator(".status-edit").waitFor();
    assert.match(await line(reader, "isso-1").textContent(), /For 15 more minutes/);
    await reader.comment("isso-1").locator(".status-edit").click();
    const form = composer(reader, "edit isso-1");
    await form.waitFor();
    await reader.page.waitForFunction(() => {
      const text = document.querySelector('form.composer[data-target="edit isso-1"] .composer-text');
      return text?.value === "Befor.";
    });
    await send(reader, form, "Before.");
    await body(reader, "isso-1").getByText("Before.").waitFor();
    await reached(site, ["Before."]);
    const remove = reader.comment("isso-1").locator(".status-delete");
    await remove.click();
    await remove.getByText("for good").waitFor();
    await remove.click();
    await reader.comment("isso-1").waitFor({ state: "detached" });
    assert.deepEqual(await texts(site), []);
    assert.deepEqual(await reader.ids(), ["1", "2"]);
  },
);

reading(
  "a comment that has answers is emptied and keeps its place",
  { site: (t) => talking(t, FILES), path: POST },
  async (reader, site) => {
    await comment(reader, "Root.");
    await reader.comment("isso-1").locator(".status-delete").waitFor();
    await site.writes("Answer.", { reply: "isso-1" });
    const remove = reader.comment("isso-1").locator(".status-delete");
    await remove.click();
    await remove.getByText("for good").waitFor();
    await remove.click();
    await reader.comment("isso-1").locator(".comment-gone").waitFor();
    assert.deepEqual(await texts(site), ["Answer."]);
  },
);

reading(
  "a comment that waits for approval is shown to its writer, and says so",
  { site: (t) => talking(t, FILES, { moderate: true }), path: POST },
  async (reader, site) => {
    await comment(reader, "May I?");
    await standing(reader, "held").waitFor();
    assert.equal(await standing(reader, "held").locator(".comment-body").first().textContent(), "May I?");
    assert.deepEqual(await texts(site), []);
    await reader.page.reload();
    await reader.complete();
    await standing(reader, "held").waitFor();
  },
);

reading(
  "the guard keeps people from answering themselves: the text is back in the composer, with what the server says",
  { site: (t) => talking(t, FILES, { guard: { "reply-to-self": false } }), path: POST },
  async (reader, site) => {
    await comment(reader, "One.");
    await reader.comment("isso-1").waitFor();
    await answer(reader, "isso-1", "And another thing.");
    const form = composer(reader, "reply isso-1");
    await reader.page.getByText("edit time frame is still open").first().waitFor();
    await form.waitFor();
    assert.equal(await form.locator(".composer-text").inputValue(), "And another thing.");
    assert.deepEqual(await texts(site), ["One."]);
  },
);

reading(
  "what the guard finds too much is sent again later, and the page says when",
  { site: (t) => talking(t, FILES, { guard: { ratelimit: 1 } }), path: POST },
  async (reader, site) => {
    await comment(reader, "One.");
    await reader.comment("isso-1").waitFor();
    await comment(reader, "Two.");
    await standing(reader, "queued").waitFor();
    assert.deepEqual(await texts(site), ["One."]);
    // The minute that the guard looks back is over for the server when its data say so.
    await site.isso.data('db.execute("UPDATE comments SET created = created - 120")');
    await standing(reader, "queued").locator(".status-again").click();
    await reader.comment("isso-2").waitFor();
    assert.deepEqual(await texts(site), ["One.", "Two."]);
  },
);

reading(
  "a server that wants to know who writes is told before anything is sent",
  { site: (t) => talking(t, FILES, { guard: { "require-author": true, "require-email": true } }), path: POST },
  async (reader, site) => {
    await reader.page.locator(".compose-open").click();
    const form = composer(reader, "thread");
    await send(reader, form, "Me again.", "Ann");
    await form.locator(".composer-email[aria-invalid=true]").waitFor();
    assert.deepEqual(await texts(site), []);
    await form.locator(".composer-email").fill("ann@a.example");
    await form.locator(".composer-send").click();
    await reader.comment("isso-1").waitFor();
    assert.deepEqual(await texts(site), ["Me again."]);
  },
);
