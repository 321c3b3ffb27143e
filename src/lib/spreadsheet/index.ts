import { stat } from "node:fs/promises";
import { isZip, readCsv } from "./csv.ts";
import { readXlsx } from "./xlsx.ts";

export { writeCsv } from "./csv.ts";
export { streamTable, type TableFormat, tableTypes } from "./stream.ts";
export { type Sheet, writeXlsx } from "./xlsx.ts";

/** A row of a file with the number that a spreadsheet program shows beside it. */
export type TableRow = { number: number; cells: string[] };

/**
 * The rows of a CSV (UTF-8 with or without a byte order mark, GBK) or XLSX file (its first sheet), read in pieces and
 * without the empty ones. `progress` is told which part of the file is done, 0 to 1. Throws the system's error for a file
 * that can't be read.
 */
export async function* readTable(
  path: string,
  progress: (part: number) => void = () => {},
): AsyncGenerator<TableRow> {
  const { size } = await stat(path);
  const read = (await isZip(path)) ? readXlsx : readCsv;
  let number = 0;
  for await (const cells of read(path, (bytes) => progress(size === 0 ? 1 : Math.min(1, bytes / size)))) {
    number += 1;
    if (cells.some((cell) => cell.trim() !== "")) yield { number, cells };
  }
}
