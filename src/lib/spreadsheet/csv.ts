import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import iconv from "iconv-lite";

/**
 * Cells of a CSV text (RFC 4180: quotes, doubled quotes, line ends inside quotes), fed in pieces. Gives the rows that
 * are whole; `end` gives the last one.
 */
export function csvRows() {
  let [row, cell, quoted, wasQuote]: [string[], string, boolean, boolean] = [[], "", false, false];
  const endRow = (): string[] => {
    const done = [...row, cell];
    [row, cell] = [[], ""];
    return done;
  };
  const take = (sign: string, rows: string[][]): void => {
    if (quoted && sign !== '"') cell += sign;
    else if (sign === '"') {
      // A quote inside quotes ends them, unless another one follows at once.
      if (!quoted && wasQuote) cell += '"';
      quoted = !quoted;
    } else if (sign === ",") {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") rows.push(endRow());
    else if (sign !== "\r") cell += sign;
    wasQuote = sign === '"' && !quoted;
  };
  return {
    feed: (text: string): string[][] => {
      const rows: string[][] = [];
      for (const sign of text) take(sign, rows);
      return rows;
    },
    end: (): string[] | undefined => (row.length > 0 || cell !== "" ? endRow() : undefined),
  };
}

/** GBK is what Excel on a Chinese Windows saves; its superset GB18030 reads both. UTF-8 is told by every byte being it. */
async function encodingOf(path: string): Promise<"utf8" | "gb18030"> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return "utf8";
  } catch {
    return "gb18030";
  }
}

/** The rows of a CSV file, read in pieces; `at` is told how many bytes are done. */
export async function* readCsv(path: string, at: (bytes: number) => void): AsyncGenerator<string[]> {
  // iconv-lite drops a byte order mark by itself.
  const decoder = iconv.getDecoder(await encodingOf(path));
  const rows = csvRows();
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    bytes += (chunk as Buffer).length;
    at(bytes);
    yield* rows.feed(decoder.write(chunk as Buffer));
  }
  yield* rows.feed(decoder.end() ?? "");
  const last = rows.end();
  if (last) yield last;
}

/** Whether the file is a ZIP, as xlsx is, whatever its name says. */
export async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32BE(0) === 0x504b0304;
  } finally {
    await file.close();
  }
}

/**
 * A cell that a spreadsheet would take for a formula is kept a text; Chinese and Japanese ones take the wide signs for the
 * narrow ones (OWASP, CSV Injection).
 */
const harmless = (cell: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell);

/** A row of CSV with its line end. */
export const csvLine = (row: readonly string[]): string =>
  `${row
    .map(harmless)
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",")}\r\n`;

/** Without it Excel takes CSV for GBK. */
export const BYTE_ORDER_MARK = "\ufeff";

/** CSV with a byte order mark. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `${BYTE_ORDER_MARK}${rows.map(csvLine).join("")}`;
