// Writing: what a reader writes in, what is kept of it, and the ways out of a site without a server.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import test from "node:test";
import puppeteer from "puppeteer-core";
import { at, written } from "./content.mjs";
import { Server } from "./faults/server.mjs";
import { DESK, PATIENCE, PHONE, reading } from "./reader.mjs";
import { built, FLAT, NESTED, POLICY, Site } from "./site.mjs";

const site = await Site.serve(test, built.dist, { policy: POLICY });
const axe = { content: readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") };
const HAND = { screen: PHONE, context: { hasTouch: true, isMobile: true } };
const CLIPBOARD = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

const form = (reader, target = "thread") => reader.page.locator(`form.composer[data-target="${target}"]`);
const field = (reader, target) => form(reader, target).locator(".composer-text");
const value = (reader, target) => field(reader, target).inputValue();
const focused = (reader, selector) =>
  reader.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

/** Opens the composer at the end of the thread, and waits until one can type. */
async function compose(reader) {
  await reader.page.click(".compose-open");
  await focused(reader, 'form.composer[data-target="thread"] .composer-text');
}

/** Opens the composer for the answer to a comment. */
async function reply(reader, id) {
  await reader.comment(id).locator(".comment-reply").click();
  await focused(reader, `form.composer[data-target="reply ${id}"] .composer-text`);
}

/** Waits until all that was typed is on the disk. */
const saved = (reader, target) =>
  form(reader, target).locator(".composer-state[data-state=saved]").waitFor({ timeout: PATIENCE });

/** Waits until the field holds a text. */
const holds = (reader, text, target = "thread") =>
  reader.page.waitForFunction(
    ([wanted, name]) =>
      document.querySelector(`form.composer[data-target="${name}"] .composer-text`)?.value === wanted,
    [text, target],
  );

/** The ids of some comments of the thread that can be answered. */
const answerable = async (reader, count) => {
  const ids = await reader.page.$$eval("article.comment:has(.comment-reply)", (rows) =>
    rows.map((row) => row.id.replace("comment-", "")),
  );
  return ids.slice(0, count);
};

reading(
  "a comment is written at the end of the thread: named, at hand, kept, and nothing jumps",
  { site, path: FLAT },
  async (reader) => {
    await reader.page.locator(".compose-open").scrollIntoViewIfNeeded();
    await reader.look();
    const top = (element) => element.getBoundingClientRect().top;
    const before = await reader.page.$eval(".compose-open", top);
    await compose(reader);
    const moved = (await form(reader).evaluate(top)) - before;
    assert.ok(moved <= 0 && moved > -300, `it is where its button was, or a little higher so that it fits: ${moved}`);
    assert.equal(await reader.page.getByRole("textbox", { name: "Your comment" }).count(), 1);
    const attributes = await field(reader).evaluate((area) => ({
      dir: area.dir,
      spellcheck: area.getAttribute("spellcheck"),
      size: Number.parseFloat(getComputedStyle(area).fontSize),
    }));
    assert.deepEqual({ ...attributes, size: attributes.size >= 16 }, { dir: "auto", spellcheck: null, size: true });
    assert.equal(await form(reader).locator(".composer-state").getAttribute("data-state"), "empty");
    await reader.page.keyboard.type("It was the third screw.");
    await saved(reader);
    assert.equal(await form(reader).locator(".composer-state").textContent(), "Draft saved");
    // It grows with its text.
    const height = () => field(reader).evaluate((area) => area.clientHeight);
    const low = await height();
    await reader.page.keyboard.insertText("\nmore".repeat(12));
    assert.ok((await height()) > low + 100);
  },
);

reading(
  "a draft comes back at its place with text, caret and scroll, and takes neither focus nor the page",
  { site, path: FLAT },
  async (reader) => {
    const [, second] = await answerable(reader, 2);
    await reply(reader, second);
    await reader.page.keyboard.insertText("one\ntwo\nthree");
    await field(reader, `reply ${second}`).evaluate((area) => area.setSelectionRange(4, 7));
    await compose(reader);
    await reader.page.keyboard.insertText("Another, at the end.");
    await saved(reader);
    await saved(reader, `reply ${second}`);
    await reader.page.evaluate(() => window.scrollTo(0, 0));
    await reader.page.waitForTimeout(300);
    await reader.page.reload();
    await reader.complete();
    await holds(reader, "one\ntwo\nthree", `reply ${second}`);
    await holds(reader, "Another, at the end.");
    const area = field(reader, `reply ${second}`);
    assert.deepEqual(await area.evaluate((a) => [a.selectionStart, a.selectionEnd]), [4, 7]);
    assert.equal(await reader.scrolled(), 0);
    assert.equal(await reader.page.evaluate(() => document.activeElement.tagName), "BODY");
    assert.equal(await reader.page.locator(".drafts-open").textContent(), "You have 2 drafts on this site");
  },
);

reading("an answer is written in the row, which stays where it is", { site, path: NESTED }, async (reader) => {
  const [first, second] = await answerable(reader, 2);
  await reader.scrollTo(second);
  const before = await reader.top(second);
  await reply(reader, second);
  assert.ok(Math.abs((await reader.top(second)) - before) < 2, "the row stays");
  const name = await reader.comment(second).locator(".comment-author").first().textContent();
  assert.equal(await form(reader, `reply ${second}`).locator(".composer-title").textContent(), `Your reply to ${name}`);
  await reader.page.keyboard.type("Second.");
  // Several are open at once, and each again with its own words.
  await reply(reader, first);
  await reader.page.keyboard.type("First.");
  await reply(reader, second);
  assert.deepEqual(
    [await value(reader, `reply ${first}`), await value(reader, `reply ${second}`)],
    ["First.", "Second."],
  );
  assert.equal(await reader.page.locator("form.composer").count(), 2);
});

reading("another order leaves text, caret, focus and undo alone", { site, path: FLAT }, async (reader) => {
  const [, , third] = await answerable(reader, 3);
  await reply(reader, third);
  await reader.page.keyboard.type("kept ");
  await reader.page.keyboard.type("words");
  const ids = await reader.ids();
  await reader.page.evaluate(() => {
    const select = document.querySelector(".order-select");
    select.value = "newest";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await reader.order([...ids].reverse());
  await reader.look();
  assert.equal(await value(reader, `reply ${third}`), "kept words");
  await focused(reader, `form.composer[data-target="reply ${third}"] .composer-text`);
  await reader.page.keyboard.press("Control+z");
  assert.notEqual(await value(reader, `reply ${third}`), "kept words");
});

reading(
  "a search, folding, another layout and the dark leave text, caret and undo alone, also without the focus",
  { site, path: NESTED },
  async (reader) => {
    const [, id] = await answerable(reader, 2);
    const target = `reply ${id}`;
    await reply(reader, id);
    await reader.page.keyboard.type("kept ");
    await reader.page.keyboard.type("words");
    await reader.page.keyboard.press("ArrowLeft");
    const caret = () => field(reader, target).evaluate((area) => [area.selectionStart, area.selectionEnd]);
    const before = await caret();
    // Presses of what stands elsewhere take the focus out of the text.
    await reader.page.click(".find-open");
    // Not typed: Chromium undoes what was typed last, in whichever field.
    for (const words of ["no such words anywhere", ""]) {
      await reader.page.locator(".find-field").evaluate((input, text) => {
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }, words);
      await reader.look();
    }
    for (const view of ["flat", "threaded"]) {
      await reader.page.evaluate((value) => {
        const select = document.querySelector(".view-select");
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }, view);
      await reader.look();
    }
    for (let presses = 0; presses < 2; presses += 1) {
      await reader.page.getByRole("button", { name: /^(Collapse|Expand) all$/ }).click();
      await reader.look();
    }
    await reader.page.emulateMedia({ colorScheme: "dark" });
    await reader.look();
    assert.equal(await value(reader, target), "kept words");
    await field(reader, target).focus();
    assert.deepEqual(await caret(), before);
    await reader.page.keyboard.press("Control+z");
    assert.notEqual(await value(reader, target), "kept words");
  },
);

reading("tools and keys set marks, and undo takes them back", { site, path: FLAT }, async (reader) => {
  await compose(reader);
  await reader.page.keyboard.type("loud");
  await field(reader).selectText();
  await reader.page.keyboard.press("Control+b");
  assert.equal(await value(reader), "**loud**");
  await reader.page.keyboard.press("Control+z");
  assert.equal(await value(reader), "loud");
  await reader.page.keyboard.press("Control+y");
  assert.equal(await value(reader), "**loud**");
  await field(reader).selectText();
  await form(reader).getByRole("button", { name: "Quotation" }).click();
  assert.equal(await value(reader), "> **loud**");
  await focused(reader, ".composer-text");
  // A list goes on with Enter, and Shift and Enter is only a new line.
  await field(reader).selectText();
  await reader.page.keyboard.type("- a");
  await reader.page.keyboard.press("Enter");
  assert.equal(await value(reader), "- a\n- ");
  await reader.page.keyboard.press("Shift+Enter");
  assert.equal(await value(reader), "- a\n- \n");
  // One of the tools is reached with Tab, the others with arrows.
  const stops = await reader.page.$$eval(".composer-tool", (tools) => tools.map((tool) => tool.tabIndex));
  assert.equal(stops.filter((stop) => stop === 0).length, 1);
  await reader.page.locator(".composer-tool[tabindex='0']").focus();
  await reader.page.keyboard.press("ArrowRight");
  assert.ok(await reader.page.evaluate(() => document.activeElement.matches(".composer-tool[tabindex='0']")));
});

reading("keys of an input method are none of ours", { site, path: FLAT }, async (reader) => {
  await compose(reader);
  await reader.page.keyboard.type("日本");
  const taken = await field(reader).evaluate((area) => {
    const event = (init) => new KeyboardEvent("keydown", { bubbles: true, cancelable: true, composed: true, ...init });
    return [
      area.dispatchEvent(event({ key: "Enter", ctrlKey: true, isComposing: true })),
      area.dispatchEvent(event({ key: "b", ctrlKey: true, keyCode: 229 })),
    ];
  });
  assert.deepEqual(taken, [true, true]);
  assert.equal(await value(reader), "日本");
  assert.equal(await reader.page.locator(".composer-problem:not(:empty)").count(), 0);
});

/** Pastes as a browser does that was given these forms of a text. */
const paste = (reader, html, plain) =>
  field(reader).evaluate(
    (area, [rich, words]) => {
      const clipboardData = new DataTransfer();
      if (rich) clipboardData.setData("text/html", rich);
      clipboardData.setData("text/plain", words);
      return area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [html, plain],
  );

reading("rich text is pasted as Markdown, and plain text is left to the browser", { site, path: FLAT }, async (reader) => {
  await compose(reader);
  await reader.page.keyboard.type("See: ");
  const html = '<p>a <strong>strong</strong> <a href="https://a.example/x">link</a></p>';
  assert.equal(await paste(reader, html, "a strong link"), false);
  assert.equal(await value(reader), "See: a **strong** [link](https://a.example/x)");
  await reader.page.keyboard.press("Control+z");
  assert.equal(await value(reader), "See: ");
  assert.equal(await paste(reader, "", "only words"), true);
  await field(reader).selectText();
  assert.equal(await paste(reader, "", "https://b.example/"), false);
  assert.match(await value(reader), /\(https:\/\/b\.example\/\)/);
});

/** Selects all words of a comment, as a reader does with the pointer. */
const select = (reader, selector) =>
  reader.page.evaluate((wanted) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(wanted));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }, selector);

reading("what is selected is quoted into the answer, by key and by button", { site, path: FLAT }, async (reader) => {
  const [first, second] = await answerable(reader, 2);
  const words = (await reader.comment(first).locator(".comment-body").innerText()).split("\n")[0];
  await select(reader, `[id="comment-${first}"] .comment-body`);
  await reader.page.keyboard.press("q");
  await focused(reader, `form.composer[data-target="reply ${first}"] .composer-text`);
  await reader.page.waitForFunction(() => document.activeElement.value?.startsWith("> "));
  const quoted = await value(reader, `reply ${first}`);
  assert.ok(quoted.startsWith(`> ${words.slice(0, 20)}`), quoted);
  assert.ok(quoted.includes(`#comment-${first})`), quoted);
  // One goes on below it.
  await reader.page.keyboard.type("Indeed.");
  assert.ok((await value(reader, `reply ${first}`)).endsWith("\n\nIndeed."));

  await reader.scrollTo(second);
  await select(reader, `[id="comment-${second}"] .comment-body`);
  await reader.page.locator(".quote-button").click();
  await focused(reader, `form.composer[data-target="reply ${second}"] .composer-text`);
  await reader.page.waitForFunction(() => document.activeElement.value?.startsWith("> "));
  await reader.page.locator(".quote-button").waitFor({ state: "detached" });

  await select(reader, ".post-body p");
  await reader.page.locator(".quote-button").click();
  await focused(reader, 'form.composer[data-target="thread"] .composer-text');
});

reading("the preview stands beside the text, and says what a server would make of it", { site, path: FLAT }, async (reader) => {
  await compose(reader);
  await reader.page.keyboard.insertText("a **strong** word <script>alert(1)</script>");
  await form(reader).getByRole("button", { name: "Preview" }).click();
  await reader.page.locator(".composer-preview strong").waitFor();
  assert.equal(await reader.page.locator(".composer-preview strong").textContent(), "strong");
  assert.equal(await reader.page.locator(".composer-preview script").count(), 0);
  assert.ok(await field(reader).isVisible());
  await field(reader).focus();
  await reader.page.keyboard.press("Control+End");
  await reader.page.keyboard.type(" *new*");
  await reader.page.locator(".composer-preview em").waitFor();
});

reading("on a phone one sees the text or the preview, and nothing is wider than the screen", { site, path: FLAT, ...HAND }, async (reader) => {
  await reader.page.tap(".compose-open");
  await focused(reader, ".composer-text");
  await reader.page.keyboard.insertText("a *word*");
  await form(reader).getByRole("button", { name: "Preview" }).tap();
  await reader.page.locator(".composer-preview em").waitFor();
  assert.ok(!(await field(reader).isVisible()));
  assert.equal(await reader.overflow(), 0);
  await form(reader).getByRole("button", { name: "Write" }).tap();
  await focused(reader, ".composer-text");
  assert.equal(await value(reader), "a *word*");
  const low = await reader.page.$$eval(
    ".composer :is(button, a, input:not([type=checkbox])), .composer label.composer-remembering",
    (all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.className),
  );
  assert.deepEqual(low, []);
});

reading("without a server the text goes out by the reader's own hand, and its draft stays until they say so", { site, path: FLAT, ...CLIPBOARD }, async (reader) => {
  await compose(reader);
  const way = (name) => form(reader).locator(`.composer-way[data-way=${name}]`);
  await way("copy").click();
  assert.equal(await form(reader).locator("#problem-thread").textContent(), "There is no text yet.");
  assert.equal(await field(reader).getAttribute("aria-invalid"), "true");
  await reader.page.keyboard.type("By hand.");
  assert.equal(await field(reader).getAttribute("aria-invalid"), null);
  await way("copy").click();
  await focused(reader, ".composer-name");
  assert.equal(await form(reader).getByText("A name is wanted.").count(), 1);
  await reader.page.keyboard.type("Ann");

  await way("copy").click();
  await form(reader).locator(".composer-done").waitFor();
  const copied = await reader.page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^By hand\.\n\n— Ann\n\n.*\/posts\/the-bench-that-squeaks\/\n$/);

  const [download] = await Promise.all([reader.page.waitForEvent("download"), way("download").click()]);
  assert.equal(download.suggestedFilename(), "comment-the-bench-that-squeaks.json");
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.equal(file.items.length, 1);
  assert.equal(file.items[0].authors[0].name, "Ann");

  // Where the mail program would open: only the address is looked at.
  await reader.page.evaluate(() => addEventListener("click", (event) => event.preventDefault()));
  await way("mail").click();
  assert.match(await way("mail").getAttribute("href"), /^mailto:tilda@blog\.example\?subject=.*&body=By%20hand\./);
  await way("link").click();
  assert.match(await way("link").getAttribute("href"), /^https:\/\/forum\.blog\.example\/new\?title=.*By%20hand\./);
  assert.equal(await way("link").getAttribute("rel"), "noopener");

  await field(reader).fill("long ".repeat(400));
  await way("mail").click();
  assert.match(await form(reader).locator(".composer-notes").textContent(), /too long for a link to your e-mail/);

  await field(reader).fill("By hand.");
  await way("copy").click();
  await form(reader).locator(".composer-done").click();
  await form(reader).waitFor({ state: "detached" });
  await reader.page.reload();
  await reader.complete();
  await reader.page.waitForTimeout(500);
  assert.equal(await reader.page.locator("form.composer, .drafts-open").count(), 0);
});

reading("name and website are remembered only if that is ticked, and forgotten when it is not", { site, path: FLAT }, async (reader) => {
  const stored = () => reader.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("writer")));
  await compose(reader);
  await form(reader).locator(".composer-name").fill("Ann");
  await form(reader).locator(".composer-name").blur();
  assert.deepEqual(await stored(), []);
  await form(reader).locator(".composer-remember").check();
  assert.equal((await stored()).length, 1);
  await reader.page.reload();
  await reader.complete();
  await compose(reader);
  assert.equal(await form(reader).locator(".composer-name").inputValue(), "Ann");
  await form(reader).locator(".composer-remember").uncheck();
  assert.deepEqual(await stored(), []);
});

