// The demo blog under nginx and Caddy, with the configurations that docs/hosting gives away: at the root of a host, and
// below a path. What a host has to do for a site is told in docs/hosting.md.

import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build, FLAT, folder, NESTED, POLICY } from "../browser/site.mjs";
import { reading } from "../browser/reader.mjs";
import { ask, caddy, DEMO, nginx } from "./servers.mjs";

const FOR_EVER = "public, max-age=31536000, immutable";
/** What only a header can say. */
const NO_FRAMES = "; frame-ancestors 'none'";
/** Where the old blog had the post with the flat thread. */
const OLD = {
  "/?p=1712": FLAT.slice(1),
  "/2012/09/the-bench/": FLAT.slice(1),
  "/2012/09/%d1%81%d0%ba%d0%b0%d0%bc%d1%8c%d1%8f/": FLAT.slice(1),
};
/** Longer than a line of a usual configuration: the longest address that WordPress makes. */
const LONG = `/2012/09/${"long-".repeat(40)}/`;

const scratch = await folder(test);
const content = join(scratch, "content");
await cp(DEMO, content, { recursive: true });
await writeFile(join(content, "redirects.json"), JSON.stringify({ ...OLD, [LONG]: NESTED.slice(1) }));
const places = [
  { where: "at the root", base: "/", www: join(scratch, "root"), site: join(scratch, "root") },
  { where: "below /blog/", base: "/blog/", www: join(scratch, "below"), site: join(scratch, "below/blog") },
];

for (const place of places) {
  await mkdir(place.www, { recursive: true });
  await build(content, place.site, "--base", place.base);
  await writeFile(join(place.site, ".hidden"), "Left here by accident.");
  for (const start of [nginx, caddy]) {
    const host = await start(test, { ...place, scratch });
    describe(`${host.name}, ${place.where}`, host, place.site);
  }
}

