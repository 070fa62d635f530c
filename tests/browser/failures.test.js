// What fails, and what the reader is told: in words, with a way to try again, and without losing what is there.

import assert from "node:assert/strict";
import test from "node:test";
import { breakAfter, built, cutTo, FLAT, NESTED, reset, SILENT, Site, status, webPage } from "./site.mjs";
import { launch, reading } from "./reader.mjs";

const own = (t) => Site.serve(t, built.dist);
const COMMENTS = `${FLAT}comments.json`;
const bytes = async (site) => site.bytes(COMMENTS);

/** The part of the app that reads files; it is fetched in idle time. */
const READER = /^\/assets\/reader-.*\.wasm$/;

/** From the list to the post with 50 comments. */
async function visit(reader) {
  await reader.page.getByRole("link", { name: "The bench that squeaks" }).click();
}

const KINDS = [
  ["are missing (404)", () => status(404), "the server does not have it."],
  ["meet a broken server (500)", () => status(500), "the server answered with error 500."],
  ["meet a busy server (503)", () => status(503, { "retry-after": "1" }), "the server answered with error 503."],
  ["meet a broken connection", () => reset, "the server cannot be reached."],
  ["are a web page in place of data", () => webPage, "the server sent a web page in place of the data."],
  ["are an empty file", (file) => cutTo(file, 0), "the file is empty."],
  ["are no JSON", () => (_, response) => response.end("fifty comments, honestly"), "the file is damaged."],
  [
    "are JSON of something else",
    () => (_, response) => response.end('{"hello": 1}'),
    "the file is not in Afterword's format.",
  ],
  [
    "end before the first comment",
    (file) => cutTo(file, 40),
    /the file ends too early\.|the file is damaged\.|not in Afterword's format\./,
  ],
];

for (const [fault, reply, words] of KINDS) {
  reading(
    `comments that ${fault}: the post is there, the reason is told, Retry works`,
    { site: own, path: "/", until: "ready" },
    async (reader, site) => {
      const recover = site.answer(COMMENTS, reply(await bytes(site)));
      await visit(reader);
      await reader.notice().waitFor();
      const told = await reader.notice().locator("p").textContent();
      if (typeof words === "string") assert.equal(told, `The comments could not be fetched: ${words}`);
      else assert.match(told, words);
      assert.equal(await reader.notice().getAttribute("role"), "alert");
      assert.equal(await reader.page.locator("h1").textContent(), "The bench that squeaks");
      assert.ok(await reader.page.locator(".post").isVisible(), "the post is there");
      assert.deepEqual(await reader.ids(), []);

      const retry = reader.notice().getByRole("button", { name: "Try again" });
      await retry.click();
      await reader.notice().waitFor();
      recover();
      await retry.click();
      await reader.complete();
      assert.equal((await reader.ids()).length, 50);
      assert.equal(await reader.notice().count(), 0);
    },
  );

  reading(
    `on a prerendered page, comments that ${fault}: those that came with the page stay`,
    {
      site: own,
      path: FLAT,
      until: "ready",
      before: async (_, site) => {
        site.recover = site.answer(COMMENTS, reply(await bytes(site)));
      },
    },
    async (reader, site) => {
      await reader.notice().waitFor();
      assert.match(
        await reader.notice().locator("p").textContent(),
        /^Some comments could not be fetched: .*Those that came with the page are all readable\.$/,
      );
      assert.equal((await reader.ids()).length, 50);
      assert.match(await reader.page.locator(".post-body").textContent(), /surprising news/);
      site.recover();
      await reader.notice().getByRole("button", { name: "Try again" }).click();
      await reader.complete();
      assert.equal(await reader.notice().count(), 0);
      assert.equal((await reader.ids()).length, 50);
    },
  );
}

reading(
  "without a connection that is what the reader is told, and Retry works when it is back",
  { site: own, path: SILENT },
  async (reader) => {
    await reader.context.setOffline(true);
    await reader.page.click(".site-title");
    await reader.notice().waitFor();
    assert.equal(
      await reader.notice().locator("p").textContent(),
      "The list of posts could not be fetched: there is no connection right now.",
    );
    await reader.context.setOffline(false);
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await visit(reader);
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
  },
);