reading("closing keeps the draft, discarding can be undone", { site, path: FLAT }, async (reader) => {
  await compose(reader);
  await reader.page.keyboard.type("Not yet.");
  await form(reader).locator(".composer-cancel").click();
  await form(reader).waitFor({ state: "detached" });
  await focused(reader, ".compose-open");
  await reader.page.waitForFunction(() =>
    [...document.querySelectorAll("[role=status]")].some((one) => one.textContent.startsWith("Closed. Your draft is kept.")),
  );
  await compose(reader);
  await holds(reader, "Not yet.");
  await form(reader).locator(".composer-discard").click();
  await holds(reader, "");
  await form(reader).locator(".composer-undo").click();
  await holds(reader, "Not yet.");
  await saved(reader);
  await form(reader).locator(".composer-discard").click();
  await reader.page.waitForFunction(() => !document.querySelector(".drafts-open"));
  await reader.page.reload();
  await reader.complete();
  await reader.page.waitForTimeout(500);
  assert.equal(await reader.page.locator("form.composer").count(), 0);
});

reading("all drafts are in a list: opened, discarded and brought back, exported", { site, path: FLAT }, async (reader) => {
  const [first] = await answerable(reader, 1);
  await reply(reader, first);
  await reader.page.keyboard.type("An answer.");
  await compose(reader);
  await reader.page.keyboard.type("A comment.");
  await saved(reader);
  await saved(reader, `reply ${first}`);
  await reader.open(NESTED);
  await reader.page.locator(".drafts-open").click();
  const drafts = reader.page.locator("dialog.drafts .draft");
  await drafts.nth(1).waitFor();
  assert.equal(await drafts.count(), 2);
  assert.deepEqual(await drafts.locator(".draft-words").allTextContents(), ["A comment.", "An answer."]);
  assert.match(await drafts.nth(0).locator(".draft-name").textContent(), /^Comment on The bench that squeaks$/);
  assert.match(await drafts.nth(1).locator(".draft-on").textContent(), /^on The bench that squeaks$/);
  await drafts.nth(0).locator(".draft-discard").click();
  await drafts.nth(0).locator(".draft-undo").click();
  await drafts.nth(0).locator(".draft-discard").waitFor();
  const [download] = await Promise.all([
    reader.page.waitForEvent("download"),
    reader.page.click("dialog.drafts .drafts-export"),
  ]);
  const file = await readFile(await download.path(), "utf8");
  assert.ok(file.includes("A comment.") && file.includes("An answer."), file);
  await drafts.nth(1).locator(".draft-open").click();
  await holds(reader, "An answer.", `reply ${first}`);
  assert.equal(await reader.page.locator("dialog.drafts").count(), 0);
});

