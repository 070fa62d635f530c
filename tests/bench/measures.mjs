// What is done on a page while its CPU counter runs. Each function gives plain numbers: milliseconds of main-thread CPU
// unless its name says otherwise.

import { visit } from "./visit.mjs";

/** As slow as a mid-range phone next to a desktop. */
const SLOW_RATE = 4;
/** After so long the engine has swept up what loading left behind. */
const REST_MILLIS = 1000;
const KEYS = 12;
/** Where one searches in a thread, once `/` has opened it, and a word that many comments of the made-up threads have. */
const SEARCH_FIELD = ".find input[type=search]";
const SEARCHED = "train";
/** The first ones fill caches. */
const KEYS_SKIPPED = 3;

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Where the pages of `contender` for a thread of `count` comments are. */
const address = (origin, contender, count) =>
  contender === "vanilla" ? `${origin}/vanilla/thread-${count}/#comments` : `${origin}/posts/thread-${count}/#comments`;

/** Goes to the thread: by its address, or (`visited`) from the list of posts within the running app. */
async function go(seen, origin, contender, count) {
  if (contender !== "visited") {
    const before = await seen.cpu();
    await seen.open(address(origin, contender, count));
    return before;
  }
  await seen.open(`${origin}/`);
  await seen.call("ready");
  await sleep(300);
  const before = await seen.cpu();
  await seen.evaluate(`document.querySelector('a[href*="thread-${count}/"]').click()`);
  return before;
}

/** Load, idle, re-sort, keys: everything that one page is asked. */
export function whole(browser, { origin, contender, count, idleMillis }) {
  return visit(browser, async (seen) => {
    const out = {};
    const before = await go(seen, origin, contender, count);
    await seen.evaluate("afterwordBench.firstSeen");
    out.first = (await seen.cpu()) - before;
    await seen.call("release");
    await seen.call("settled", contender !== "vanilla");
    out.all = (await seen.cpu()) - before;
    out.shift = await seen.call("shift");

    if (contender === "prerendered") out.idleShare = await idle(seen, idleMillis);

    Object.assign(out, await reorder(seen, contender, count));
    out.key = await keys(seen);
    return out;
  }, { stop: true });
}

/** The share of one core that the main thread uses while nobody does anything. */
async function idle(seen, millis) {
  await sleep(REST_MILLIS);
  const before = await seen.cpu();
  await sleep(millis);
  return ((await seen.cpu()) - before) / millis;
}

async function reorder(seen, contender, count) {
  await seen.call("toThread");
  await seen.call("settled", contender !== "vanilla");
  const wasFirst = (await seen.call("onScreen"))[0];
  const before = await seen.cpu();
  await seen.call("reorder", "newest");
  const reorderFirst = (await seen.cpu()) - before;
  const atOnce = await seen.call("onScreen");
  const checked = await seen.cpu();
  await seen.call("release");
  await seen.call("settled", contender !== "vanilla");
  const reorderAll = reorderFirst + (await seen.cpu()) - checked;
  const atLast = await seen.call("onScreen");
  if (atOnce.join() !== atLast.join()) throw new Error(`the screen was not right at once: ${atOnce} then ${atLast}`);
  if (atLast[0] === wasFirst) throw new Error("the order did not change");
  const order = await seen.call("order");
  if (new Set(order).size !== count) throw new Error(`${new Set(order).size} rows instead of ${count}`);
  return { reorderFirst, reorderAll };
}

/** The median of some keys typed, each with the frame that shows it. */
async function keys(seen) {
  await seen.call("addTextarea");
  return median(await typed(seen, "e".repeat(KEYS), "afterPaint"), KEYS_SKIPPED);
}

/** What each key of a text costs, until the page has done what `until` waits for. */
async function typed(seen, text, until) {
  await seen.call("afterPaint");
  const costs = [];
  for (const key of text) {
    const before = await seen.cpu();
    await seen.page.keyboard.press(key);
    await seen.call(until, true);
    costs.push((await seen.cpu()) - before);
  }
  return costs;
}

