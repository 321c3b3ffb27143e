import { isoDate } from "../lib/dates.ts";
import { streamTable, type TableFormat, tableTypes } from "../lib/spreadsheet/stream.ts";
import type { Ctx } from "../middleware/env.ts";
import { rowsWithCodes } from "../vocabulary/code-tables.ts";

/** Answers with a table as a file to keep; its rows are read while it is sent. Nothing on the way keeps a copy. */
export function tableFile(
  c: Ctx,
  { format, name }: { format: TableFormat; name: string },
  rows: AsyncIterable<readonly string[]>,
): Response {
  const file = `${name}${isoDate(new Date()).replaceAll("-", "")}.${format}`;
  c.header("content-type", tableTypes[format]);
  c.header(
    "content-disposition",
    `attachment; filename="export.${format}"; filename*=UTF-8''${encodeURIComponent(file)}`,
  );
  c.header("cache-control", "no-store");
  return c.body(streamTable(format, name, rowsWithCodes(rows)));
}