reading("all that is stored is shown, and forgotten when asked twice", { site, path: FLAT }, async (reader) => {
  await compose(reader);
  await reader.page.keyboard.type("Soon gone.");
  await form(reader).locator(".composer-name").fill("Ann");
  await form(reader).locator(".composer-remember").check();
  await saved(reader);
  await reader.page.locator(".drafts-open").click();
  await reader.page.click(".stored > summary");
  await reader.page.locator(".stored-forget").waitFor();
  const told = await reader.page.locator(".stored-what").textContent();
  assert.match(told, /1 draft/);
  assert.match(told, /Ann/);
  await reader.page.click(".stored-forget");
  await reader.page.click(".stored-sure");
  await reader.page.getByText("Everything that this blog had stored on this device is forgotten.").first().waitFor();
  const left = await reader.page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map((database) => database.name);
    return [Object.keys(localStorage).filter((key) => key.startsWith("afterword")), databases];
  });
  assert.deepEqual(left, [[], []]);
});

reading("a draft that two tabs have changed is kept twice, and one chooses", { site, path: FLAT }, async (reader) => {
  const other = await reader.context.newPage();
  await compose(reader);
  await reader.page.keyboard.type("From here.");
  await saved(reader);
  await other.goto(site.url(FLAT));
  await other.waitForFunction(() => document.querySelector(".composer-text")?.value === "From here.");
  // Neither hears of the other while both type.
  await Promise.all([
    other.locator(".composer-text").fill("From there, and longer."),
    field(reader).fill("From here, changed."),
  ]);
  await Promise.race([
    reader.page.locator(".composer-copies").waitFor(),
    other.locator(".composer-copies").waitFor(),
  ]);
  const parted = (await reader.page.locator(".composer-copies").count()) ? reader.page : other;
  const words = await parted.locator(".composer-copy-words").textContent();
  const mine = await parted.locator(".composer-text").inputValue();
  assert.deepEqual([words, mine].sort(), ["From here, changed.", "From there, and longer."]);
  assert.match(await parted.locator(".composer-copies").textContent(), /Both are kept\./);
  await parted.locator(".composer-copy-append").click();
  await parted.waitForFunction(
    ([a, b]) => {
      const text = document.querySelector(".composer-text").value;
      return text.includes(a) && text.includes(b) && !document.querySelector(".composer-copies");
    },
    [words, mine],
  );
  await other.close();
});

