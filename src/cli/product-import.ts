import type { Command } from "commander";
import {
  type ProductColumn,
  type ProductProblem,
  type ProductRow,
  productColumnNames,
  productColumns,
  readProduct,
  writingProblems,
} from "../forms/product.ts";
import { readTable, type TableRow } from "../lib/spreadsheet/index.ts";
import { compact } from "../lib/text.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { inCodesOf } from "../models/code-table/in-force.ts";
import { keyHash } from "../models/product/rows.ts";
import { type ProductInput, upsertProducts } from "../models/product/upsert.ts";
import type { RootStore } from "../models/store.ts";
import { ispOf } from "./find.ts";
import { CommandFailed, table, wantsJson, write } from "./output.ts";
import { progressBar } from "./progress.ts";
import { withStore } from "./settings.ts";

/** Rows in a transaction: enough to hash several secrets at once, few enough to see the bar move. */
const BATCH = 100;
/** Bad rows that a person reads; `--json` tells all of them. */
const MOST_SHOWN = 50;

export type BadRow = { row: number; column: string; problem: string };
export type ImportReport = { rows: number; added: number; changed: number; bad: BadRow[] };

type Waiting = { number: number; product: ProductInput };

const columnOf = (heading: string): ProductColumn | undefined =>
  productColumnNames.find(
    (name) => name === compact(heading) || productColumns[name].label === compact(heading),
  );

/** Where each column stands; throws the sentence that names what is missing. */
function columnsOf({ cells }: TableRow): Map<ProductColumn, number> {
  const found = new Map<ProductColumn, number>();
  for (const [at, heading] of cells.entries()) {
    const name = columnOf(heading);
    if (name && !found.has(name)) found.set(name, at);
  }
  const missing = productColumnNames.filter((name) => productColumns[name].required && !found.has(name));
  if (missing.length > 0)
    throw new CommandFailed(
      `the first row must name the columns; missing: ${missing.map((name) => productColumns[name].label).join(", ")} (see openbeian product template)`,
    );
  return found;
}

const rowOf = ({ cells }: TableRow, columns: ReadonlyMap<ProductColumn, number>): ProductRow =>
  Object.fromEntries(
    productColumnNames.map((name) => [name, cells[columns.get(name) ?? -1] ?? ""]),
  ) as ProductRow;

/**
 * Imports the products of a CSV or XLSX file in batches: what is right is written, what is not is told by row and column,
 * never with what stands there. With `dryRun` nothing is written.
 */
export async function importProducts(
  store: RootStore,
  { path, ispId, dryRun }: { path: string; ispId: number; dryRun: boolean },
  progress: (part: number, rows: number) => void = () => {},
): Promise<ImportReport> {
  const report: ImportReport = { rows: 0, added: 0, changed: 0, bad: [] };
  const seen = new Map<string, number>();
  let columns: Map<ProductColumn, number> | undefined;
  let waiting: Waiting[] = [];
  const flush = async () => {
    await writeBatch(store, { ispId, dryRun, waiting }, report);
    waiting = [];
  };
  for await (const line of readTable(path, (part) => progress(part, report.rows))) {
    if (!columns) {
      columns = columnsOf(line);
      continue;
    }
    report.rows += 1;
    const { product, problems } = readProduct(rowOf(line, columns));
    const twice = product && seenBefore(store, ispId, seen, line.number, product);
    for (const problem of [...problems, ...(twice ? [twice] : [])])
      report.bad.push(badRow(line.number, problem));
    if (product && !twice) waiting.push({ number: line.number, product });
    if (waiting.length >= BATCH) await flush();
  }
  if (!columns) throw new CommandFailed("the file is empty");
  await flush();
  progress(1, report.rows);
  report.bad.sort((a, b) => a.row - b.row);
  return report;
}

const badRow = (row: number, { column, text }: ProductProblem): BadRow => ({
  row,
  column: productColumns[column].label,
  problem: text,
});

function seenBefore(
  store: RootStore,
  ispId: number,
  seen: Map<string, number>,
  number: number,
  { type, key }: ProductInput,
): ProductProblem | undefined {
  const digest = keyHash(store, ispId, type, key).toString("hex");
  const before = seen.get(digest);
  if (before !== undefined) return { column: "key", text: `和第${before}行是同一个产品` };
  seen.set(digest, number);
  return undefined;
}

type Batch = { ispId: number; dryRun: boolean; waiting: readonly Waiting[] };

async function writeBatch(
  store: RootStore,
  { ispId, dryRun, waiting }: Batch,
  report: ImportReport,
): Promise<void> {
  if (waiting.length === 0) return;
  const products = waiting.map(({ product }) => product);
  const written = await upsertProducts(store, { ispId, products, source: "import", dryRun });
  for (const [at, one] of written.entries()) {
    if (one.outcome === "refused")
      report.bad.push(badRow(waiting[at]?.number ?? 0, writingProblems[one.why]));
    else report[one.outcome] += 1;
  }
}

type Options = { isp: string; dryRun?: boolean };

/** `openbeian product import`: exit code 0, or 1 when a row was bad. */
export async function importCommand(path: string, options: Options, command: Command): Promise<void> {
  const dryRun = options.dryRun === true;
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, options.isp);
    const shown = progressBar(!wantsJson(command));
    const show = (part: number, rows: number) => shown.show(part, `${rows} rows`);
    const work = () => importProducts(store, { path, ispId, dryRun }, show);
    const report = await inCodesOf(store.db, { ispId }, work).catch(sayUnreadable(path)).finally(shown.end);
    const { rows, added, changed, bad } = report;
    if (!dryRun)
      await recordOperator(store.db, "import-products", {
        ispId,
        detail: { rows, added, changed, bad: bad.length },
      });
    tell(command, report, dryRun);
    if (bad.length > 0) process.exitCode = 1;
  });
}

const sayUnreadable =
  (path: string) =>
  (error: unknown): never => {
    if (error instanceof CommandFailed) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
      throw new CommandFailed(`${path} can't be read (${code})`);
    if (/zip|xml|invalid|signature|FILE_ENDED|central directory/i.test(message))
      throw new CommandFailed(`${path} is no xlsx file that can be read`);
    throw error;
  };

function tell(command: Command, report: ImportReport, dryRun: boolean): void {
  if (wantsJson(command)) {
    write(JSON.stringify({ dryRun, ...report }, null, 2));
    return;
  }
  const { rows, added, changed, bad } = report;
  const badRows = new Set(bad.map(({ row }) => row)).size;
  write(
    `${dryRun ? "would import" : "imported"} ${rows - badRows} of ${rows} rows: ${added} added, ${changed} changed, ${badRows} bad`,
  );
  if (bad.length > 0)
    write(table(bad.slice(0, MOST_SHOWN), { row: "ROW", column: "COLUMN", problem: "WHAT IS WRONG" }));
  if (bad.length > MOST_SHOWN) write(`… and ${bad.length - MOST_SHOWN} more; --json lists all`);
}
