/**
 * A line of the table of budgets. `limit` is the most that may be measured, `least` the least; without either a figure
 * only stands beside another. `beside` says in words what it may be compared with.
 */
export type Row = {
  what: string;
  measured: number;
  unit: string;
  limit?: number;
  least?: number;
  beside?: string;
};

/** Whether the budget of a line holds. */
export const holds = ({ measured, limit, least }: Row): boolean =>
  !(measured > (limit ?? Number.POSITIVE_INFINITY)) && !(measured < (least ?? Number.NEGATIVE_INFINITY));

/** 14,000 and 0.53: whole numbers from a hundred on. */
const figure = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 });

const budgetOf = ({ limit, least, unit }: Row): string =>
  limit !== undefined
    ? `≤ ${figure(limit)} ${unit}`
    : least !== undefined
      ? `≥ ${figure(least)} ${unit}`
      : "";

const wide = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0);

/** Prints the table under a heading; gives the lines whose budget is broken. */
export function printTable(heading: string, rows: readonly Row[]): Row[] {
  const cells = rows.map((row) => [
    holds(row) ? " " : "✘",
    row.what,
    budgetOf(row),
    `${figure(row.measured)} ${row.unit}`,
    row.beside ?? "",
  ]);
  const table = [["", "what", "budget", "measured", "beside"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => wide(line[column] ?? ""))));
  const pad = (text: string, column: number) =>
    text + " ".repeat(Math.max((widths[column] ?? 0) - wide(text), 0));
  console.log(`\n${heading}`);
  for (const line of table) console.log(line.map(pad).join("  ").trimEnd());
  return rows.filter((row) => !holds(row));
}
