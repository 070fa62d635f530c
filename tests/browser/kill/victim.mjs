// A browser that is going to be killed: with a profile folder of its own, which outlives it, and a page on which somebody
// types.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { chromiumPath } from "../reader.mjs";

const FIREFOX = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** Browsers that were killed are no reason for them to ask questions when they start again. */
const FIREFOX_PREFERENCES = {
  "toolkit.startup.max_resumed_crashes": -1,
  "browser.sessionstore.resume_from_crash": false,
};

/** Starts Chromium with a profile folder. */
export async function startChromium(profile) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-crash-restore-bubble"],
    viewport: { width: 1280, height: 800 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, close: () => context.close(), atStart: (script) => page.addInitScript(script) };
}

/** Starts Firefox with a profile folder, and with preferences if there are any. */
export async function startFirefox(profile, preferences = {}) {
  const executablePath = FIREFOX.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("Firefox is missing: install the package `firefox-esr`, or set FIREFOX to its path");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    timeout: 60_000,
    userDataDir: profile,
    extraPrefsFirefox: { ...FIREFOX_PREFERENCES, ...preferences },
  });
  const page = await browser.newPage();
  return { page, close: () => browser.close(), atStart: (script) => page.evaluateOnNewDocument(script) };
}

/** Kills every process of the browser that uses this profile folder, and no other. */
export async function kill(profile) {
  const doomed = await family(profile);
  for (const pid of doomed) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It went with its parent.
    }
  }
  while ((await Promise.all(doomed.map(isAlive))).some(Boolean)) await new Promise((later) => setTimeout(later, 5));
  return doomed.length;
}

/** The processes that name a folder in their command line, and their descendants. */
async function family(profile) {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const known = await Promise.all(
    pids.map(async (pid) => {
      const [command, parent] = await Promise.all([commandOf(pid), parentOf(pid)]);
      return { pid, parent, named: pid !== process.pid && command.includes(profile) };
    }),
  );
  const doomed = new Set(known.filter((one) => one.named).map((one) => one.pid));
  for (let before = -1; before !== doomed.size; ) {
    before = doomed.size;
    for (const { pid, parent } of known) if (doomed.has(parent)) doomed.add(pid);
  }
  return [...doomed];
}

const commandOf = (pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");

async function statOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program stands in parentheses, and may hold anything.
  const [state, parent] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state, parent: Number(parent) };
}

const parentOf = async (pid) => (await statOf(pid)).parent;

const isAlive = async (pid) => !["", "Z", "X", undefined].includes((await statOf(pid)).state);
