// Drafts on the disk: what is stored, what another tab, a full disk, a forbidden or damaged database does to them, and that
// no word is lost by any of it.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { built, FLAT, folder, Site } from "./site.mjs";
import { launch, PATIENCE, reading } from "./reader.mjs";
import { startChromium, startFirefox } from "./kill/victim.mjs";

const site = await Site.serve(test, built.dist);

const FORM = "form.composer";
const TEXT = `${FORM} textarea.composer-text`;
const STATE = `${FORM} .composer-state`;

/** So many random rounds are told with two tabs, and each session of that begins with an empty database. */
const ROUNDS = Number(process.env.ROUNDS ?? 200);
const ROUNDS_IN_SESSION = 20;

/** Waits until a composer at the end of the thread is open, and its state is known. */
async function composing(page) {
  await page.waitForSelector("html.app-complete", { state: "attached" });
  await page.waitForSelector(".compose-open", { state: "attached" });
  // What was begun here opens by itself, unless another tab has just emptied it.
  const begun = Object.keys(await records(page, "drafts").catch(() => ({}))).length > 0;
  const open = begun && (await page.waitForSelector(TEXT, { timeout: 4_000 }).catch(() => null));
  if (!open) await page.click(".compose-open");
  await page.waitForSelector(TEXT);
}

const valueOf = (page) => page.$eval(TEXT, (field) => field.value);

const stateOf = (page) => page.$eval(STATE, (state) => state.dataset.state);

/** Waits until the composer says this of its text. */
const said = (page, ...states) =>
  page.waitForFunction(
    ([selector, wanted]) => wanted.includes(document.querySelector(selector)?.dataset.state),
    [STATE, states],
    { timeout: PATIENCE },
  );

