// The nine orders: what each of them puts first, and what stays where it is while the rows move.

import assert from "node:assert/strict";
import test from "node:test";
import { announced, at, focusOn, layOut, moved, offered, small, text } from "./content.mjs";
import { DESK, PHONE, Reader, reading } from "./reader.mjs";

// Written so that no two orders are the same, neither for the roots nor, among most of them, for the replies to `a`.
const VOTED = [
  { id: "a", on: 1, up: 10, down: 1, says: text(40) },
  { id: "b", on: 2, up: 90, down: 10, says: text(10) },
  { id: "c", on: 3, up: 5, down: 5, says: text(60) },
  { id: "d", on: 4, host: true, says: text(80) },
  { id: "e", on: 5, up: 2, says: text(20) },
  { id: "a1", to: "a", on: 6, up: 1, says: text(20) },
  { id: "b1", to: "b", on: 7, host: true, says: text(5) },
  { id: "b2", to: "b", on: 8, up: 2, down: 2, says: text(30) },
  { id: "a2", to: "a", on: 9, up: 30, down: 20, says: text(10) },
  { id: "a4", to: "a", on: 10, up: 9, down: 1, says: text(200) },
  { id: "a3", to: "a2", on: 12, host: true, says: text(30) },
  { id: "e1", to: "e", on: 13, says: text(30) },
  { id: "e2", to: "e1", on: 14, says: text(30) },
  { id: "e3", to: "e2", on: 15, says: text(30) },
  { id: "e4", to: "e3", on: 16, says: text(30) },
  { id: "e5", to: "e4", on: 17, says: text(30) },
  { id: "c1", to: "c", on: 20, says: text(30) },
];
const E = "e e1 e2 e3 e4 e5";
const EXPECTED = {
  oldest: `a a1 a2 a3 a4 b b1 b2 c c1 d ${E}`,
  newest: `${E} d c c1 b b2 b1 a a4 a2 a3 a1`,
  // The lower ends of the intervals: b .83, a .62, e .34, c .24, d 0; below a: a4 .60, a2 .46, a1 .21.
  best: `b b2 b1 a a4 a2 a3 a1 ${E} c c1 d`,
  // For less against: b 80, a 9, e 2, c and d 0; below a: a2 10, a4 8, a1 1.
  top: `b b1 b2 a a2 a3 a4 a1 ${E} c c1 d`,
  // The smaller side: b 10, c 5, a 1, d and e none, and of these d is the more even; below a: a2 20, a4 1, a1 none.
  controversial: `b b2 b1 c c1 a a2 a3 a4 a1 d ${E}`,
  replies: `${E} a a2 a3 a1 a4 b b1 b2 c c1 d`,
  active: `c c1 ${E} a a2 a3 a4 a1 b b2 b1 d`,
  // Mina wrote d, and answered below a and b; below a she answered a2.
  conversation: `d a a2 a3 a1 a4 b b1 b2 c c1 ${E}`,
  longest: `d c c1 a a4 a1 a2 a3 ${E} b b2 b1`,
};
const NAMES = {
  oldest: "Oldest first",
  newest: "Newest first",
  best: "Best first",
  top: "Most votes first",
  controversial: "Most disputed first",
  replies: "Most replies first",
  active: "Recently active first",
  conversation: "What the author answered first",
  longest: "Longest first",
};
const ORDERS = Object.keys(EXPECTED);
const WITHOUT_VOTES = ORDERS.filter((order) => !["best", "top", "controversial"].includes(order));

/** What was asked for since; Chromium looks at the icon again whenever the address changes. */
const fetched = (own, since) => own.requests.slice(since).filter((path) => path !== "/icon.svg");

/** Many threads of ten comments, each with other votes, lengths and dates, for places far down. */
const MANY = Array.from({ length: 240 }, (_, n) => ({
  id: `m${n}`,
  to: n % 10 === 0 ? undefined : `m${n % 10 < 4 ? n - (n % 10) : n - 2}`,
  on: new Date(Date.UTC(2026, 2, 1, 0, (n * 7919) % 40_000)).toISOString(),
  up: (n * 37) % 50,
  down: (n * 53) % 23,
  host: n % 31 === 7,
  says: text(30 + ((n * 97) % 400)),
}));

const site = await small(test, {
  voted: VOTED,
  many: MANY,
  unvoted: VOTED.map(({ up, down, ...rest }) => rest),
  plain: VOTED.map(({ up, down, host, ...rest }) => rest),
});

