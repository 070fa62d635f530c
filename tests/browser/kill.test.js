// The whole browser is killed while somebody types. Nothing that is older than a second is lost, nothing after "saved" was
// shown, nothing is damaged, and the text is back within a second.
//
// KILLS=200 sets how often; the seed is random, and printed.

import assert from "node:assert/strict";
import test from "node:test";
import { built, FLAT, folder, Site } from "./site.mjs";
import { kill, startChromium, startFirefox } from "./kill/victim.mjs";

/** How often each browser is killed, if nobody says otherwise. */
const KILLS = { Chromium: Number(process.env.KILLS ?? 20), Firefox: Number(process.env.KILLS ?? 5) };

/** Nothing that was typed longer ago than this may be lost, in milliseconds. */
const LOSS_MAX = 1_000;

/** A text is back so long after the page has been loaded, in milliseconds: as a rule, since a busy computer may take any
 * time for a single one. */
const RESTORE_MAX = 1_000;

const TEXT = "form.composer textarea.composer-text";

const site = await Site.serve(test, built.dist);

/** Notes in the page when a text came back, and says aloud how much of it is shown as saved. */
function watch() {
  window.restoredAt = null;
  let said = -1;
  const look = () => {
    const field = document.querySelector("form.composer textarea.composer-text");
    const state = document.querySelector("form.composer .composer-state")?.dataset.state;
    if (field?.value && window.restoredAt === null) window.restoredAt = performance.now();
    if (field && state === "saved" && field.value.length !== said) {
      said = field.value.length;
      console.info(`saved ${said}`);
    }
    // A value that is set by a script is no mutation.
    if (window.restoredAt === null) requestAnimationFrame(look);
  };
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
    look();
  });
}

const random = (from, to) => from + Math.floor(Math.random() * (to - from));

/** Types until the browser is gone; notes when which length was reached. */
async function typeOn(page, story) {
  for (;;) {
    const word = `w${(story.words += 1)} `;
    for (const key of word) {
      // It may arrive although nobody hears of it any more; it counts as typed once the browser has said so.
      story.text += key;
      const pressed = { length: story.text.length, at: Infinity };
      story.keys.push(pressed);
      await page.keyboard.press(key === " " ? "Space" : key);
      pressed.at = performance.now();
      await new Promise((later) => setTimeout(later, random(5, 60)));
    }
  }
}

/** Whether a draft is on the disk. */
const isKept = (page) =>
  page.evaluate(
    () =>
      new Promise((answered) => {
        const request = indexedDB.open("afterword");
        // There is no database yet, and looking makes none.
        request.onupgradeneeded = () => request.transaction.abort();
        request.onerror = () => answered(false);
        request.onsuccess = () => {
          const database = request.result;
          const count = database.transaction("drafts").objectStore("drafts").count();
          count.onsuccess = () => {
            database.close();
            answered(count.result > 0);
          };
        };
      }),
  );

/** Opens the page, and waits for the text that was kept; gives what is back, and how long after loading it was. */
async function comeBack(page) {
  await page.goto(site.url(FLAT), { waitUntil: "load" });
  if (!(await isKept(page))) {
    await page.waitForSelector("html.app-complete");
    await page.waitForSelector(".compose-open");
    await page.click(".compose-open");
    await page.waitForSelector(TEXT);
    await page.focus(TEXT);
    return { back: "", after: 0, caret: 0 };
  }
  await page.waitForFunction(() => window.restoredAt !== null);
  return page.$eval(TEXT, (field) => ({
    back: field.value,
    after: window.restoredAt - performance.getEntriesByType("navigation")[0].loadEventEnd,
    caret: field.selectionStart,
  }));
}

/** Holds what is back against what was typed before the browser was killed. */
function check({ back, after, caret }, story) {
  assert.equal(back, story.text.slice(0, back.length), "what is back is what was typed");
  assert.ok(back.length >= story.saved, `${story.saved} characters were shown as saved, and ${back.length} are back`);
  const due = story.keys.findLast((key) => key.at <= story.killedAt - LOSS_MAX)?.length ?? story.before;
  assert.ok(back.length >= due, `${due} characters were older than a second, and ${back.length} are back`);
  assert.equal(caret, back.length, "the caret is where it was");
  const oldest = story.keys.find((key) => key.length > back.length);
  story.losses.push(oldest ? Math.max(0, story.killedAt - oldest.at) : 0);
  if (back !== "") story.returns.push(after);
}

async function survive(t, start, kills) {
  const profile = await folder(t);
  t.after(() => kill(profile));
  const story = { text: "", words: 0, saved: 0, before: 0, keys: [], killedAt: 0, losses: [], returns: [] };
  for (let round = 0; round <= kills; round += 1) {
    const browser = await start(profile);
    const { page } = browser;
    await browser.atStart(watch);
    let told = 0;
    page.on("console", (message) => {
      const [, length] = /^saved (\d+)$/.exec(message.text()) ?? [];
      if (length) told = Number(length);
    });
    const found = await comeBack(page);
    check(found, story);
    if (round === kills) {
      await browser.close();
      break;
    }
    if (found.back !== "") {
      await page.$eval(TEXT, (field) => {
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
      });
    }
    Object.assign(story, { text: found.back, before: found.back.length, keys: [] });
    const killing = new Promise((killed) => {
      setTimeout(async () => {
        story.killedAt = performance.now();
        assert.ok((await kill(profile)) > 0, "somebody was killed");
        killed();
      }, random(50, 2_000));
    });
    // Typing ends when there is nobody left to type to.
    await Promise.all([killing, typeOn(page, story).catch(() => {})]);
    story.saved = told;
    // Lets go of what is left on this side.
    await browser.close().catch(() => {});
  }
  const sorted = (list) => list.map(Math.round).sort((a, b) => a - b);
  const [losses, returns] = [sorted(story.losses), sorted(story.returns)];
  const usual = returns[Math.floor(returns.length / 2)] ?? 0;
  t.diagnostic(`${kills} kills: at most ${losses.at(-1)} ms lost, back after ${usual} ms, at most ${returns.at(-1)} ms`);
  assert.ok(usual <= RESTORE_MAX, `back ${usual} ms after the page was loaded`);
}

test(`Chromium is killed ${KILLS.Chromium} times`, { timeout: 60_000 + KILLS.Chromium * 15_000 }, (t) =>
  survive(t, startChromium, KILLS.Chromium),
);

test(`Firefox is killed ${KILLS.Firefox} times`, { timeout: 60_000 + KILLS.Firefox * 20_000 }, (t) =>
  survive(t, startFirefox, KILLS.Firefox),
);