/** Types at the end of the text, as an input method does: all at once. */
async function type(page, words) {
  await page.$eval(TEXT, (field) => {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  await page.keyboard.insertText(words);
}

/** Waits until the field has a text. */
const shows = (page, text) =>
  page.waitForFunction(
    ([selector, wanted]) => document.querySelector(selector)?.value === wanted,
    [TEXT, text],
    { timeout: PATIENCE },
  );

/** All records of a store of the database, by key; nothing if there is no database. */
const records = (page, store) =>
  page.evaluate(async (name) => {
    const known = await indexedDB.databases();
    if (!known.some((database) => database.name === "afterword")) return {};
    const asked = (request) =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const database = await asked(indexedDB.open("afterword"));
    const objects = database.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all([asked(objects.getAllKeys()), asked(objects.getAll())]);
    database.close();
    return Object.fromEntries(keys.map((key, at) => [key, values[at]]));
  }, store);

/** Makes the database as Afterword does, with one record of the drafts. */
const lay = (page, key, value) =>
  page.evaluate(
    ([at, record]) =>
      new Promise((done, failed) => {
        const request = indexedDB.open("afterword", 1);
        request.onupgradeneeded = () =>
          ["drafts", "outbox", "aside"].forEach((name) => request.result.createObjectStore(name));
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction("drafts", "readwrite");
          transaction.objectStore("drafts").put(record, at);
          transaction.oncomplete = () => {
            request.result.close();
            done();
          };
        };
      }),
    [key, value],
  );

const textsOf = async (page) => Object.values(await records(page, "drafts")).map((draft) => draft.text);

const told = { site, path: FLAT };

reading("a text is on the disk when it is said to be saved, and comes back with caret", told, async ({ page }) => {
  assert.deepEqual(await page.evaluate(() => indexedDB.databases()), [], "who only reads gets no database");
  await composing(page);
  assert.equal(await stateOf(page), "empty");
  await type(page, "First words.");
  await said(page, "saved");
  assert.deepEqual(await textsOf(page), ["First words."]);
  await page.$eval(TEXT, (field) => field.setSelectionRange(2, 5));
  await page.$eval(TEXT, (field) => field.blur());
  await page.waitForTimeout(300);
  await page.reload();
  await shows(page, "First words.");
  assert.deepEqual(await page.$eval(TEXT, (field) => [field.selectionStart, field.selectionEnd]), [2, 5]);
  assert.ok(await page.evaluate((selector) => document.activeElement !== document.querySelector(selector), TEXT));
  await page.$eval(TEXT, (field) => {
    field.focus();
    field.select();
  });
  await page.keyboard.press("Delete");
  await said(page, "empty");
  assert.deepEqual(await records(page, "drafts"), {}, "an emptied text is no draft");
});

reading("every unit of a text is kept: half pairs, NUL, marks of direction", told, async ({ page }) => {
  await composing(page);
  const units = [0xd83d, 0x41, 0, 0xde00, 0x202e, 0xfffd, 0xd83d, 0xde00, 0xd800];
  await page.$eval(
    TEXT,
    (field, all) => {
      field.value = String.fromCharCode(...all);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    units,
  );
  await said(page, "saved");
  await page.reload();
  await page.waitForFunction((selector) => document.querySelector(selector)?.value, TEXT);
  assert.deepEqual(await page.$eval(TEXT, (field) => [...Array(field.value.length).keys()].map((n) => field.value.charCodeAt(n))), units);
});

reading("what is typed and left at once is kept when the tab is hidden", told, async ({ page, context }) => {
  await composing(page);
  await type(page, "In haste");
  // Another tab comes to the front.
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const second = await context.newPage();
  await second.goto(page.url());
  await shows(second, "In haste");
});

reading("two tabs: the one without words of its own follows", told, async ({ page, context }) => {
  await composing(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await composing(second);
  await type(page, "One");
  await shows(second, "One");
  await type(second, " two");
  await shows(page, "One two");
  assert.deepEqual(await textsOf(page), ["One two"]);
  await page.$eval(TEXT, (field) => {
    field.focus();
    field.select();
  });
  await page.keyboard.press("Delete");
  await shows(second, "");
});

reading("two tabs that write at once: both texts are kept", told, async ({ page, context }) => {
  await composing(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await composing(second);
  const write = (tab, words) =>
    tab.$eval(
      TEXT,
      (field, text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      },
      words,
    );
  await Promise.all([write(page, "From the first"), write(second, "From the second")]);
  await Promise.all([said(page, "saved"), said(second, "saved")]);
  assert.deepEqual((await textsOf(page)).sort(), ["From the first", "From the second"]);
  await page.reload();
  await page.waitForFunction((selector) => document.querySelector(selector)?.value, TEXT);
});

for (const [what, record] of [
  ["from a newer version", (draft) => ({ ...draft, v: 99, words: "elsewhere" })],
  ["damaged", (draft) => ({ ...draft, text: undefined, words: [1, { deep: true }] })],
  ["no record at all", () => "junk"],
]) {
  reading(`a record that is ${what} is kept aside as it is`, told, async ({ page }) => {
    await composing(page);
    await type(page, "Before");
    await said(page, "saved");
    const [[key, draft]] = Object.entries(await records(page, "drafts"));
    await page.goto(site.url("/"));
    const junk = record(draft);
    await lay(page, key, junk);
    await page.goto(site.url(FLAT));
    // There is no draft that could be opened by itself.
    await page.waitForSelector("html.app-complete", { state: "attached" });
    await page.click(".compose-open");
    await page.waitForSelector(TEXT);
    await type(page, "After");
    await said(page, "saved");
    assert.deepEqual(await textsOf(page), ["After"]);
    const [[name, aside]] = Object.entries(await records(page, "aside"));
    assert.ok(name.endsWith(key), name);
    if (typeof junk === "string") assert.deepEqual(Object.values(aside), ['"junk"']);
    else assert.equal(aside["json words"] ?? aside.words, typeof junk.words === "string" ? junk.words : JSON.stringify(junk.words));
  });
}

reading("a full disk is told at once, typing goes on, and it is saved once there is room", told, async ({ page, context }) => {
  const devtools = await context.newCDPSession(page);
  // Before anything is written: Chromium remembers for a while how much room there was.
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: site.origin, quotaSize: 1 });
  await composing(page);
  await type(page, "No room for this");
  await said(page, "not-saved");
  await type(page, " nor for this");
  assert.equal(await stateOf(page), "not-saved");
  assert.deepEqual(await textsOf(page).catch(() => []), []);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: site.origin });
  await said(page, "saved");
  assert.deepEqual(await textsOf(page), ["No room for this nor for this"]);
});

reading("what the browser has thrown away is saved again from memory", told, async ({ page, context }) => {
  await composing(page);
  await type(page, "Here still");
  await said(page, "saved");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: site.origin, storageTypes: "all" });
  assert.deepEqual(await records(page, "drafts"), {});
  await type(page, "!");
  await said(page, "unsaved", "saved");
  await said(page, "saved");
  assert.deepEqual(await textsOf(page), ["Here still!"]);
});

/** A database that is there, and never answers: another page holds it. */
function deaf() {
  IDBFactory.prototype.open = function open() {
    const request = new EventTarget();
    Object.setPrototypeOf(request, IDBOpenDBRequest.prototype);
    // Only what listens to it: nothing ever happens.
    request.addEventListener = () => {};
    request.removeEventListener = () => {};
    return request;
  };
}

function throwing() {
  IDBFactory.prototype.open = function open() {
    throw new DOMException("no", "SecurityError");
  };
}

function missing() {
  Object.defineProperty(window, "indexedDB", { get: () => undefined });
}

