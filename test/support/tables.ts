import { writeCsv } from "../../src/lib/spreadsheet/index.ts";
import { type Reading, type RowFiling, readBatch } from "../../src/models/batch/read.ts";
import { batchTemplate } from "../../src/models/batch/template.ts";
import { freshParts } from "./filings.ts";

const [sheet] = batchTemplate();
export const header: readonly string[] = sheet?.rows[0] ?? [];
const example = sheet?.rows[1] ?? [];

/** A row as the example of the template, under a certificate and domain of its own, with what is given put over it. */
export function tableRow(changes: Record<string, string> = {}): string[] {
  const { domain, certNo } = freshParts();
  const own = { 主办单位证件号码: certNo, 域名: domain, 首页网址: `www.${domain}`, ...changes } as Record<
    string,
    string
  >;
  return header.map((label, at) => own[label] ?? example[at] ?? "");
}

/** A table as the csv file that is uploaded. */
export const csvOf = (...rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(writeCsv([header, ...rows]));

/** The filings of a file that is taken. */
export async function filingsIn(bytes: Buffer): Promise<RowFiling[]> {
  const read: Reading = await readBatch(bytes);
  if ("refused" in read) throw new Error(read.refused);
  return read.filings;
}
