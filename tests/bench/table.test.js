// node --test tests/bench/table.test.js

import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "./budgets.mjs";
import { markdown, median, summarise } from "./table.mjs";

const row = { what: "work", count: 55, of: (round) => round.work, showOf: (value) => `${value} ms`, budget: 2 };

function check(works, expected) {
  const [{ text, holds }] = summarise([row], works.map((work) => ({ work })));
  assert.deepEqual([text.figure, holds], expected);
}

test("the median of the rounds is held against the budget", () => {
  check([1, 2, 9], ["2 ms", true]);
  check([1, 3, 9], ["3 ms", false]);
  check([1, 2], ["1.5 ms", true]);
});

test("what was not measured does not hold", () => {
  check([undefined, undefined], ["–", false]);
  check([undefined, 2], ["2 ms", true]);
});

test("a ratio is taken within one round", () => {
  const all = rows([55]).find(({ what }) => what === "all in the page, prerendered");
  const rounds = [[10, 10], [400, 200], [30, 10]].map(([ours, theirs]) => ({
    "prerendered-55": { all: ours },
    "vanilla-55": { all: theirs },
  }));
  const [line] = summarise([all], rounds);
  assert.equal(line.figure, 2);
  assert.equal(median(rounds.map(all.ours)), 30);
});

test("the table says what is over", () => {
  const lines = summarise([row, { ...row, what: "rest", budget: undefined }], [{ work: 3 }]);
  assert.match(markdown(lines), /work .* ≤ 2 ms \*\*over\*\* \|\n\| 55 .* rest /);
});