for (const order of ORDERS) {
  reading(
    `order “${order}”: roots, and the replies to each comment`,
    { site: (t) => small(t, { voted: VOTED }), path: at("voted") },
    async (reader, own) => {
      // What the app fetches ahead comes when nothing else is to be done.
      await reader.page.waitForLoadState("networkidle");
      // From another order each time, so that something has to move.
      const from = order === "newest" ? "oldest" : "newest";
      await reader.choose(from);
      await reader.order(EXPECTED[from].split(" "));
      const requests = own.requests.length;
      await reader.choose(order);
      await reader.order(EXPECTED[order].split(" "));
      assert.equal(await announced(reader), `Comments are now in this order: ${NAMES[order]}`);
      assert.equal(await reader.page.locator(".order-select option:checked").textContent(), NAMES[order]);
      assert.deepEqual(fetched(own, requests), [], "no request");
      const places = await reader.page.$$eval("article.comment", (rows) => rows.map((row) => row.ariaPosInSet));
      assert.deepEqual(
        places,
        places.map((_, place) => String(place + 1)),
      );
    },
  );
}

reading("a thread with votes, in which the author wrote, has all nine orders", { site, path: at("voted") }, async (reader) => {
  assert.deepEqual(await offered(reader, "order"), ORDERS);
});

reading("without votes there are no orders by votes", { site, path: at("unvoted") }, async (reader) => {
  assert.deepEqual(await offered(reader, "order"), WITHOUT_VOTES);
});

reading(
  "where the post's author wrote nothing, there is no order by what they answered",
  { site, path: at("plain") },
  async (reader) => {
    assert.deepEqual(
      await offered(reader, "order"),
      WITHOUT_VOTES.filter((order) => order !== "conversation"),
    );
    assert.deepEqual(await offered(reader, "view"), ["threaded", "flat"]);
  },
);

for (const screen of [DESK, PHONE]) {
  reading(
    `through all nine orders, what is read stays under the eyes, ${screen.width} px`,
    { site, path: at("many"), screen },
    async (reader) => {
      await reader.scrollTo("m125");
      let before = await reader.top("m125");
      let ids = await reader.ids();
      for (const order of [...ORDERS.slice(1), "oldest"]) {
        await reader.page.evaluate((value) => {
          // The control is above; a person on a keyboard changes it without scrolling there.
          const control = document.querySelector(".order-select");
          control.value = value;
          control.dispatchEvent(new Event("change", { bubbles: true }));
        }, order);
        ids = await moved(reader, ids);
        const after = await reader.top("m125");
        assert.ok(Math.abs(after - before) <= 2, `${order}: ${before} became ${after}`);
        before = after;
      }
    },
  );
}

reading(
  "through all nine orders, focus and selection stay, and what is collapsed stays so",
  { site, path: at("many") },
  async (reader) => {
    const page = reader.page;
    const original = await reader.ids();
    const folded = original.find((id) => id.endsWith("0"));
    const replies = Number(await reader.comment(folded).getAttribute("data-replies"));
    assert.ok(replies > 2);
    await reader.fold(folded).click();
    await page.waitForFunction((count) => document.querySelectorAll("article[hidden]").length === count, replies);
    const hidden = async () =>
      (await page.$$eval("article.comment[hidden]", (rows) => rows.map((row) => row.id))).sort();
    const folds = await hidden();
    const kept = (await reader.visibleIds())[120];
    await reader.scrollTo(kept);
    await reader.comment(kept).locator(".comment-time").focus();
    const selected = await page.evaluate((id) => {
      const words = document.querySelector(`#comment-${id} .comment-body p`).firstChild;
      window.getSelection().setBaseAndExtent(words, 2, words, 14);
      window.lostFocus = 0;
      document.activeElement.addEventListener("blur", () => {
        window.lostFocus += 1;
      });
      return window.getSelection().toString();
    }, kept);
    assert.equal(selected.length, 12);
    let ids = original;
    for (const order of [...ORDERS.slice(1), "oldest"]) {
      await page.evaluate((value) => {
        const control = document.querySelector(".order-select");
        control.value = value;
        control.dispatchEvent(new Event("change", { bubbles: true }));
      }, order);
      ids = await moved(reader, ids);
      assert.equal(await page.evaluate(() => window.getSelection().toString()), selected, order);
      assert.ok(
        await page.evaluate((id) => document.activeElement.matches(`#comment-${id} .comment-time`), kept),
        order,
      );
      assert.equal(await page.evaluate(() => window.lostFocus), 0, `${order}: the row with the focus was not moved`);
      assert.deepEqual(await hidden(), folds, order);
      assert.equal(await reader.fold(folded).getAttribute("aria-expanded"), "false", order);
    }
    assert.deepEqual(ids, original, "and back again");
  },
);

const first = (order) => EXPECTED[order].split(" ");

reading("an order is in the address once it is chosen", { site, path: at("voted") }, async (reader) => {
  const query = () => new URL(reader.page.url()).search;
  assert.equal(query(), "");
  await reader.choose("best");
  await reader.order(first("best"));
  assert.equal(query(), "?order=best");
  await reader.choose("longest");
  await reader.order(first("longest"));
  assert.equal(query(), "?order=longest");
  await reader.choose("oldest");
  await reader.order(first("oldest"));
  assert.equal(query(), "", "what everybody has anyway need not be said");
});

