import { readFile } from "node:fs/promises";
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

/** What says nothing about the cells; much of it would be spread over every cell or column that it is for. */
const IGNORED = [
  ...["cols", "mergeCells", "dataValidations", "conditionalFormatting", "extLst", "hyperlinks", "tableParts"],
  ...["drawing", "picture"],
];

/**
 * The rows of the first sheet; `at` is told when the file is read. The workbook is read whole, since the library's reader in
 * pieces now and then passes over a part of a good file. Throws RangeError for a row that no sheet has.
 */
export async function* readXlsx(path: string, at: (bytes: number) => void): AsyncGenerator<string[]> {
  const { Workbook } = await library();
  const bytes = await readFile(path);
  const book = new Workbook();
  // Names would be spread as well, and the library can leave out only parts of sheets.
  Object.defineProperty(book.definedNames, "model", { set: () => undefined });
  await book.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes: IGNORED });
  at(bytes.length);
  const sheet = book.worksheets[0];
  if (!sheet) return;
  if (sheet.rowCount > LAST_ROW) throw new RangeError("a row beyond the last one of a sheet");
  for (let number = 1; number <= sheet.rowCount; number++) {
    // Empty rows are not in the file, but counted by whoever looks at it.
    const values = sheet.findRow(number)?.values;
    yield Array.isArray(values) ? Array.from(values.slice(1), cellText) : [];
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
