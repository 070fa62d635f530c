// Files of a built site that hosts read by themselves: Netlify and Cloudflare Pages (`_headers`, `_redirects`) and GitHub
// Pages (`.nojekyll`). The rules are those of the hosts' own documentation; none of the hosts can be run here.

import assert from "node:assert/strict";
import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { build, FLAT, folder, POLICY } from "../browser/site.mjs";
import { DEMO } from "./servers.mjs";

/** Cloudflare reads no longer lines in `_headers`, and no longer ones in `_redirects`. */
const HEADER_LINE_MAX = 2000;
const REDIRECT_LINE_MAX = 1000;

/** Where the old blog had the post with the flat thread. */
const OLD = {
  "/?p=1712": FLAT.slice(1),
  "/2012/09/the-bench/": FLAT.slice(1),
  "/2012/09/%d1%81%d0%ba/": FLAT.slice(1),
};

const scratch = await folder(test);
const content = join(scratch, "content");
await cp(DEMO, content, { recursive: true });
await writeFile(join(content, "redirects.json"), JSON.stringify(OLD));
const site = await build(content, join(scratch, "site"));
const lines = async (name) =>
  (await readFile(join(site, name), "utf8")).split("\n").filter((line) => line.trim() && !line.startsWith("#"));

test("`_headers`: blocks of a path and its headers, no header twice for the same file", async () => {
  const rules = new Map();
  let path;
  for (const line of await lines("_headers")) {
    assert.ok(line.length <= HEADER_LINE_MAX, line);
    if (/^\s/.test(line)) {
      const [, name, value] = line.match(/^\s+([A-Za-z-]+): (\S.*)$/) ?? assert.fail(line);
      assert.ok(!rules.get(path).has(name), `${name} once for ${path}`);
      rules.get(path).set(name, value);
    } else {
      path = line;
      assert.match(path, /^\/[^\s*]*\*?$/, "a path with one star at its end at most");
      rules.set(path, new Map());
    }
  }
  const everywhere = rules.get("/*");
  assert.equal(everywhere.get("Content-Security-Policy"), `${POLICY}; frame-ancestors 'none'`);
  assert.equal(everywhere.get("X-Content-Type-Options"), "nosniff");
  assert.equal(rules.get("/assets/*").get("Cache-Control"), "public, max-age=31536000, immutable");
  // Both hosts would send both values, joined by a comma.
  for (const [rule, headers] of rules) {
    if (rule !== "/*") for (const name of headers.keys()) assert.ok(!everywhere.has(name), `${name} of ${rule}`);
  }
});

test("`_redirects`: old paths for both hosts, old queries for Netlify, all to files that are there", async () => {
  const found = new Map();
  for (const line of await lines("_redirects")) {
    assert.ok(line.length <= REDIRECT_LINE_MAX, line);
    const words = line.trim().split(/\s+/);
    const query = words.length === 4;
    // Cloudflare leaves lines of four words out, and knows no `301!`.
    if (query) assert.match(words[1], /^[^=\s]+=[^=\s]+$/, line);
    assert.equal(words.at(-1), query ? "301!" : "301", line);
    assert.match(words[0], /^\/[\x21-\x7e]*$/, `${line} is encoded`);
    const target = words.at(-2);
    assert.match(target, /^\//, line);
    const file = join(site, decodeURIComponent(target), target.endsWith("/") ? "index.html" : "");
    assert.ok((await stat(file)).isFile(), line);
    found.set(query ? `${words[0]}?${words[1]}` : words[0].toLowerCase(), target);
  }
  for (const old of Object.keys(OLD)) assert.equal(found.get(old), FLAT, old);
});

test("`.nojekyll`: GitHub Pages publishes the files as they are", async () => {
  assert.ok((await stat(join(site, ".nojekyll"))).isFile());
});

test("what nginx and Caddy include is never empty: Caddy would not start", async () => {
  for (const name of ["_redirects.nginx", "_redirects.caddy", "_headers.nginx", "_headers.caddy"]) {
    assert.match(await readFile(join(site, name), "utf8"), /^# \S/, name);
  }
});