reading(
  "a connection that is lost on a prerendered page: what came with the page stays",
  {
    site: own,
    path: FLAT,
    until: "ready",
    before: (_, site) => {
      site.recover = site.answer(COMMENTS, status(500));
    },
  },
  async (reader, site) => {
    await reader.notice().waitFor();
    await reader.context.setOffline(true);
    const retry = reader.notice().getByRole("button", { name: "Try again" });
    await retry.click();
    await reader.page.waitForFunction(() =>
      document.querySelector(".notice p")?.textContent.includes("there is no connection right now."),
    );
    assert.equal((await reader.ids()).length, 50);
    await reader.context.setOffline(false);
    site.recover();
    await retry.click();
    await reader.complete();
    assert.equal(await reader.notice().count(), 0);
  },
);

reading(
  "comments that break off in the middle: the post is there, the reason is told, Retry works",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const file = await bytes(site);
    const recover = site.answer(COMMENTS, breakAfter(file, 5000));
    await visit(reader);
    await reader.notice().waitFor();
    assert.match(
      await reader.notice().locator("p").first().textContent(),
      /the server cannot be reached\.|ends too early/,
    );
    recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
  },
);

reading(
  "a file that ends too early shows what came before its end, says so, and Retry brings the rest",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const file = await bytes(site);
    const recover = site.answer(COMMENTS, cutTo(file, Math.floor(file.length / 2)));
    await visit(reader);
    await reader.notice().waitFor();
    assert.equal(
      await reader.notice().locator("p").textContent(),
      "The file of comments ends too early; what came before its end is shown.",
    );
    const shown = (await reader.ids()).length;
    assert.ok(shown > 10 && shown < 50, `${shown} comments`);
    recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.page.waitForFunction(() => document.querySelectorAll("article.comment").length === 50);
    assert.equal(await reader.notice().count(), 0);
  },
);

reading(
  "one of two parts is missing: the other one is shown, the loss is told, Retry brings it",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const recover = site.answer(/comments\/2-[0-9a-f]+\.json$/, status(404));
    await reader.page.getByRole("link", { name: "Twelve things" }).first().click();
    await reader.notice().waitFor();
    assert.equal(
      await reader.notice().locator("p").textContent(),
      "Part of this conversation is missing: the server does not have it.",
    );
    await reader.complete();
    assert.equal((await reader.ids()).length, 200);
    recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.page.waitForFunction(() => document.querySelectorAll("article.comment").length === 300);
    assert.equal(await reader.notice().count(), 0);
  },
);

reading(
  "on a prerendered page, one of two parts is missing: nothing that was there goes away",
  {
    site: own,
    path: NESTED,
    until: "ready",
    before: (_, site) => {
      site.recover = site.answer(/comments\/1-[0-9a-f]+\.json$/, status(404));
    },
  },
  async (reader, site) => {
    const before = String(await site.bytes(`${NESTED}index.html`))
      .match(/id="comment-[^"]+"/g)
      .map((id) => id.slice(12, -1));
    await reader.notice().waitFor();
    const after = new Set(await reader.ids());
    assert.deepEqual(
      before.filter((id) => !after.has(id)),
      [],
      "prerendered comments are still there",
    );
    site.recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.page.waitForFunction(() => document.querySelectorAll("article.comment").length === 300);
  },
);

reading(
  "damaged comments are left out and counted, the others are shown",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const feed = JSON.parse(await bytes(site));
    feed.items.splice(3, 0, 7, "x", null);
    feed.items[10].date_published = "yesterday, I think";
    site.lay(COMMENTS, feed);
    await visit(reader);
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
    const told = await reader.notice().locator("p").allTextContents();
    assert.equal(
      told.join(" "),
      "3 comments are damaged and were left out. " +
        "One comment had a damaged part (a date, a name or the like); its text is shown.",
    );
    assert.equal(await reader.notice().getByRole("button").count(), 0, "trying again would not help");
  },
);

reading("a post without comments says so", { site: own, path: SILENT }, async (reader) => {
  assert.equal(await reader.page.locator("#comments-title").textContent(), "No comments yet");
  assert.deepEqual(await reader.ids(), []);
  assert.equal(await reader.notice().count(), 0);
});

reading(
  "a post that cannot be fetched says so, and Retry brings it",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const recover = site.answer(`${FLAT}post.json`, status(500));
    await visit(reader);
    await reader.notice().waitFor();
    assert.equal(
      await reader.notice().locator("p").textContent(),
      "This post could not be fetched: the server answered with error 500.",
    );
    recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
  },
);

