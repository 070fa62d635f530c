// Damaged and hostile conversations: the page lives, what is readable is shown, the reader is told, and no script of
// strangers runs.

import assert from "node:assert/strict";
import test from "node:test";
import { built, Site } from "./site.mjs";
import { reading } from "./reader.mjs";
import { BAD_URLS, GOOD_URLS, hostileFeeds } from "./hostile.mjs";

/** Nothing may be nested deeper: browsers get slow, and then crash. */
const NESTING_MAX = 100;

const site = await Site.serve(test, built.dist);

const post = {
  version: "https://jsonfeed.org/version/1.1",
  title: "x",
  items: [{ id: "x", title: "A post", content_text: "Its text.", _thread: { comments_url: "comments.json" } }],
};

function lay(slug, comments) {
  site.lay(`/posts/${slug}/post.json`, post);
  site.lay(`/posts/${slug}/comments.json`, comments);
  return `/posts/${slug}/`;
}

/** What is wrong with how a case is shown; nothing if all is well. */
async function faultsOf(reader, { rows, texts, notice }) {
  const faults = [];
  const page = reader.page;
  await page.waitForFunction(
    () => document.documentElement.matches(".app-complete") || document.querySelector(".notice-error"),
  );
  const seen = await page.evaluate(() => ({
    ids: [...document.querySelectorAll("article.comment")].map((row) => row.id),
    text: document.querySelector(".thread-rows").textContent,
    notices: document.querySelectorAll(".notice").length,
    buttons: document.querySelectorAll(".notice button").length,
    post: document.querySelector("h1").textContent,
    polluted: {}.p !== undefined,
  }));
  const check = (right, what) => right || faults.push(what);
  check(rows === undefined || seen.ids.length === rows, `${seen.ids.length} comments in place of ${rows}`);
  check(new Set(seen.ids).size === seen.ids.length, "an id appears twice in the page");
  for (const text of texts ?? []) {
    const times = seen.text.split(text).length - 1;
    check(times === 1, `“${text}” is shown ${times} times`);
  }
  check(!notice || seen.notices > 0, "nothing is told");
  check(notice !== "retry" || seen.buttons > 0, "there is no way to try again");
  check(seen.ids.length > 0 || seen.notices > 0, "neither comments nor a word");
  check(seen.post === "A post", "the post is gone");
  check(!seen.polluted, "a prototype was changed");
  const depth = await reader.nesting();
  check(depth < NESTING_MAX, `elements are nested ${depth} deep`);
  const overflow = await reader.overflow();
  check(overflow === 0, `${overflow} px wider than the window`);
  return faults;
}

for (const seed of [1, 2]) {
  reading(
    `hostile conversations, seed ${seed}: the page lives, shows what it can, and says what it cannot`,
    { site, screen: { width: 320, height: 640 }, timeout: 180_000 },
    async (reader, _, t) => {
      const wrong = {};
      for (const [at, hostile] of hostileFeeds(seed).entries()) {
        await reader.open(lay(`hostile-${seed}-${at}`, hostile.bytes), "ready");
        const faults = await faultsOf(reader, hostile);
        if (faults.length > 0) wrong[hostile.fault] = faults;
      }
      t.diagnostic(`${hostileFeeds(seed).length} cases`);
      assert.deepEqual(wrong, {});
    },
  );
}

reading(
  "a chain of 10,000 answers is shown whole",
  {
    site,
    timeout: 120_000,
    before: () => {
      const items = Array.from({ length: 10_000 }, (_, at) => ({
        id: String(at),
        content_text: `answer ${at}`,
        _thread: { in_reply_to: at === 0 ? null : String(at - 1) },
      }));
      lay("chain", { version: "https://jsonfeed.org/version/1.1", items });
    },
    path: "/posts/chain/",
  },
  async (reader) => {
    assert.equal((await reader.ids()).length, 10_000);
    assert.ok((await reader.nesting()) < NESTING_MAX);
  },
);