reading(
  "where nothing can be stored that is said at once, and one types on",
  {
    site,
    path: FLAT,
    ...CLIPBOARD,
    init: () => Object.defineProperty(window, "indexedDB", { get: () => undefined }),
  },
  async (reader) => {
    await compose(reader);
    await reader.page.keyboard.type("Into the air.");
    await form(reader).locator(".composer-state[data-state=not-saved]").waitFor();
    assert.match(await form(reader).getByRole("alert").textContent(), /keeps nothing for this page/);
    await form(reader).locator(".composer-copy-text").click();
    await form(reader).getByText("Copied.").waitFor();
    assert.equal(await reader.page.evaluate(() => navigator.clipboard.readText()), "Into the air.");
    await field(reader).focus();
    await reader.page.keyboard.press("End");
    await reader.page.keyboard.type(" And on.");
    assert.equal(await value(reader), "Into the air. And on.");
  },
);

reading(
  "a draft whose comment is gone is kept and offered at the end",
  { site: (t) => Site.serve(t, built.dist), path: FLAT },
  async (reader, own) => {
    const [first] = await answerable(reader, 1);
    await reply(reader, first);
    await reader.page.keyboard.type("Where have you gone?");
    await saved(reader, `reply ${first}`);
    const path = (await reader.page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name)))
      .map((name) => new URL(name).pathname)
      .filter((name) => /comments.*\.json$/.test(name));
    for (const file of path) {
      const feed = JSON.parse((await own.bytes(file)).toString());
      feed.items = feed.items.filter((item) => item.id !== first);
      own.lay(file, feed);
    }
    await reader.page.reload();
    await reader.page.locator(".drafts-gone").waitFor();
    assert.match(await reader.page.locator(".drafts-gone").textContent(), /not here any more.*Where have you gone\?/);
    await reader.page.click(".drafts-gone .button");
    await reader.page.locator("dialog.drafts .draft-copy").waitFor();
    assert.equal(await reader.page.locator("dialog.drafts .draft-open").count(), 0);
  },
);