reading(
  "while comments are on their way nothing is shown at first, then a calm placeholder",
  { site: own, path: "/", until: "ready" },
  async (reader, site) => {
    const release = site.hold(COMMENTS);
    await visit(reader);
    const placeholder = reader.page.locator(".thread .placeholder");
    await placeholder.waitFor({ state: "attached" });
    // The page's own clock for the animation, so that a busy computer makes no difference.
    const opacityAt = (millis) =>
      placeholder.evaluate((element, time) => {
        const [animation] = element.getAnimations();
        animation.pause();
        animation.currentTime = time;
        return Number(getComputedStyle(element).opacity);
      }, millis);
    assert.equal(await opacityAt(0), 0);
    assert.equal(await opacityAt(299), 0);
    assert.ok((await opacityAt(500)) > 0.2);
    assert.equal(await opacityAt(10_000), 1);
    assert.equal(await placeholder.getAttribute("role"), "status");
    assert.match(await placeholder.textContent(), /Fetching the comments/);
    release();
    await reader.complete();
    assert.equal(await reader.page.locator(".placeholder").count(), 0);
  },
);

// Waits of 15 s pass in a moment, all others as always.
function hurry() {
  const setTimeout = window.setTimeout;
  window.setTimeout = (then, millis, ...more) => setTimeout(then, millis === 15_000 ? 300 : millis, ...more);
}

reading(
  "a server that says nothing for 15 s is given up, in words, and Retry works",
  { site: own, path: "/", until: "ready", init: hurry },
  async (reader, site) => {
    const recover = site.answer(COMMENTS, () => {});
    await visit(reader);
    await reader.notice().waitFor();
    assert.equal(
      await reader.notice().locator("p").textContent(),
      "The comments could not be fetched: the server stopped answering.",
    );
    recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.complete();
  },
);

reading(
  "a server that stops in the middle of a file for 15 s is given up, in words",
  { site: own, path: "/", until: "ready", init: hurry },
  async (reader, site) => {
    const file = await bytes(site);
    site.answer(COMMENTS, (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": file.length });
      response.write(file.subarray(0, 3000));
    });
    await visit(reader);
    await reader.notice().waitFor();
    assert.match(await reader.notice().locator("p").textContent(), /the server stopped answering\./);
  },
);

// The app itself does not start.

const SAYS = /error|fail|wrong|sorry|unsupported|browser/i;

async function readableWithoutApp(reader) {
  await reader.page.waitForLoadState("networkidle");
  assert.equal(await reader.page.locator("html.app-ready").count(), 0);
  assert.equal((await reader.ids()).length, 50);
  assert.ok(await reader.comment(50).isVisible());
  assert.match(await reader.page.locator(".post-body").textContent(), /surprising news/);
  assert.equal(await reader.notice().count(), 0);
  assert.equal(await reader.page.locator("dialog, [role=alert]").count(), 0);
  assert.ok(
    !SAYS.test(await reader.page.locator(".site-header, .thread-head, .site-footer").allTextContents().then(String)),
  );
  assert.ok(!(await reader.page.locator(".order-select").isVisible()), "controls that would do nothing are not shown");
  assert.ok(!(await reader.page.locator(".help-open").isVisible()));
}

const WASM = /^\/assets\/.*\.wasm$/;

reading(
  "WebAssembly that is missing: the page is readable and says nothing",
  {
    site: own,
    path: FLAT,
    until: "load",
    allow: /integrity/,
    before: (_, site) => {
      site.answer(WASM, status(404));
    },
  },
  readableWithoutApp,
);

reading(
  "WebAssembly whose connection breaks: the page is readable and says nothing",
  {
    site: own,
    path: FLAT,
    until: "load",
    before: (_, site) => {
      site.answer(WASM, reset);
    },
  },
  readableWithoutApp,
);

reading(
  "one changed byte in the WebAssembly: it is refused, the page is readable",
  {
    site: own,
    path: FLAT,
    until: "load",
    allow: /integrity/,
    before: (_, site) => {
      site.answer(WASM, async (_request, response, asked) => {
        const file = Buffer.from(await site.bytes(asked));
        file[file.length >> 1] ^= 1;
        response.writeHead(200, { "content-type": "application/wasm" }).end(file);
      });
    },
  },
  readableWithoutApp,
);

reading(
  "one changed byte in the script: it is refused, the page is readable",
  {
    site: own,
    path: FLAT,
    until: "load",
    allow: /integrity/,
    before: (_, site) => {
      site.answer(/^\/assets\/.*\.js$/, async (_request, response, asked) => {
        const file = Buffer.concat([await site.bytes(asked), Buffer.from(" ")]);
        response.writeHead(200, { "content-type": "text/javascript" }).end(file);
      });
    },
  },
  readableWithoutApp,
);