reading(
  "addresses by strangers: bad ones do not become links, good ones stay",
  {
    site,
    before: () => {
      const quote = (url) => url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
      const items = [
        ...BAD_URLS.map((url, at) => ({
          id: `bad-${at}`,
          content_html: `<a href="${url.replaceAll('"', "&quot;")}">bad ${at}</a> <img src="${url}" alt="picture"> <form action="${url}"><button formaction="${url}">x</button></form>`,
          authors: [{ name: "x", url }],
        })),
        ...GOOD_URLS.map((url, at) => ({
          id: `good-${at}`,
          content_html: `<a href="${quote(url)}">good ${at}</a>`,
          authors: [{ name: "x" }],
        })),
      ];
      lay("addresses", { version: "https://jsonfeed.org/version/1.1", items });
    },
    path: "/posts/addresses/",
  },
  async (reader) => {
    const page = reader.page;
    const { links, elements, attributes } = await page.evaluate(() => {
      const rows = document.querySelector(".thread-rows");
      const within = [...rows.querySelectorAll("article *")];
      return {
        links: [...rows.querySelectorAll("a[href]")].map((link) => ({
          row: link.closest("article").id,
          protocol: link.protocol,
          host: link.host,
          body: Boolean(link.closest(".comment-body")),
          rel: link.rel,
        })),
        elements: within.map((element) => element.localName),
        attributes: within.flatMap((element) => element.getAttributeNames()),
      };
    });
    for (const { row, protocol, host } of links) {
      assert.ok(["http:", "https:", "mailto:"].includes(protocol), `${row}: ${protocol}`);
      assert.notEqual(host, "elsewhere.example", row);
    }
    const strangers = links.filter(({ body, protocol }) => body && protocol.startsWith("http"));
    for (const { rel, row } of strangers) assert.match(rel, /ugc.*nofollow.*noopener/, row);
    const good = links.filter(({ row, body }) => row.startsWith("comment-good") && body);
    assert.equal(good.length, GOOD_URLS.length);
    for (const name of [
      "form",
      "img",
      "iframe",
      "script",
      "style",
      "input",
      "object",
      "embed",
      "base",
      "meta",
      "link",
      "svg",
    ]) {
      assert.ok(!elements.includes(name), `there is a <${name}>`);
    }
    assert.deepEqual(
      attributes.filter((name) => name.startsWith("on") || ["style", "formaction", "srcdoc", "ping"].includes(name)),
      [],
    );

    // Whatever is left of the bad ones is clicked; a script that ran would open a dialog or violate the policy.
    const left = page.locator('article[id^="comment-bad"] .comment-body a[href]');
    for (let at = 0; at < (await left.count()); at += 1) {
      await left.nth(at).evaluate((link) => {
        link.target = "_blank";
        link.click();
      });
    }
  },
);

reading(
  "markup by strangers cannot take over ids, names or forms of the page",
  {
    site,
    before: () => {
      lay("clobber", {
        version: "https://jsonfeed.org/version/1.1",
        items: [
          {
            id: "1",
            content_html:
              '<p id="app" name="body">a</p><a id="content" name="location" href="https://example.org/">b</a><form id="comments"><input name="children"></form><img name="cookie" src="x">',
          },
          {
            id: "2",
            content_html:
              '<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
          },
          {
            id: "3",
            content_html:
              '<noscript><p title="</noscript><img src=x onerror=alert(1)>">c</p></noscript><template><img src=x onerror=alert(1)></template><p>still <i>here',
          },
          { id: "4", content_html: "</article></div></main><h1>Owned</h1><!-- " },
          { id: "5", content_html: "<p>the last one</p>" },
        ],
      });
    },
    path: "/posts/clobber/",
  },
  async (reader) => {
    const page = reader.page;
    assert.deepEqual(await reader.ids(), ["1", "2", "3", "4", "5"]);
    assert.equal(await page.locator("#app").count(), 1);
    assert.equal(await page.locator("#content").evaluate((element) => element.localName), "main");
    assert.equal(await page.locator(".comment-body [id], .comment-body [name]").count(), 0);
    assert.match(await reader.comment(3).textContent(), /still here/);
    assert.match(await reader.comment(5).textContent(), /the last one/);
    assert.equal(await page.locator("article.comment h1").count(), 0);
  },
);

reading(
  "a very long comment is cut, and shown further step by step",
  {
    site,
    before: () => {
      lay("long", {
        version: "https://jsonfeed.org/version/1.1",
        items: [{ id: "1", content_text: Array.from({ length: 30_000 }, (_, at) => `word${at}`).join(" ") }],
      });
    },
    path: "/posts/long/",
  },
  async (reader) => {
    const length = () =>
      reader
        .comment(1)
        .locator(".comment-body")
        .evaluate((body) => body.textContent.length);
    const first = await length();
    assert.ok(first > 20_000 && first < 100_000, `${first} characters at first`);
    const more = reader.comment(1).getByRole("button", { name: "Show more of this comment" });
    for (let before = first; await more.count();) {
      await more.click();
      const now = await length();
      assert.ok(now > before, "each press shows more");
      before = now;
    }
    assert.match(await reader.comment(1).locator(".comment-body").textContent(), /word29999$/);
  },
);
