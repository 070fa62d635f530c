// The strict policy of the site, sent as a header too: nothing violates it, wherever the reader goes.

import assert from "node:assert/strict";
import test from "node:test";
import { built, FLAT, NESTED, POLICY, Site } from "./site.mjs";
import { reading } from "./reader.mjs";

const site = await Site.serve(test, built.dist, { policy: POLICY });

// `reading` itself fails on every violated policy. This shows that it would.
reading("the watch works: a violation is heard", { site, path: FLAT, allow: /./ }, async (reader) => {
  await reader.page.evaluate(() => document.body.setAttribute("style", "color: red"));
  await reader.page.evaluate(() => {
    try {
      document.createElement("div").innerHTML = "<p>x";
    } catch {
      // What Trusted Types refuse throws as well.
    }
  });
  const heard = (await reader.complaints()).join("\n");
  assert.match(heard, /style-src/);
  assert.match(heard, /require-trusted-types-for|TrustedHTML/);
});

reading(
  "under the policy: take-over, re-order, collapse, help, visits, Back",
  { site, path: NESTED },
  async (reader) => {
    const page = reader.page;
    await reader.choose("newest");
    await page.waitForFunction(() => document.querySelector("article.comment").id !== "comment-1");
    await reader.fold(1).click();
    await page.waitForFunction(() => document.querySelector("article.comment[hidden]"));
    await page.click(".help-open");
    await page.locator("dialog[open]").getByRole("button", { name: "Close" }).click();
    await page.click(".site-title");
    await page.getByRole("link", { name: "The bench" }).click();
    await reader.complete();
    await page.goBack();
    await page.locator(".post-list").waitFor();
  },
);

reading(
  "under the policy: the app is mounted into an empty page (404.html), with its help",
  {
    site,
    path: "/posts/dropped/",
    before: (_, at) => {
      at.lay("/posts/dropped/post.json", {
        version: "https://jsonfeed.org/version/1.1",
        title: "x",
        items: [
          {
            id: "x",
            title: "Dropped",
            content_html:
              '<h2 style="color:red" onclick="alert(1)">A <em>title</em></h2><script>alert(1)</script><img src=x onerror=alert(1)>',
            _thread: { comments_url: "comments.json" },
          },
        ],
      });
      at.lay("/posts/dropped/comments.json", {
        version: "https://jsonfeed.org/version/1.1",
        title: "x",
        items: [
          {
            id: "1",
            content_html: '<p style="x">Hello <b>there</b></p><iframe src="https://elsewhere.example/"></iframe>',
          },
        ],
      });
    },
  },
  async (reader) => {
    assert.equal((await reader.ids()).length, 1);
    await reader.page.keyboard.press("?");
    await reader.page.locator("dialog[open]").waitFor();
  },
);

reading(
  "nothing is asked from anyone but the site",
  {
    site,
    path: NESTED,
    before: (reader) => {
      reader.asked = [];
      reader.page.on("request", (request) => reader.asked.push(request.url()));
    },
  },
  async (reader) => {
    await reader.page.click(".site-title");
    await reader.page.getByRole("link", { name: "The bench" }).click();
    await reader.complete();
    assert.ok(reader.asked.length > 5);
    assert.deepEqual(
      reader.asked.filter((url) => !url.startsWith(site.origin)),
      [],
    );
  },
);

reading(
  "the page itself carries the policy too, for hosts that send no headers",
  { site, path: "/", until: "load" },
  async (reader) => {
    for (const path of ["/index.html", `${FLAT}index.html`, `${NESTED}comments/2/index.html`, "/404.html"]) {
      const html = String(await site.bytes(path));
      const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)?.[1];
      assert.equal(policy, POLICY, path);
    }
    assert.equal(await reader.page.locator("[style], script:not([src]):not([type$='json'])").count(), 0);
  },
);