reading("a link shares the order with somebody else", { site, path: at("voted") }, async (reader) => {
  await reader.choose("controversial");
  await reader.order(first("controversial"));
  const shared = reader.page.url().slice(site.origin.length);
  const friend = await Reader.come(site);
  try {
    await friend.open(shared);
    await friend.order(first("controversial"));
    assert.equal(await friend.page.locator(".order-select").inputValue(), "controversial");
    assert.deepEqual(await friend.complaints(), []);
  } finally {
    await friend.leave();
  }
});

reading(
  "an order is remembered for the whole site, on the next visit and for another post",
  { site, path: at("voted") },
  async (reader) => {
    await reader.choose("newest");
    await reader.order(first("newest"));
    await reader.open(at("voted"));
    await reader.order(first("newest"));
    assert.equal(await reader.page.locator(".order-select").inputValue(), "newest");
    await reader.open(at("plain"));
    await reader.order(first("newest"));
    // And in the app, without a new document.
    await reader.page.click(".site-title");
    await reader.page.getByRole("link", { name: "About voted" }).first().click();
    await reader.complete();
    await reader.order(first("newest"));
  },
);

reading(
  "an order by votes that is remembered says nothing where there are no votes: the earlier comes first",
  { site, path: at("voted") },
  async (reader) => {
    await reader.choose("best");
    await reader.order(first("best"));
    await reader.open(at("plain"));
    assert.deepEqual(await reader.visibleIds(), first("oldest"));
  },
);

reading("the order in the address wins over the remembered one", { site, path: at("voted") }, async (reader) => {
  await reader.choose("newest");
  await reader.order(first("newest"));
  await reader.open(`${at("voted")}?order=longest`);
  await reader.order(first("longest"));
  await reader.open(`${at("voted")}?order=oldest`);
  await reader.order(first("oldest"));
  assert.equal(await reader.page.locator(".order-select").inputValue(), "oldest");
  // Whoever reloads, or bookmarks this, gets the same again.
  await reader.page.reload();
  await reader.complete();
  await reader.look();
  assert.deepEqual(await reader.ids(), first("oldest"));
});

reading(
  "an order that nobody knows is passed over",
  { site, path: `${at("voted")}?order=sideways&view=upside-down` },
  async (reader) => {
    assert.deepEqual(await reader.ids(), first("oldest"));
    assert.equal(await reader.page.locator(".order-select").inputValue(), "oldest");
  },
);

reading(
  "the owner of a site sets order and layout; what a reader chooses comes before that",
  {
    site: (t) => small(t, { voted: VOTED }, { site: { defaults: { order: "best", view: "flat" } } }),
    path: at("voted"),
  },
  async (reader) => {
    const flat = "b a a4 a2 e c a1 b2 d b1 a3 e1 e2 e3 e4 e5 c1".split(" ");
    await reader.order(flat);
    assert.equal(await reader.page.locator(".view-select").inputValue(), "flat");
    assert.equal(new URL(reader.page.url()).search, "", "a link need not say what is so anyway");
    await layOut(reader, "threaded");
    await reader.order(first("best"));
    await reader.choose("oldest");
    await reader.order(first("oldest"));
    const parameters = new URL(reader.page.url()).searchParams;
    assert.deepEqual([parameters.get("order"), parameters.get("view")], ["oldest", "threaded"]);
    await reader.open(at("voted"));
    await reader.order(first("oldest"));
  },
);

reading(
  "orders are no steps in the history: Back leads to the page before",
  { site, path: "/", until: "ready" },
  async (reader) => {
    const page = reader.page;
    await reader.mark();
    await page.getByRole("link", { name: "About voted" }).first().click();
    await reader.complete();
    const length = await page.evaluate(() => history.length);
    let ids = await reader.ids();
    for (const order of ["newest", "best", "longest"]) {
      await reader.choose(order);
      ids = await moved(reader, ids);
    }
    await layOut(reader, "flat");
    assert.equal(await page.evaluate(() => history.length), length);
    await page.goBack();
    await page.locator(".post-list").waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    assert.equal(new URL(page.url()).search, "", "the list has no order of comments");
    await page.goForward();
    await reader.complete();
    assert.equal(await page.locator(".order-select").inputValue(), "longest");
    assert.equal(await page.locator(".view-select").inputValue(), "flat");
    assert.ok(await reader.isMarked());
  },
);

reading(
  "an order that is asked for along with a comment: both are there",
  { site, path: `${at("many")}?order=longest#comment-m125` },
  async (reader) => {
    await reader.landed("m125");
    await focusOn(reader, "m125");
    assert.equal(await reader.page.locator(".order-select").inputValue(), "longest");
    assert.match(reader.page.url(), /\?order=longest#comment-m125$/);
    const roots = MANY.filter(({ to }) => !to).sort((one, other) => other.says.length - one.says.length);
    assert.equal((await reader.ids())[0], roots[0].id);
  },
);
