// One page in a fresh browser context, with the CPU counter of its main thread.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

// The browser tests pin the one copy of playwright-core.
const { chromium } = createRequire(new URL("../browser/package.json", import.meta.url))("playwright-core");

const WATCH = await readFile(new URL("watch.js", import.meta.url), "utf8");
const VIEWPORT = { width: 1280, height: 900 };
/** A page that has not got there by then never will. */
const PATIENCE_MILLIS = 120_000;

/** The browser's program: another one may be named in the environment. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Starts the browser. */
export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
}

/**
 * Opens an empty page, hands `work` a [`Visit`], and closes the page. With `stop`, pages hold their work when the first
 * comment is seen, until they are told to go on.
 */
export async function visit(browser, work, { stop = false } = {}) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH.replace("STOP_AT_FIRST", String(stop)));
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return await withPatience(work(new Visit(page, devtools)));
  } finally {
    await context.close();
  }
}

class Visit {
  constructor(page, devtools) {
    this.page = page;
    this.devtools = devtools;
  }

  /** Goes to an address, and returns as soon as the answer begins. */
  async open(url) {
    await this.page.goto(url, { waitUntil: "commit" });
  }

  /** Calls a function of `watch.js` in the page. */
  async call(name, ...words) {
    const expression = `afterwordBench.${name}(${words.map((word) => JSON.stringify(word)).join(", ")})`;
    return this.evaluate(expression);
  }

  async evaluate(expression) {
    const answer = await this.devtools.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? expression);
    return answer.result.value;
  }

  /** CPU time that the main thread has used for tasks so far, in milliseconds. Waiting for a core does not count. */
  async cpu() {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "TaskDuration").value * 1000;
  }

  /** Makes the processor look slower; 1 is as it is. */
  async slowDown(rate) {
    await this.devtools.send("Emulation.setCPUThrottlingRate", { rate });
  }

  async withoutFiles(patterns) {
    await this.devtools.send("Network.enable");
    await this.devtools.send("Network.setBlockedURLs", { urls: patterns });
  }
}

async function withPatience(work) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`nothing after ${PATIENCE_MILLIS / 1000} s`)), PATIENCE_MILLIS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
