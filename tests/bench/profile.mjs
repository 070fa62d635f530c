// Where the time goes: CPU profiles of loading and re-sorting, written as files that the browser's developer tools open.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch, visit } from "./visit.mjs";

const SAMPLE_MICROS = 500;
const SHOWN = 15;

/** Profiles a prerendered page of `count` comments; prints what took longest by itself, in milliseconds. */
export async function profile(origin, count, out) {
  const browser = await launch();
  try {
    await visit(browser, async (seen) => {
      await seen.devtools.send("Profiler.enable");
      await seen.devtools.send("Profiler.setSamplingInterval", { interval: SAMPLE_MICROS });
      await record(seen, join(out, `load-${count}.cpuprofile`), async () => {
        await seen.open(`${origin}/posts/thread-${count}/#comments`);
        await seen.call("settled", true);
      });
      await seen.call("toThread");
      await seen.call("settled", true);
      await record(seen, join(out, `reorder-${count}.cpuprofile`), async () => {
        await seen.call("reorder", "newest");
        await seen.call("release");
        await seen.call("settled", true);
      });
    });
  } finally {
    await browser.close();
  }
  return 0;
}

async function record(seen, path, work) {
  await seen.devtools.send("Profiler.start");
  await work();
  const { profile: taken } = await seen.devtools.send("Profiler.stop");
  await writeFile(path, JSON.stringify(taken));
  console.log(path);
  for (const [name, millis] of selfTimes(taken).slice(0, SHOWN)) {
    console.log(`${millis.toFixed(1).padStart(9)}  ${name}`);
  }
}

function selfTimes({ nodes, samples, timeDeltas }) {
  const name = ({ functionName, url }) => `${functionName || "?"} ${file(url)}`;
  const names = new Map(nodes.map(({ id, callFrame }) => [id, name(callFrame)]));
  const sums = new Map();
  samples.forEach((id, at) => sums.set(names.get(id), (sums.get(names.get(id)) ?? 0) + timeDeltas[at] / 1000));
  sums.delete("(idle) ");
  return [...sums].sort((a, b) => b[1] - a[1]);
}

const file = (url) => url.slice(url.lastIndexOf("/") + 1);
