/**
 * A line of a table of budgets. `ok` is left out where nothing is promised; `beside` says in words what the figure may be
 * compared with.
 */
export type Row = {
  what: string;
  budget: string;
  measured: string;
  ok?: boolean | undefined;
  beside?: string | undefined;
};

/** A figure with the most (`limit`) or the least it may be; without either it only stands beside another. */
export type Figure = {
  what: string;
  measured: number;
  unit: string;
  limit?: number | undefined;
  least?: number | undefined;
  beside?: string | undefined;
};

/** Whole numbers from a hundred on, two digits below. */
const text = (value: number, unit: string): string =>
  `${value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 })} ${unit}`;

export function rowOf({ what, measured, unit, limit, least, beside }: Figure): Row {
  const shown = { what, measured: text(measured, unit), beside };
  if (limit !== undefined) return { ...shown, budget: `≤ ${text(limit, unit)}`, ok: measured <= limit };
  if (least !== undefined) return { ...shown, budget: `≥ ${text(least, unit)}`, ok: measured >= least };
  return { ...shown, budget: "–" };
}

/** The value below which so many percent of the samples lie. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0)] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 50);

const wide = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0);

/** Prints the table under a heading; gives the lines whose budget is broken. */
export function printTable(heading: string, rows: readonly Row[]): Row[] {
  const cells = rows.map((row) => [
    row.ok === false ? "✘" : " ",
    row.what,
    row.budget,
    row.measured,
    row.beside ?? "",
  ]);
  const table = [["", "what", "budget", "measured", "beside"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => wide(line[column] ?? ""))));
  const pad = (cell: string, column: number) =>
    cell + " ".repeat(Math.max((widths[column] ?? 0) - wide(cell), 0));
  console.log(`\n${heading}`);
  for (const line of table) console.log(line.map(pad).join("  ").trimEnd());
  return rows.filter(({ ok }) => ok === false);
}
