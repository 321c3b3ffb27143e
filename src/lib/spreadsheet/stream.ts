import { PassThrough, Readable } from "node:stream";
import { BYTE_ORDER_MARK, csvLine } from "./csv.ts";

export type TableFormat = "xlsx" | "csv";

export const tableTypes: Record<TableFormat, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
};

type Rows = AsyncIterable<readonly string[]>;

/**
 * A table as a file, written while its rows come: a few rows are in memory, however many there are. All cells are texts;
 * one that a spreadsheet would take for a formula stays a text. Rows that fail break the file off.
 */
export const streamTable = (format: TableFormat, name: string, rows: Rows): ReadableStream<Uint8Array> =>
  Readable.toWeb(format === "csv" ? csvStream(rows) : xlsxStream(name, rows)) as ReadableStream<Uint8Array>;

function csvStream(rows: Rows): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(BYTE_ORDER_MARK);
      for await (const row of rows) yield Buffer.from(csvLine(row));
    })(),
  );
}

function xlsxStream(name: string, rows: Rows): Readable {
  const out = new PassThrough();
  writeXlsx(out, name, rows).catch((error: Error) => out.destroy(error));
  return out;
}

async function writeXlsx(out: PassThrough, name: string, rows: Rows): Promise<void> {
  const { stream } = (await import("exceljs")).default;
  const book = new stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  let first = true;
  for await (const row of rows) {
    if (first) sheet.columns = row.map(() => ({ width: 20, style: { numFmt: "@" } }));
    const written = sheet.addRow([...row]);
    if (first) written.font = { bold: true };
    written.commit();
    first = false;
    // Whoever reads slowly is waited for: what is written would else pile up here.
    if (out.writableNeedDrain) await new Promise((resolve) => out.once("drain", resolve));
  }
  sheet.commit();
  await book.commit();
}