/** A blog whose comments go to a server. */
async function talking(t) {
  const server = await Server.start(t);
  const comments = { kind: "isso", endpoint: server.endpoint };
  return Site.serve(t, await written(t, { talk: [{ id: "1", on: 2 }] }, { site: { comments } }));
}

reading(
  "robots are held back once and kindly: who presses again has sent",
  { site: talking, path: at("talk") },
  async (reader) => {
    await compose(reader);
    const trap = form(reader).locator(".composer-trap-field");
    assert.equal(await trap.evaluate((one) => one.tabIndex), -1);
    assert.equal(await form(reader).locator(".composer-trap").getAttribute("aria-hidden"), "true");
    await form(reader).locator(".composer-name").fill("Ann");
    await field(reader).fill("Quick as a person can be.");
    await trap.evaluate((one) => {
      one.value = "https://spam.example/";
    });
    await form(reader).locator(".composer-send").click();
    await form(reader).getByText("Please press the button once more.").waitFor();
    assert.equal(await value(reader), "Quick as a person can be.");
    // Once more, with the key for it.
    await field(reader).focus();
    await reader.page.keyboard.press("Control+Enter");
    await form(reader).waitFor({ state: "detached" });
    await reader.page.locator("article.comment", { hasText: "Quick as a person can be." }).waitFor();
  },
);