for (const [what, init] of [
  ["never answers", deaf],
  ["throws", throwing],
  ["is missing", missing],
]) {
  reading(`a database that ${what}: it is said, and typing goes on`, { ...told, init }, async ({ page }) => {
    await composing(page);
    await type(page, "Only in memory");
    await said(page, "not-saved");
    await type(page, ", but here");
    assert.equal(await valueOf(page), "Only in memory, but here");
    assert.equal(await stateOf(page), "not-saved");
  });
}

/** Opens the demo in a browser in which storing is forbidden, and types. */
async function forbidden(t, start) {
  const profile = await folder(t);
  const browser = await start(profile);
  t.after(() => browser.close());
  const { page } = browser;
  await page.goto(site.url(FLAT));
  await page.waitForSelector("html.app-complete");
  await page.waitForSelector(".compose-open");
  await page.click(".compose-open");
  await page.waitForSelector(TEXT);
  await page.focus(TEXT);
  await page.keyboard.type("Only in memory");
  await page.waitForSelector(`${STATE}[data-state="not-saved"]`);
  assert.equal(await page.$eval(TEXT, (field) => field.value), "Only in memory");
}

test("Chromium with blocked storage: it is said, and typing goes on", { timeout: 90_000 }, (t) =>
  forbidden(t, async (profile) => {
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    await mkdir(join(profile, "Default"), { recursive: true });
    await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
    return startChromium(profile);
  }),
);

test("Firefox with blocked storage: it is said, and typing goes on", { timeout: 90_000 }, (t) =>
  forbidden(t, async (profile) => startFirefox(profile, { "network.cookie.cookieBehavior": 2 })),
);

// Two tabs of one browser, and somebody who writes in both: in random order, with reloads and closed tabs.

/** One of two tabs: opens itself anew when it was closed. */
class Tab {
  page = null;

  constructor(context) {
    this.context = context;
  }

  async open() {
    this.page ??= await this.context.newPage();
    await this.page.goto(site.url(FLAT), { waitUntil: "load" });
    await composing(this.page);
  }

  async close() {
    await this.page.close();
    this.page = null;
  }
}

/** What is shown and said in one look: while it is said to be saved, all of it must be kept. */
const look = (page) =>
  page.evaluate(
    ([field, state]) => ({
      words: (document.querySelector(field)?.value ?? "").split(/\s+/).filter(Boolean),
      saved: document.querySelector(state)?.dataset.state === "saved",
    }),
    [TEXT, STATE],
  );

test(`${ROUNDS} random rounds in two tabs: every text is in a draft or in a copy`, { timeout: 600_000 }, async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`SEED=${seed}`);
  let state = seed;
  const below = (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const browser = await launch();
  t.after(() => browser.close());
  let [next, checked] = [0, 0];
  for (let round = 0; round < ROUNDS; ) {
    const context = await browser.newContext();
    const tabs = [new Tab(context), new Tab(context)];
    await Promise.all(tabs.map((tab) => tab.open()));
    /** Words that were said to be saved, and that nobody has deleted. */
    const kept = new Set();
    const deleted = new Set();
    const note = async (page) => {
      const { words, saved } = await look(page);
      if (saved) words.filter((word) => !deleted.has(word)).forEach((word) => kept.add(word));
    };
    const remove = (words) =>
      words.forEach((word) => {
        deleted.add(word);
        kept.delete(word);
      });
    const act = async (tab) => {
      const { page } = tab;
      const choice = below(60);
      if (choice < 40) {
        await type(page, ` t${(next += 1)}`);
      } else if (choice < 45) {
        const gone = await page.$eval(TEXT, (field) => {
          const words = field.value.split(" ").filter(Boolean);
          const last = words.pop();
          field.value = words.join(" ");
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          return last ?? "";
        });
        remove([gone]);
      } else if (choice < 53) {
        await page.waitForTimeout(below(200));
      } else if (choice < 57) {
        await page.$eval(TEXT, (field) => field.blur());
      } else if (choice < 59) {
        await note(page);
        await tab.open();
      } else {
        await note(page);
        await tab.close();
        await tab.open();
      }
    };
    for (let n = 0; n < ROUNDS_IN_SESSION && round < ROUNDS; n += 1, round += 1) {
      // Both at once, so that their saves meet.
      const acts = (tab) => async () => {
        for (let step = 0; step < 2; step += 1) await act(tab);
      };
      await Promise.all(tabs.map((tab) => acts(tab)()));
      await Promise.all(tabs.map(({ page }) => said(page, "saved", "empty")));
      await Promise.all(tabs.map(({ page }) => note(page)));
      const stored = new Set((await textsOf(tabs[0].page)).flatMap((text) => text.split(/\s+/)));
      const lost = [...kept].filter((word) => !stored.has(word));
      assert.deepEqual(lost, [], `round ${round}: saved, not deleted, and gone`);
      checked += kept.size;
    }
    await context.close();
  }
  assert.ok(checked > ROUNDS, "something was checked");
});