reading(
  "a host that does not know WebAssembly's content type: the app works",
  {
    site: own,
    path: FLAT,
    before: (_, site) => {
      site.answer(WASM, async (_request, response, asked) => {
        response.writeHead(200, { "content-type": "application/octet-stream" }).end(await site.bytes(asked));
      });
    },
  },
  async (reader) => {
    await reader.page.keyboard.press("o");
    await reader.page.waitForFunction(() => document.querySelector("article.comment").id === "comment-50");
  },
);

// Without a compiler V8 offers no WebAssembly at all, as in the strictest settings of some browsers.
let bare;
test.after(async () => (await bare)?.close());
reading(
  "a browser without WebAssembly: the page is readable and says nothing",
  {
    site: own,
    path: FLAT,
    until: "load",
    browser: () => (bare ??= launch("--js-flags=--jitless")),
  },
  async (reader) => {
    assert.equal(await reader.page.evaluate(() => typeof WebAssembly), "undefined");
    await readableWithoutApp(reader);
  },
);

// What reads files is a part of its own, fetched in idle time.

reading(
  "the part that reads files is missing at first: said, the page stays, and Retry brings it",
  {
    site: own,
    path: FLAT,
    until: "ready",
    allow: /integrity/,
    before: (_, site) => {
      site.recover = site.answer(READER, status(503));
    },
  },
  async (reader, site) => {
    await reader.notice().waitFor();
    assert.equal((await reader.ids()).length, 50);
    assert.match(await reader.page.locator(".post-body").textContent(), /surprising news/);
    site.recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.complete();
    assert.equal(await reader.notice().count(), 0);
    await reader.page.keyboard.press("o");
    await reader.page.waitForFunction(() => document.querySelector("article.comment").id === "comment-50");
  },
);

reading(
  "the part that reads files is missing on a visit: said, and Retry brings list, post and comments",
  {
    site: own,
    path: "/",
    until: "ready",
    allow: /integrity/,
    before: (_, site) => {
      site.recover = site.answer(READER, status(503));
    },
  },
  async (reader, site) => {
    await visit(reader);
    await reader.notice().waitFor();
    site.recover();
    await reader.notice().getByRole("button", { name: "Try again" }).click();
    await reader.complete();
    assert.equal((await reader.ids()).length, 50);
  },
);

// The list of keys is a part of its own, fetched when it is wanted.

const HELP = /^\/assets\/menu-.*\.wasm$/;

for (const [fault, reply] of [
  ["answered with 503", status(503)],
  ["cut off", reset],
  ["a web page", webPage],
]) {
  reading(
    `the list of keys, ${fault} at first: a notice, Retry, and it opens`,
    { site: own, path: FLAT, allow: /integrity/ },
    async (reader, site) => {
      const recover = site.answer(HELP, reply);
      await reader.page.click(".help-open");
      await reader.notice().waitFor();
      assert.equal(
        await reader.notice().locator("p").textContent(),
        "This part of the page could not be fetched. Nothing else is affected.",
      );
      await reader.page.keyboard.press("o");
      await reader.page.waitForFunction(() => document.querySelector("article.comment").id === "comment-50");
      recover();
      await reader.notice().getByRole("button", { name: "Try again" }).click();
      await reader.page.locator("dialog[open]").waitFor();
      assert.equal(await reader.notice().count(), 0);
    },
  );
}

reading(
  "the list of keys: fetched when wanted, with the focus in it, closed by Escape, the focus is back",
  { site: own, path: FLAT },
  async (reader, site) => {
    assert.equal(site.count(HELP), 0, "not fetched before");
    await reader.page.focus(".help-open");
    await reader.page.keyboard.press("Enter");
    const dialog = reader.page.locator("dialog[open]");
    await dialog.waitFor();
    assert.equal(site.count(HELP), 1);
    assert.match(await dialog.textContent(), /Next comment/);
    assert.ok(
      await reader.page.evaluate(() => document.activeElement.closest("dialog") !== null),
      "the focus is in the dialog",
    );
    await reader.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await reader.page.evaluate(() => document.activeElement.matches(".help-open")), "the focus is back");

    await reader.page.evaluate(() => document.activeElement.blur());
    await reader.page.keyboard.press("?");
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(site.count(HELP), 1, "fetched once");
  },
);