/** All that is asked of one host. `site` is the folder with the files. */
function describe(name, host, site) {
  const file = (path) => readFile(join(site, path.endsWith("/") ? `${path}index.html` : path));
  /** The addresses of the files in a folder of the site, whose names end like this. */
  const files = async (path, end) =>
    (await readdir(join(site, path))).filter((one) => one.endsWith(end)).map((one) => path + one);

  test(`${name}: each kind of file has its type`, async () => {
    const expected = [
      ["/", "text/html; charset=utf-8"],
      [NESTED, "text/html; charset=utf-8"],
      [(await files("/assets/", ".wasm"))[0], "application/wasm"],
      [(await files("/assets/", ".js"))[0], "text/javascript; charset=utf-8"],
      [(await files("/assets/", ".css"))[0], "text/css; charset=utf-8"],
      ["/feed.json", "application/json"],
      ["/icon.svg", "image/svg+xml"],
      ["/feed.atom", "application/atom+xml"],
      ["/manifest.webmanifest", "application/manifest+json"],
      ["/sitemap.xml", /^(application|text)\/xml/],
      ["/robots.txt", "text/plain; charset=utf-8"],
    ];
    for (const [path, type] of expected) {
      const answer = await host.ask(path);
      assert.equal(answer.status, 200, path);
      if (type instanceof RegExp) assert.match(answer.headers["content-type"], type, path);
      else assert.equal(answer.headers["content-type"], type, path);
      assert.equal(answer.headers["x-content-type-options"], "nosniff", path);
    }
  });

  test(`${name}: the compressed files are sent to who takes them, and caches are told`, async () => {
    // Very small files have no compressed copies.
    const assets = (await files("/assets/", ".wasm.br")).map((one) => one.slice(0, -".br".length));
    assert.ok(assets.length > 1, "the app has compressed parts");
    const paths = ["/", NESTED, "/feed.json", ...assets, ...(await parts(files))];
    for (const path of paths) {
      const plain = await file(path);
      const tags = new Set();
      for (const [accepted, coding, unpack] of [
        ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
        ["gzip, deflate", "gzip", gunzipSync],
        ["identity", undefined, (bytes) => bytes],
      ]) {
        const answer = await host.ask(path, { headers: { "accept-encoding": accepted } });
        assert.equal(answer.headers["content-encoding"], coding, `${path} for ${accepted}`);
        assert.equal(answer.headers.vary, "Accept-Encoding", `${path} for ${accepted}`);
        assert.ok(unpack(answer.body).equals(plain), `${path} for ${accepted} is the same file`);
        tags.add(answer.headers.etag);
      }
      assert.equal(tags.size, 3, `${path}: an ETag for each coding`);
    }
  });

  test(`${name}: what has a hash in its name is kept for ever`, async () => {
    const hashed = [".wasm", ".js", ".css"].map((end) => files("/assets/", end));
    const paths = [...(await Promise.all(hashed)).flat(), ...(await parts(files))];
    assert.ok(paths.length > 4);
    for (const path of paths) assert.equal((await host.ask(path)).headers["cache-control"], FOR_EVER, path);
  });

  test(`${name}: all else is asked for again, and not sent again`, async () => {
    for (const path of ["/", NESTED, `${NESTED}comments/2/`, "/feed.json", `${NESTED}comments.json`, "/icon.svg"]) {
      for (const coding of ["br", "gzip", "identity"]) {
        const headers = { "accept-encoding": coding };
        const first = await host.ask(path, { headers });
        assert.equal(first.headers["cache-control"], "no-cache", path);
        const again = await host.ask(path, { headers: { ...headers, "if-none-match": first.headers.etag } });
        assert.equal(again.status, 304, `${path} as ${coding}`);
        assert.equal(again.body.length, 0, path);
        const other = await host.ask(path, { headers: { ...headers, "if-none-match": '"something-else"' } });
        assert.equal(other.status, 200, path);
      }
    }
  });

  test(`${name}: the policy comes along with each answer`, async () => {
    const page = (await file("/")).toString();
    assert.ok(page.includes(`content="${POLICY}"`), "the policy of this test is that of the page");
    for (const path of ["/", NESTED, "/icon.svg", "/feed.json", "/nowhere"]) {
      assert.equal((await host.ask(path)).headers["content-security-policy"], POLICY + NO_FRAMES, path);
    }
  });

  test(`${name}: what is missing gets 404.html, with status 404, to be asked for again`, async () => {
    const missing = await file("/404.html");
    const places = ["/nowhere", "/no/where.atom", "/posts/", "/assets/", `${NESTED}comments/`, "/.hidden"];
    const hashed = ["/assets/afterword-000000000000.wasm", `${NESTED}comments/9-000000000000.json`];
    for (const path of [...places, ...hashed]) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await host.ask(path, { method });
        assert.equal(answer.status, 404, path);
        assert.equal(answer.headers["content-type"], "text/html; charset=utf-8", path);
        assert.equal(answer.headers["cache-control"], "no-cache", path);
        assert.ok(method === "HEAD" || answer.body.equals(missing), `${path} shows the page`);
      }
    }
  });

  test(`${name}: a folder's address gets its slash`, async () => {
    for (const path of [NESTED, FLAT, ...(host.base === "/" ? [] : ["/"])]) {
      const answer = await ask(host.url(path).slice(0, -1));
      assert.ok([301, 302, 307, 308].includes(answer.status), `${path}: ${answer.status}`);
      assert.equal(new URL(answer.headers.location, host.origin).href, host.url(path));
    }
  });

  test(`${name}: old addresses lead to the post`, async () => {
    const asked = [
      "/?p=1712",
      "/2012/09/the-bench/",
      "/2012/09/the-bench",
      "/2012/09/the-bench/?utm_source=letter&fbclid=x",
      "/2012/09/%d1%81%d0%ba%d0%b0%d0%bc%d1%8c%d1%8f/",
      "/2012/09/%D1%81%D0%BA%D0%B0%D0%BC%D1%8C%D1%8F",
    ];
    for (const path of asked) {
      const answer = await ask(host.origin + path);
      assert.equal(answer.status, 301, path);
      assert.equal(new URL(answer.headers.location, host.origin).href, host.url(FLAT), path);
    }
    const long = await ask(host.origin + LONG);
    assert.equal(new URL(long.headers.location, host.origin).href, host.url(NESTED));
    assert.equal((await host.ask("/?p=1713")).status, 200, "the home page, for a number that nobody knows");
  });

  test(`${name}: a part of a file, and its head alone`, async () => {
    const path = "/icon.svg";
    const plain = await file(path);
    const part = await host.ask(path, { headers: { range: "bytes=2-9" } });
    assert.equal(part.status, 206);
    assert.equal(part.headers["content-range"], `bytes 2-9/${plain.length}`);
    assert.ok(part.body.equals(plain.subarray(2, 10)));
    const head = await host.ask(NESTED, { method: "HEAD" });
    const whole = await host.ask(NESTED);
    assert.equal(head.status, 200);
    assert.equal(head.body.length, 0);
    for (const field of ["content-type", "content-length", "etag", "vary", "cache-control"]) {
      assert.equal(head.headers[field], whole.headers[field], field);
    }
  });

  const journey = "under the policy, from an old address to a comment, home, and on";
  reading(`${name}: ${journey}`, { site: host }, async (reader) => {
    await reader.page.goto(`${host.origin}/?p=1712#comment-30`);
    await reader.complete();
    assert.equal(reader.page.url(), `${host.url(FLAT)}#comment-30`);
    assert.equal((await reader.ids()).length, 50);
    await reader.page.click(".site-title");
    await reader.page.locator(".post-list").waitFor();
    await reader.open(NESTED);
    assert.equal((await reader.ids()).length, 300);
    await reader.page.click(".help-open");
    await reader.page.locator("dialog[open]").waitFor();
    await reader.open("/nowhere", "ready");
    assert.equal(await reader.page.locator("h1").textContent(), "Not here");
  });
}

/** The addresses of the files with all comments of the long thread. */
async function parts(files) {
  const found = await files(`${NESTED}comments/`, ".json");
  assert.ok(found.length > 0, "the long thread has parts");
  return found;
}
