// The adapter against a real Isso: what it asks is understood, and what the server answers is understood.

import assert from "node:assert/strict";
import test from "node:test";
import { ask, Isso, Visitor } from "./isso.mjs";

const SITE = "https://blog.example.net";
const open = await Isso.serve(test, { hosts: [SITE] });
const held = await Isso.serve(test, { hosts: [SITE], moderate: true });
const guarded = await Isso.serve(test, { hosts: [SITE], guard: { ratelimit: 2, "reply-to-self": false } });
const strict = await Isso.serve(test, {
  hosts: [SITE],
  guard: { "direct-reply": 2, "require-author": true, "require-email": true },
});

/** Somebody at an address of their own: Isso tells people apart by the first three numbers. */
let people = 0;
const somebody = (t, isso, post) => {
  people += 1;
  return new Visitor(t, { endpoint: isso.endpoint, origin: SITE, post, address: `10.1.${people}.1` });
};
const by = (id) => (comment) => comment.id === id;

test("a comment, an answer, and an answer to that, which goes to the first one", async (t) => {
  const ann = somebody(t, open, "posts/größe/");
  const first = await ann.writes("*Hello* <b>you</b> & \"all\" 🎈", { name: "R&D <b>", website: "a.example/?a=1&b=2" });
  assert.equal(first.name, "R&D <b>");
  assert.equal(first.website, "http://a.example/?a=1&b=2");
  assert.match(first.html, /<em>Hello<\/em>/);
  const second = await ann.writes("An answer.", { reply: first.id });
  assert.equal(second.parent, first.id);
  const third = await ann.writes("An answer to the answer.", { reply: second.id });
  assert.equal(third.parent, first.id);
  const list = await ann.list();
  assert.deepEqual(list.map(({ id, parent }) => [id, parent]), [
    [first.id, null],
    [second.id, first.id],
    [third.id, first.id],
  ]);
  assert.deepEqual(list[0], first);
  const [source] = await ann.list("source");
  assert.equal(source.text, "*Hello* <b>you</b> & \"all\" 🎈");
  assert.deepEqual(await ann.does("count"), [3]);
});

test("an answer to a comment in a file says so, and is found to say so", async (t) => {
  const ann = somebody(t, open, "posts/files/");
  const order = { text: "I *think* so.", reply: "12 (b)", answered: "Bob [the] *great*_" };
  const { text } = await ann.does("sent", order);
  const answer = await ann.writes(order.text, order);
  assert.equal(answer.parent, "12 (b)");
  assert.match(answer.html, />@Bob \[the\] \*great\*_<\/a><\/p>/);
  const [listed] = await ann.list();
  assert.equal(listed.parent, "12 (b)");
  const [source] = await ann.list("source");
  assert.equal(source.text, text);
});

test("an answer to a comment that is gone answers nobody", async (t) => {
  const ann = somebody(t, open, "posts/gone/");
  const answer = await ann.writes("Anybody?", { reply: "isso-999999" });
  assert.equal(answer.parent, null);
});

test("votes count once for an address, and not for one's own comment", async (t) => {
  const [ann, bob, eve] = [1, 2, 3].map(() => somebody(t, open, "posts/votes/"));
  const { id } = await ann.writes("Vote for me.");
  assert.deepEqual(await ann.does("vote", { id }), { refused: [0, 0] });
  assert.deepEqual(await bob.does("vote", { id }), { counted: [1, 0] });
  assert.deepEqual(await bob.does("vote", { id }), { refused: [1, 0] });
  assert.deepEqual(await eve.does("vote", { id, down: true }), { counted: [1, 1] });
  assert.deepEqual((await ann.list())[0].votes, [1, 1]);
  assert.equal(await bob.does("vote", { id: "isso-999999" }), "gone");
  assert.equal(await bob.does("vote", { id: "12" }), null, "comments in files are not asked about");
});

test("one's own comment can be changed with the newest cookie alone", async (t) => {
  const ann = somebody(t, open, "posts/edits/");
  const first = await ann.writes("Befor.", { website: "https://ann.example" });
  const old = new Map(ann.cookies);
  assert.equal((await ann.does("own", { id: first.id })).text, "Befor.");
  const { published } = await ann.does("letter", { text: "**Before.**", edit: first.id });
  assert.match(published.html, /<strong>Before\.<\/strong>/);
  assert.deepEqual([published.name, published.website, published.edited], ["Ann", "https://ann.example", true]);
  ann.cookies = old;
  assert.deepEqual(await ann.does("letter", { text: "Too late.", edit: first.id }), { refused: "TooLate" });
  assert.deepEqual(await ann.does("delete", { id: first.id }), { refused: "TooLate" });
  const eve = somebody(t, open, "posts/edits/");
  assert.deepEqual(await eve.does("letter", { text: "Mine now.", edit: first.id }), { refused: "TooLate" });
  assert.deepEqual(await eve.does("own", { id: first.id }), { error: "Status(403)" });
});

test("one's own comment can be deleted: whole, or emptied where it has answers", async (t) => {
  const ann = somebody(t, open, "posts/deletions/");
  const root = await ann.writes("Root.");
  const leaf = await ann.writes("Leaf.", { reply: root.id });
  const stays = await ann.writes("Stays.", { reply: root.id });
  assert.equal(await ann.does("delete", { id: leaf.id }), "gone");
  const { emptied } = await ann.does("delete", { id: root.id });
  assert.deepEqual([emptied.id, emptied.deleted, emptied.html], [root.id, true, ""]);
  const list = await ann.list();
  assert.deepEqual(list.map(({ id, deleted }) => [id, deleted]), [
    [root.id, true],
    [stays.id, false],
  ]);
  assert.deepEqual(await ann.does("delete", { id: leaf.id }), { refused: "TooLate" }, "its cookie is gone");
  assert.deepEqual(await ann.does("count"), [1], "deleted comments do not count");
});

