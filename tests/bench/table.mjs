// From rounds to a table: medians, verdicts, Markdown and JSON.

export function median(values) {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One line for each row that was measured, and for each that has a budget and was to be. */
export function summarise(rows, rounds) {
  const lines = rows.map((row) => {
    const { what, count, budget } = row;
    const over = (pick) => (pick ? median(rounds.map(pick)) : undefined);
    const figure = over(row.of);
    const line = { what, count, figure, budget, ours: over(row.ours), theirs: over(row.theirs) };
    const text = {
      figure: figure === undefined ? "–" : row.showOf(figure),
      ours: line.ours === undefined ? "" : row.show(line.ours),
      theirs: line.theirs === undefined ? "" : row.show(line.theirs),
      budget: budget === undefined ? "" : `≤ ${row.showOf(budget)}`,
    };
    return { ...line, holds: holds(line), text };
  });
  return lines.filter((line) => line.figure !== undefined || line.ours !== undefined || line.budget !== undefined);
}

/** A budget that was not measured does not hold. */
function holds({ figure, budget }) {
  return budget === undefined || (figure !== undefined && figure <= budget);
}

export function markdown(lines) {
  const cells = lines.map(({ what, count, text, holds }) => [
    String(count), what, text.ours, text.theirs, text.figure, text.budget + (holds ? "" : " **over**"),
  ]);
  const head = ["comments", "what", "ours", "compared with", "figure", "budget"];
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((row) => row[at].length)));
  const print = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  return [print(head), print(widths.map((width) => "-".repeat(width))), ...cells.map(print)].join("\n");
}
