// Conversations of a test's own: comments in a few words, written as a folder of content and built as any other.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, folder, Site } from "./site.mjs";

const VERSION = "https://jsonfeed.org/version/1.1";

/** Day `n` of the month in which all of this happens, at noon. */
export const day = (n) => new Date(Date.UTC(2026, 2, n, 12)).toISOString();

/** A text of just so many characters. */
export const text = (length) => "lorem ipsum ".repeat(Math.ceil(length / 12)).slice(0, length - 1) + ".";

/**
 * A comment: its `id`, whom it answers (`to`), when it came (`on`, a day or a date), votes (`up`, `down`), who wrote it
 * (`by`; `host` for the author of the post), and what it says (`says`).
 */
function item({ id, to, on, up, down, by = `Reader ${id}`, host = false, says = `This is ${id}.` }) {
  return {
    id,
    content_text: says,
    authors: [{ name: host ? "Mina" : by }],
    ...(on !== undefined && { date_published: typeof on === "number" ? day(on) : on }),
    _thread: {
      in_reply_to: to ?? null,
      by_post_author: host,
      ...(up !== undefined && { votes: { up, down: down ?? 0 } }),
    },
  };
}

/** The address of the post `slug`. */
export const at = (slug) => `/posts/${slug}/`;

/** Writes a blog with a post for each entry of `posts` (comments by slug), and builds it; gives the folder of the site. */
export async function written(t, posts, { site = {}, state = "open" } = {}) {
  const home = await folder(t);
  const content = join(home, "content");
  const put = (path, value) => writeFile(join(content, path), JSON.stringify(value));
  const feed = (items) => ({ version: VERSION, title: "A small blog", items });
  const items = [];
  for (const [slug, comments] of Object.entries(posts)) {
    const post = {
      id: slug,
      url: `https://small.example/posts/${slug}/`,
      title: `About ${slug}`,
      content_html: "<p>Something to talk about.</p>",
      authors: [{ name: "Mina" }],
      date_published: day(1),
      _thread: { comments_url: "comments.json", count: comments.length, state },
    };
    await mkdir(join(content, "posts", slug), { recursive: true });
    await put(`posts/${slug}/post.json`, feed([post]));
    await put(`posts/${slug}/comments.json`, feed(comments.map(item)));
    items.push({ ...post, content_html: "" });
  }
  await put("site.json", { title: "A small blog", url: "https://small.example/", language: "en", ...site });
  await put("feed.json", feed(items));
  return build(content, join(home, "site"));
}

/** The same, on a web server. */
export async function small(t, posts, options) {
  return Site.serve(t, await written(t, posts, options));
}

/** Publishes a newer state of the site: what is there now in the folders of its posts. */
export async function publish(site, newer) {
  for (const slug of await readdir(join(newer, "posts"))) {
    const files = await readdir(join(newer, "posts", slug), { recursive: true });
    for (const file of files.filter((name) => /\.(json|html)$/.test(name))) {
      site.lay(`/posts/${slug}/${file}`, await readFile(join(newer, "posts", slug, file)));
    }
  }
}

/** Waits until every row is at its place and the order is another one than `before`; gives the ids. */
export async function moved(reader, before) {
  await reader.page.waitForFunction((old) => {
    const rows = [...document.querySelectorAll("article.comment")];
    const ids = rows.map((row) => row.id.replace("comment-", ""));
    return ids.join() !== old && rows.every((row, at) => row.getAttribute("aria-posinset") === String(at + 1));
  }, before.join());
  await reader.look();
  return reader.ids();
}

/** What the page says to those who listen. */
export const announced = (reader) => reader.page.locator("p.for-ears[role=status]").textContent();

/** Waits until the focus is on the row of a comment. */
export const focusOn = (reader, id) =>
  reader.page.waitForFunction((row) => document.activeElement?.id === row, `comment-${id}`);

/** Waits until the page says that the comments are laid out in this way. */
export async function laidOut(reader, view) {
  await reader.page.waitForFunction((name) => {
    const option = document.querySelector(`.view-select option[value=${name}]`);
    const said = document.querySelector("p.for-ears[role=status]").textContent;
    return said === `Comments are now shown like this: ${option.textContent}`;
  }, view);
  await reader.look();
}

/** Lays comments out in another way, as one does in a list of choices. */
export async function layOut(reader, view) {
  await reader.page.selectOption(".view-select", view);
  await laidOut(reader, view);
}

/** The values that a list of choices offers. */
export const offered = (reader, name) =>
  reader.page.$$eval(`.${name}-select option`, (options) => options.map((option) => option.value));
