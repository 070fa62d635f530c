// One small server for both pages: the built site as a static host would serve it (with the precompressed files), and
// the hand-written page over the same comments.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
// Made while the benchmark waits; the browser's main thread does not see the difference to 11.
const BROTLI_QUALITY = 5;
const VANILLA = new URL("vanilla/", import.meta.url);

/** Serves `dist` on a free port of this machine. Gives the origin and a function that ends it. */
export async function serve(dist) {
  const made = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const found = path.startsWith("/vanilla/") ? vanilla(dist, made, path) : file(dist, path);
    found.then(
      ({ bytes, type, encoding }) => {
        response.writeHead(200, { "content-type": type, ...(encoding && { "content-encoding": encoding }) });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, end };
}

async function file(dist, path) {
  const name = path.endsWith("/") ? `${path}index.html` : path;
  const type = TYPES[extname(name)] ?? "text/plain";
  const whole = join(dist, normalize(name));
  try {
    return { bytes: await readFile(`${whole}.br`), type, encoding: "br" };
  } catch {
    // What would not become smaller has no compressed form.
    return { bytes: await readFile(whole), type };
  }
}

/** `/vanilla/page.css`, `/vanilla/<slug>/`, `/vanilla/<slug>/data.json`; each is made once. */
async function vanilla(dist, made, path) {
  if (!made.has(path)) made.set(path, make(dist, path));
  return made.get(path);
}

async function make(dist, path) {
  const [slug, name] = path.split("/").slice(2);
  const post = join(dist, "posts", slug);
  const text = {
    "": async () => fill(await readFile(new URL("page.html", VANILLA), "utf8"), await one(join(post, "post.json"))),
    "data.json": async () => JSON.stringify(await comments(post)),
  }[name] ?? (() => readFile(new URL(slug, VANILLA), "utf8"));
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  const bytes = await promisify(brotliCompress)(await text(), { params });
  return { bytes, type: TYPES[extname(path)] ?? TYPES[".html"], encoding: "br" };
}

const one = async (path) => JSON.parse(await readFile(path, "utf8")).items[0];
const fill = (page, post) => page.replaceAll("{title}", post.title).replace("{post}", () => post.content_html);

/** All comments of a post in order of arrival, in the flat form that the hand-written page reads. */
async function comments(post) {
  const { _thread } = await one(join(post, "post.json"));
  const files = _thread.pages?.map((page) => page.url) ?? [_thread.comments_url];
  const pages = await Promise.all(files.map(async (url) => JSON.parse(await readFile(join(post, url), "utf8")).items));
  const items = pages.flat().sort((a, b) => Date.parse(a.date_published) - Date.parse(b.date_published));
  return items.map((item, n) => ({
    n,
    id: item.id,
    to: item._thread?.in_reply_to ?? null,
    author: item.authors?.[0]?.name ?? "Anonymous",
    date: item.date_published,
    html: item.content_html ?? "",
  }));
}