for (const [name, screen] of [["a desk", { screen: DESK }], ["a phone", HAND]]) {
  for (const scheme of ["light", "dark"]) {
    reading(
      `axe-core finds nothing wrong with composer, preview and list at ${name} in the ${scheme}`,
      { site, path: FLAT, ...screen, context: { ...screen.context, colorScheme: scheme, bypassCSP: true } },
      async (reader) => {
        await compose(reader);
        await reader.page.keyboard.insertText("Some *words*.");
        await form(reader).getByRole("button", { name: "Preview" }).click();
        await reader.page.locator(".composer-preview em").waitFor();
        await saved(reader);
        await form(reader).locator(".composer-way[data-way=copy]").click();
        await reader.page.addScriptTag(axe);
        const check = async (within) => {
          const found = await reader.page.evaluate((selector) => window.axe.run(selector), within);
          return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
        };
        assert.deepEqual(await check("form.composer"), []);
        await reader.page.locator(".drafts-open").click();
        await reader.page.locator("dialog.drafts .draft").waitFor();
        await reader.page.click(".stored > summary");
        await reader.page.locator(".stored-forget").waitFor();
        assert.deepEqual(await check("dialog.drafts"), []);
      },
    );
  }
}

const FIREFOX = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

test("in Firefox: marks, undo, a field that grows, and a draft that comes back", { timeout: 120_000 }, async (t) => {
  const executablePath = FIREFOX.find((path) => path && existsSync(path));
  assert.ok(executablePath, "Firefox is there: install the package `firefox-esr`, or set FIREFOX to its path");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 60_000 });
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const heard = [];
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  const written = () => page.$eval(".composer-text", (area) => area.value);
  const height = () => page.$eval(".composer-text", (area) => area.clientHeight);
  const withControl = async (...keys) => {
    await page.keyboard.down("Control");
    for (const key of keys) await page.keyboard.press(key);
    await page.keyboard.up("Control");
  };
  await page.goto(site.url(FLAT));
  await page.waitForSelector(".compose-open");
  await page.click(".compose-open");
  await page.waitForSelector("form.composer .composer-text:focus");
  await page.keyboard.type("loud");
  await withControl("a", "b");
  assert.equal(await written(), "**loud**");
  await withControl("z");
  assert.equal(await written(), "loud");
  await page.keyboard.press("End");
  const low = await height();
  for (let line = 0; line < 9; line += 1) await page.keyboard.press("Enter");
  await page.keyboard.type("end");
  assert.ok((await height()) > low + 50);
  await page.waitForSelector(".composer-state[data-state=saved]");
  const text = await written();
  await page.reload();
  await page.waitForFunction((wanted) => document.querySelector(".composer-text")?.value === wanted, {}, text);
  assert.deepEqual(heard, []);
});
