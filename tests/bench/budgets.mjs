// The rows of the table: what is measured, how it becomes one figure, what it may be, and why.
//
// A row's `of` takes what one round has measured and gives the figure of that round, or undefined where the round has no
// such measurement. Ratios are within one round, so that a machine that is busy for a while is busy for both.

/** Shares below this are the measuring itself. */
const IDLE_SHARE_MAX = 0.005;

const ratio = (ours, theirs) => (ours === undefined || theirs === undefined ? undefined : ours / theirs);
const millis = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = (value) => `${value.toFixed(value < 0.1 ? 3 : 2)} ×`;
const share = (value) => `${(value * 100).toFixed(1)} %`;
const plain = (value) => value.toFixed(3);
const kilobytes = (value) => `${(value / 1000).toFixed(2)} kB`;

const LONG = { first: 0.05, all: 0.25, reorderFirst: 0.02, reorderAll: 0.05 };

/** Budgets as ratios to the hand-written page, by number of comments and by how the page is come to; what the keys mean, see `WORDS`. */
const RATIOS = new Map([
  // A page that most blogs have: it must not feel like an app. Prerendered, all 55 are shown with the first screen; the
  // start of the app, which comes after that, is a row of its own.
  [55, { prerendered: { first: 1.5 }, visited: { all: 1.5 } }],
  // Where a conversation makes other pages stop: the promise "as fast with 10,000 as others with 50".
  [10_000, { prerendered: LONG, visited: LONG }],
]);
const WORDS = {
  first: "first screen",
  all: "all in the page",
  reorderFirst: "re-sort: screen right",
  reorderAll: "re-sort: all",
};
const OURS = ["prerendered", "visited"];

/** All rows for these numbers of comments. */
export function rows(counts) {
  return [...counts.flatMap(ratioRows), ...counts.flatMap(plainRows), ...startRows(counts)];
}

function ratioRows(count) {
  return OURS.flatMap((page) => Object.entries(WORDS).map(([key, what]) => ({
    what: `${what}, ${page}`,
    count,
    ours: (round) => round[`${page}-${count}`]?.[key],
    theirs: (round) => round[`vanilla-${count}`]?.[key],
    show: millis,
    budget: RATIOS.get(count)?.[page][key],
  }))).map((row) => ({ ...row, of: (round) => ratio(row.ours(round), row.theirs(round)), showOf: times }));
}

function plainRows(count) {
  const rows = [];
  const add = (what, of, show, budget) => rows.push({ what, count, of, showOf: show, budget });
  const key = (round) => round[`prerendered-${count}`]?.key;
  // Typing has to cost what typing costs, however long the thread above it is.
  rows.push({
    what: "key typed (injected textarea), to none loaded",
    count,
    ours: key,
    theirs: (round) => round.alone?.key,
    show: millis,
    of: (round) => ratio(key(round), round.alone?.key),
    showOf: times,
    budget: count === 10_000 ? 1.2 : undefined,
  });
  rows.push({
    what: "key typed, to the hand-written page",
    count,
    ours: key,
    theirs: (round) => round[`vanilla-${count}`]?.key,
    show: millis,
    of: (round) => ratio(key(round), round[`vanilla-${count}`]?.key),
    showOf: times,
  });
  // What one comment adds to a page that has none.
  const held = (page) => (round) => {
    const [all, none] = [round[`memory-${page}-${count}`]?.bytes, round[`memory-${page}-0`]?.bytes];
    return all === undefined || none === undefined ? undefined : (all - none) / count;
  };
  rows.push({
    what: "memory for each comment",
    count,
    ours: held("prerendered"),
    theirs: held("vanilla"),
    show: kilobytes,
    of: (round) => ratio(held("prerendered")(round), held("vanilla")(round)),
    showOf: times,
  });
  // Finding is looking at other rows of the same thread, as another order is.
  const found = (key) => (round) => round[`search-${count}`]?.[key];
  const moved = (key) => (round) => round[`prerendered-${count}`]?.[key];
  for (const [key, other, what] of [["first", "reorderFirst", "screen right"], ["all", "reorderAll", "all"]]) {
    const [ours, theirs] = [found(key), moved(other)];
    const of = (round) => ratio(ours(round), theirs(round));
    rows.push({ what: `key in the search, to a re-sort: ${what}`, count, ours, theirs, show: millis, of, showOf: times });
  }
  // An open tab must not eat a battery.
  add("idle, of a core", (round) => round[`prerendered-${count}`]?.idleShare, share, IDLE_SHARE_MAX);
  // What the reader looks at stays where it is when the app takes over.
  add("layout shift of the take-over", (round) => round[`prerendered-${count}`]?.shift, plain, 0);
  // 200 ms is where an answer to a tap is no longer felt as immediate; phones are about four times slower.
  for (const page of OURS) {
    const of = (key) => (round) => round[`longest-${page}-${count}`]?.[key];
    add(`longest task of loading, 4 × slower, ${page}`, of("longestLoad"), millis, 200);
    add(`longest task of a re-sort, 4 × slower, ${page}`, of("longestReorder"), millis, 200);
  }
  return rows;
}

/** What the app itself costs, apart from the comments: fetch, compile, take over. */
function startRows(counts) {
  const count = counts[0];
  const cost = (round) => (round.start && round.bare ? round.start.ready - round.bare.bare : undefined);
  return [
    { what: "start-up: main-thread CPU beyond the same page without script", count, of: cost, showOf: millis },
    { what: "start-up: until the app runs, by the clock", count, of: (round) => round.start?.readyWall, showOf: millis },
  ];
}