function median(costs, skipped) {
  const counted = costs.slice(skipped).sort((a, b) => a - b);
  return counted[Math.floor(counted.length / 2)];
}

/** A key in the search within the thread: until the screen is right, and until all rows are. Nothing where there is none. */
export function search(browser, { origin, count }) {
  return visit(browser, async (seen) => {
    await go(seen, origin, "prerendered", count);
    await seen.call("settled", true);
    await seen.page.keyboard.press("/");
    const field = seen.page.locator(SEARCH_FIELD);
    const found = await field.waitFor({ timeout: REST_MILLIS }).then(() => true, () => false);
    if (!found) return {};
    await field.focus();
    // The index is made when it is first needed.
    await typed(seen, SEARCHED, "settled");
    await field.fill("");
    await seen.call("settled", true);
    const first = median(await typed(seen, SEARCHED, "afterPaint"), 0);
    await field.fill("");
    await seen.call("settled", true);
    return { first, all: median(await typed(seen, SEARCHED, "settled"), 0) };
  });
}

/** A key in a page of the app that has no comments. */
export function keyAlone(browser, { origin }) {
  return visit(browser, async (seen) => {
    await seen.open(`${origin}/posts/thread-0/`);
    await seen.call("ready");
    await sleep(300);
    return { key: await keys(seen) };
  });
}

/** What a page with all its comments holds in memory, in bytes: objects of the scripts, of the document, and the module's. */
export function memory(browser, { origin, contender, count }) {
  return visit(browser, async (seen) => {
    await go(seen, origin, contender, count);
    await seen.call("settled", contender !== "vanilla");
    await sleep(REST_MILLIS);
    await seen.devtools.send("HeapProfiler.collectGarbage");
    const heap = await seen.devtools.send("Runtime.getHeapUsage");
    const heaps = heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize;
    return { bytes: heaps + (await seen.call("moduleBytes")) };
  });
}

/** From navigation to a running app, without what the same page costs when the app's script is not there. */
export function startUp(browser, { origin, count }) {
  const url = address(origin, "prerendered", count);
  return visit(browser, async (seen) => {
    const before = await seen.cpu();
    await seen.open(url);
    const wall = await seen.call("ready");
    return { ready: (await seen.cpu()) - before, readyWall: wall };
  });
}

/** The same page when the app's script is not there. */
export function scriptless(browser, { origin, count }) {
  return visit(browser, async (seen) => {
    await seen.withoutFiles(["*.js"]);
    const before = await seen.cpu();
    await seen.open(address(origin, "prerendered", count));
    await seen.call("settled", false);
    return { bare: (await seen.cpu()) - before };
  });
}

/**
 * The longest tasks of the main thread on a slowed processor. The browser slows the thread by keeping it busy, so CPU
 * time is what the clock would show on a slower machine that has nothing else to do.
 */
export function longest(browser, { origin, contender, count }) {
  return visit(browser, async (seen) => {
    const longestOf = async (work) => {
      await browser.startTracing(seen.page, { categories: ["toplevel"] });
      await work();
      return longestTask(JSON.parse(await browser.stopTracing()).traceEvents);
    };
    await seen.slowDown(SLOW_RATE);
    const longestLoad = await longestOf(async () => {
      await go(seen, origin, contender, count);
      await seen.call("settled", true);
    });
    const longestReorder = await longestOf(async () => {
      await seen.call("reorder", "newest");
      await seen.call("release");
      await seen.call("settled", true);
    });
    return { longestLoad, longestReorder };
  });
}

/** In milliseconds; `tdur` is the CPU time of an event in microseconds. */
function longestTask(events) {
  const threads = events.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const mains = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
  const isMain = ({ pid, tid }) => mains.has(`${pid} ${tid}`);
  const tasks = events.filter((event) => event.name.endsWith("RunTask") && isMain(event));
  if (!tasks.some((task) => task.tdur > 0)) throw new Error("the trace has no CPU times");
  return Math.max(...tasks.map((task) => task.tdur ?? 0)) / 1000;
}
