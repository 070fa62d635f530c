// A blog whose comments are taken by Isso: files and server are one conversation, and each can do without the other.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { withClock } from "./clock.mjs";
import { PHONE, reading } from "./reader.mjs";
import { POST, talking } from "./talking.mjs";

const MINUTE = 60_000;
const FILES = [
  { id: "1", by: "Oskar", on: 2, says: "The first of all." },
  { id: "2", to: "1", by: "Mina", on: 3, host: true, says: "And its answer." },
];
/** A server at this address that takes requests and never answers, until the given function is called. */
async function silent(t, address) {
  const server = createServer(() => {});
  const { hostname, port } = new URL(address);
  await new Promise((ready) => server.listen(Number(port), hostname, ready));
  const end = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  t.after(end);
  return end;
}

const heading = (reader) => reader.page.locator("#comments-title");
const count = (reader, words) => reader.page.locator("#comments-title", { hasText: words }).waitFor();
const body = (reader, id) => reader.comment(id).locator(".comment-body");
const pill = (reader) => reader.page.locator(".pill-arrived");

for (const screen of [undefined, PHONE]) {
  reading(
    `comments of files and of the server are one conversation${screen ? ", on a phone" : ""}`,
    {
      screen,
      site: async (t) => {
        const site = await talking(t, FILES);
        const first = await site.writes("**Hello** there.", { name: "R&D <b>", website: "rd.example" });
        await site.writes("Hello yourself.", { name: "Bob", reply: first.id });
        await site.writes("You are right.", { name: "Eve", reply: "1", answered: "Oskar" });
        return site;
      },
      path: POST,
    },
    async (reader) => {
      await count(reader, "5 comments");
      assert.deepEqual(await reader.ids(), ["1", "2", "isso-3", "isso-1", "isso-2"]);
      assert.equal(await body(reader, "isso-1").locator("strong").textContent(), "Hello");
      const author = reader.comment("isso-1").locator("a", { hasText: "R&D <b>" });
      assert.equal(await author.getAttribute("href"), "http://rd.example");
      assert.match(await body(reader, "isso-3").locator("a").getAttribute("href"), /\/posts\/talk\/#comment-1$/);
      assert.equal(await reader.notice().count(), 0);
    },
  );
}

reading(
  "a server that is away takes nothing away, and is asked again when the reader says so",
  { site: (t) => talking(t, FILES, { running: false }), path: POST, allow: /ERR_CONNECTION_REFUSED/ },
  async (reader, site) => {
    await reader.notice().waitFor();
    const told = await reader.notice().locator("p").textContent();
    assert.equal(told, "The newer comments are missing: the server cannot be reached.");
    assert.deepEqual(await reader.visibleIds(), ["1", "2"]);
    assert.equal(await heading(reader).textContent(), "2 comments");
    await site.begin();
    await site.writes("Here I am.");
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.comment("isso-1").waitFor();
    assert.deepEqual(await reader.visibleIds(), ["1", "2", "isso-1"]);
    assert.equal(await reader.notice().count(), 0);
  },
);

reading(
  "a server that says nothing keeps nobody waiting for long, and its comments are offered once they can be had",
  {
    site: async (t) => {
      const site = await talking(t, FILES, { running: false });
      site.release = await silent(t, site.isso.endpoint);
      return site;
    },
    before: withClock,
    path: "/",
    until: "ready",
  },
  async (reader, site) => {
    const files = reader.page.waitForResponse((response) => response.url().endsWith("/comments.json"));
    await reader.page.getByRole("link", { name: "About talk" }).first().click();
    await files;
    await reader.page.clock.runFor(7_000);
    await reader.comment("2").waitFor();
    assert.match(await reader.notice().locator("p").textContent(), /^The newer comments are missing: /);
    await site.release();
    await site.begin();
    const { id } = await site.writes("I was asleep.");
    await reader.page.clock.runFor(MINUTE);
    await pill(reader).click();
    await reader.comment(id).waitFor();
    assert.equal(await reader.notice().count(), 0);
  },
);

reading(
  "a post without files has the comments of the server, also on a visit within the blog",
  {
    site: async (t) => {
      const site = await talking(t, []);
      await site.writes("First!");
      return site;
    },
    path: "/",
    until: "ready",
  },
  async (reader) => {
    await reader.page.getByRole("link", { name: "About talk" }).first().click();
    await reader.comment("isso-1").waitFor();
    await count(reader, "1 comment");
    await reader.page.goBack();
    await reader.page.getByRole("link", { name: "About other" }).first().click();
    await count(reader, "No comments yet");
    assert.deepEqual(await reader.ids(), []);
  },
);

reading(
  "what the server gets while somebody reads is offered, and moves nothing",
  { site: (t) => talking(t, FILES), before: withClock, path: POST },
  async (reader, site) => {
    await count(reader, "2 comments");
    await reader.page.waitForLoadState("networkidle");
    const { id } = await site.writes("News.");
    const counted = reader.page.waitForResponse((response) => response.url().endsWith("/count"));
    await reader.page.clock.runFor(MINUTE);
    await counted;
    await pill(reader).waitFor();
    assert.deepEqual(await reader.ids(), ["1", "2"]);
    await pill(reader).click();
    await reader.comment(id).waitFor();
    await count(reader, "3 comments");
  },
);

reading(
  "a server that goes away later costs nothing that is shown",
  { site: (t) => talking(t, FILES), before: withClock, path: POST, allow: /ERR_CONNECTION_REFUSED/ },
  async (reader, site) => {
    await count(reader, "2 comments");
    await reader.page.waitForLoadState("networkidle");
    await site.isso.stop();
    const failed = reader.page.waitForEvent("requestfailed", (request) => request.url().endsWith("/count"));
    await reader.page.clock.runFor(MINUTE);
    await failed;
    await reader.look();
    assert.deepEqual(await reader.visibleIds(), ["1", "2"]);
    assert.equal(await reader.notice().count(), 0);
  },
);
