// The benchmark: a built site against a hand-written page, in one browser, in turns.
//
//     node tests/bench/run.mjs --dist=FOLDER --out=FOLDER [--n=55,1000] [--rounds=3] [--quick] [--check] [--profile=N]
//
// Figures are main-thread CPU, which waiting for a core does not add to; what counts is the ratio to the hand-written
// page in the same round. `--check` ends with 1 where a budget does not hold. `--profile` writes CPU profiles instead.

import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rows } from "./budgets.mjs";
import * as measures from "./measures.mjs";
import { profile } from "./profile.mjs";
import { serve } from "./site.mjs";
import { markdown, summarise } from "./table.mjs";
import { CHROMIUM, launch } from "./visit.mjs";

const COUNTS = "55,1000,10000,50000";
const COUNTS_QUICK = "55,1000";
/** Beyond this the hand-written page takes half a minute and says nothing new. */
const VANILLA_MAX = 10_000;
const IDLE_MILLIS = 2000;
const IDLE_MILLIS_QUICK = 1000;

const { values: options } = parseArgs({
  options: {
    dist: { type: "string" },
    out: { type: "string", default: "target/bench" },
    n: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    profile: { type: "string" },
  },
});
const counts = (options.n ?? (options.quick ? COUNTS_QUICK : COUNTS)).split(",").map(Number);
const roundCount = Number(options.rounds ?? (options.quick ? 1 : 3));
const idleMillis = options.quick ? IDLE_MILLIS_QUICK : IDLE_MILLIS;
const failures = [];

/** All measurements of one round, by name. A measurement that fails is missing, and said at the end. */
async function round(origin, number) {
  const out = {};
  // A browser for each round: what one visit leaves behind is not carried far.
  const browser = await launch();
  const take = async (name, measure, setting) => {
    process.stderr.write(`· round ${number}, ${name}\n`);
    try {
      out[name] = await measure(browser, { origin, idleMillis, ...setting });
    } catch (error) {
      failures.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  };
  try {
    await take("start", measures.startUp, { count: counts[0] });
    await take("bare", measures.scriptless, { count: counts[0] });
    await take("alone", measures.keyAlone, {});
    for (const contender of ["prerendered", "vanilla"]) {
      await take(`memory-${contender}-0`, measures.memory, { contender, count: 0 });
    }
    for (const count of counts) {
      const pages = count <= VANILLA_MAX ? ["vanilla", "prerendered", "visited"] : ["prerendered", "visited"];
      for (const contender of pages) await take(`${contender}-${count}`, measures.whole, { contender, count });
      await take(`search-${count}`, measures.search, { count });
      for (const contender of pages.filter((page) => page !== "visited")) {
        await take(`memory-${contender}-${count}`, measures.memory, { contender, count });
      }
      for (const contender of ["prerendered", "visited"]) {
        await take(`longest-${contender}-${count}`, measures.longest, { contender, count });
      }
    }
  } finally {
    await browser.close();
  }
  return out;
}

async function bench(origin) {
  const rounds = [];
  for (let number = 1; number <= roundCount; number += 1) rounds.push(await round(origin, number));
  const lines = summarise(rows(counts), rounds);
  console.log(markdown(lines));
  for (const failure of new Set(failures)) console.log(`not measured: ${failure}`);
  const over = lines.filter((line) => !line.holds);
  console.log(over.length === 0 ? "all budgets hold" : `${over.length} over budget`);
  const chromium = execFileSync(CHROMIUM, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const path = join(options.out, "bench.json");
  await writeFile(path, `${JSON.stringify({ chromium, counts, rounds, lines, failures }, null, 1)}\n`);
  await writeFile(join(options.out, "bench.md"), `${markdown(lines)}\n`);
  return options.check && (over.length > 0 || failures.length > 0) ? 1 : 0;
}

if (!options.dist) throw new Error("--dist names the built site");
await mkdir(options.out, { recursive: true });
const { origin, end } = await serve(options.dist);
try {
  process.exitCode = options.profile ? await profile(origin, Number(options.profile), options.out) : await bench(origin);
} finally {
  end();
}