test("a comment that is held is not in the list, and its writer can read and change it", async (t) => {
  const ann = somebody(t, held);
  const { held: comment } = await ann.does("letter", { text: "Please.", name: "Ann" });
  assert.match(comment.id, /^isso-\d+$/);
  assert.deepEqual(await ann.list(), []);
  assert.equal((await ann.does("own", { id: comment.id })).text, "Please.");
  const { held: changed } = await ann.does("letter", { text: "Pretty please.", edit: comment.id });
  assert.match(changed.html, /Pretty/);
});

test("the guard asks to wait, and keeps people from answering themselves", async (t) => {
  const ann = somebody(t, guarded);
  const { id } = await ann.writes("One.");
  assert.deepEqual(await ann.does("letter", { text: "Two.", reply: id }), {
    refused: 'Words("edit time frame is still open")',
  });
  await ann.writes("Two.");
  assert.deepEqual(await ann.does("letter", { text: "Three." }), { later: 60, why: "TooMany" });
  assert.equal((await ann.list()).length, 2);
});

test("a server that wants names says so, and refuses without", async (t) => {
  const ann = somebody(t, strict);
  await ann.list();
  assert.deepEqual([ann.last.name, ann.last.email], ["Required", "Required"]);
  assert.deepEqual(await ann.does("letter", { text: "Me.", name: "Ann" }), { refused: "EmailInvalid" });
  assert.deepEqual(await ann.does("letter", { text: "Me.", email: "a@a.example" }), { refused: "NameMissing" });
  const signed = { name: "Ann", email: "a@a.example" };
  await ann.writes("One.", signed);
  await ann.writes("Two.", signed);
  const { refused } = await ann.does("letter", { text: "Three.", ...signed });
  assert.match(refused, /^Words\("2 direct responses to /);
});

test("what is refused, is refused for what it is", async (t) => {
  const ann = somebody(t, open, "posts/refusals/");
  const order = { text: "Long enough.", name: "Ann" };
  const sent = (body) => ann.does("letter", order, (asked) => ({ ...asked, body: JSON.stringify(body) }));
  assert.deepEqual(await sent({ text: "ab" }), { refused: "TooShort(3)" });
  assert.deepEqual(await sent({}), { refused: "TooShort(3)" });
  assert.deepEqual(await sent({ text: "x".repeat(65_536) }), { refused: "TooLong(65535)" });
  assert.deepEqual(await ann.does("letter", { ...order, website: "not a site" }), { refused: "WebsiteInvalid" });
  assert.deepEqual(await ann.does("letter", { ...order, text: "ab \n" }), { refused: "TooShort(3)" }, "it is not sent");
  assert.deepEqual(await ann.list(), []);
  const longest = await ann.does("letter", { ...order, text: "é".repeat(65_535) });
  assert.ok(longest.published, `the limit is counted as the server counts: ${JSON.stringify(longest).slice(0, 200)}`);
  const inBytes = (bytes) => ({ text: "🎈".repeat((bytes - 11) >> 2) });
  assert.deepEqual(await sent(inBytes(256 * 1024 + 4)), { refused: "TooLong(0)" }, "the server counts bytes, too");
  assert.deepEqual(await ann.does("letter", { ...order, ...inBytes(256 * 1024) }), { refused: "TooLong(0)" });
});

test("browsers are told that another site may not ask", async () => {
  const preflight = (origin) =>
    ask(`${open.endpoint}new?uri=/posts/talk/`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
  const ours = await preflight(SITE);
  assert.equal(ours.headers["access-control-allow-origin"], SITE);
  assert.equal(ours.headers["access-control-allow-credentials"], "true");
  const theirs = await preflight("https://elsewhere.example");
  assert.notEqual(theirs.headers["access-control-allow-origin"], "https://elsewhere.example");
});

test("a long thread comes whole: many roots, and many answers to one", async (t) => {
  const ann = somebody(t, open, "posts/long/");
  const { id } = await ann.writes("The first.");
  const number = Number(id.slice("isso-".length));
  await open.data(`
(tid,) = db.execute("SELECT tid FROM comments WHERE id = ?", (${number},)).fetchone()
row = "INSERT INTO comments (tid, parent, created, mode, remote_addr, text, voters) VALUES (?, ?, ?, 1, '10.9.9.0', ?, zeroblob(256))"
for n in range(450):
    db.execute(row, (tid, None, 2_000_000_000 + n, "Root %d" % n))
    db.execute(row, (tid, ${number}, 2_000_000_000 + n, "Answer %d" % n))
`);
  const list = await ann.list();
  assert.equal(new Set(list.map((comment) => comment.id)).size, 901);
  assert.equal(list.length, 901, "none comes twice");
  assert.equal(list.filter((comment) => comment.parent === id).length, 450);
  assert.equal(ann.last.total, 450, "the last part was answers to one comment");
  assert.ok(list.find(by(id)));
});

test("a page that nobody has commented on has no comments", async (t) => {
  const ann = somebody(t, open, "posts/silent/");
  assert.deepEqual(await ann.list(), []);
  assert.deepEqual(await ann.does("count"), [0]);
  assert.deepEqual([ann.last.name, ann.last.email], ["Optional", "Optional"]);
});
