import { createReadStream } from "node:fs";
import type ExcelJS from "exceljs";

/** Loaded when a workbook is read or written: it is large, and most processes never do. */
const library = async () => (await import("exceljs")).default;

/** What a cell says, as a person reads it: a date as YYYY-MM-DD, a formula by its result. */
function cellText(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("result" in value) return cellText(value.result as ExcelJS.CellValue);
  if ("text" in value) return cellText(value.text as ExcelJS.CellValue);
  return "";
}

/** Rows of a sheet in Excel. A file may give a row any number, and those between are counted out. */
const LAST_ROW = 1_048_576;

/**
 * The rows of the first sheet, read in pieces; `at` is told how many bytes of the file are done. Throws RangeError for a
 * row that no sheet has.
 */
export async function* readXlsx(path: string, at: (bytes: number) => void): AsyncGenerator<string[]> {
  const { stream } = await library();
  const file = createReadStream(path);
  const reader = new stream.xlsx.WorkbookReader(file, {
    ...{
      worksheets: "emit",
      sharedStrings: "cache",
      styles: "cache",
      hyperlinks: "ignore",
      entries: "ignore",
    },
  });
  for await (const sheet of reader) {
    let number = 0;
    for await (const row of sheet) {
      at(file.bytesRead);
      if (!(row.number <= LAST_ROW)) throw new RangeError("a row beyond the last one of a sheet");
      // Empty rows are not in the file, but counted by whoever looks at it.
      while (++number < row.number) yield [];
      const values = Array.isArray(row.values) ? row.values.slice(1) : [];
      yield Array.from(values, cellText);
    }
    return;
  }
}

export type Sheet = { name: string; rows: readonly (readonly string[])[]; widths?: readonly number[] };

/** A workbook of texts: numbers with many digits keep them all. The first row of a sheet is its heading and stays in view. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const { Workbook } = await library();
  const book = new Workbook();
  for (const { name, rows, widths = [] } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
    sheet.columns = (rows[0] ?? []).map((_, index) => ({
      width: widths[index] ?? 18,
      style: { numFmt: "@" },
    }));
    for (const row of rows) sheet.addRow([...row]);
    sheet.getRow(1).font = { bold: true };
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
