import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fitsUnpacked } from "../../lib/spreadsheet/archive.ts";
import { readTable, type TableRow } from "../../lib/spreadsheet/index.ts";
import { normalise } from "../../lib/text.ts";
import type { Values } from "../../vocabulary/fields/index.ts";
import { MOST_SIBLINGS } from "../filing/change-sections.ts";
import { type CellProblem, readSection } from "./cells.ts";
import { columns } from "./columns.ts";

/** Bytes of a file, rows of a table, bytes of a workbook unpacked. */
export const MOST_BYTES = 5 * 1024 * 1024;
export const MOST_ROWS = 500;
// Its cells are objects in the memory of the web process for a moment, some thirty times as large.
const MOST_UNPACKED = 15 * 1024 * 1024;

/** A website with its access, and the row it stands in. */
export type RowWebsite = { row: number; website: Values; access: Values };

/** Something to look at in a row; "" as column: the row as a whole. */
export type RowFinding = CellProblem & { row: number; severity: "error" | "warning" };

/** The rows of one certificate: a filing to be. `blocked`: no draft can be made of it. */
export type RowFiling = {
  row: number;
  subject: Values;
  websites: RowWebsite[];
  findings: RowFinding[];
  blocked: boolean;
};

/** What a file gives: filings, or why it is refused as a whole. */
export type Reading = { filings: RowFiling[] } | { refused: keyof typeof refusals };

export const refusals = {
  size: "文件超过了5 MB，请分成几个文件上传",
  broken: "文件打不开，请用模板填写后，保存为xlsx或csv再上传",
  rows: `一次最多${MOST_ROWS}行，请分成几个文件上传`,
  header: "第一行的列名和模板不一样，请下载模板，照它的列名填写",
  empty: "表里没有填写的行，请填好以后再上传",
};

const ZIP = 0x504b0304;

/**
 * The filings of an uploaded table (xlsx, csv in UTF-8 or GBK). The file lies on the disk only while it is read. A
 * workbook that unpacks to more than a table of this size can be is not opened.
 */
export async function readBatch(bytes: Buffer): Promise<Reading> {
  if (bytes.length > MOST_BYTES) return { refused: "size" };
  const zipped = bytes.length > 4 && bytes.readUInt32BE(0) === ZIP;
  if (zipped && !(await fitsUnpacked(bytes, MOST_UNPACKED))) return { refused: "broken" };
  const folder = await mkdtemp(join(tmpdir(), "batch-"));
  try {
    const path = join(folder, "table");
    await writeFile(path, bytes, { mode: 0o600 });
    return readingOf(await rowsIn(path));
  } catch {
    return { refused: "broken" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** No more rows than are taken, and one to see that there are more. */
async function rowsIn(path: string): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(path)) {
    rows.push(row);
    if (rows.length > MOST_ROWS + 1) break;
  }
  return rows;
}

function readingOf([header, ...rows]: TableRow[]): Reading {
  const labels = header?.cells.map(normalise) ?? [];
  const needed = ["主办单位性质", "主办单位证件类型", "主办单位证件号码", "域名"];
  if (!header) return { refused: "empty" };
  if (needed.some((label) => !labels.includes(label))) return { refused: "header" };
  if (rows.length > MOST_ROWS) return { refused: "rows" };
  if (rows.length === 0) return { refused: "empty" };
  const filings = new Map<string, RowFiling>();
  const unknown = unknownColumns(header.number, labels);
  for (const row of rows) addRow(filings, row, labels);
  const [first] = filings.values();
  first?.findings.unshift(...unknown);
  return { filings: [...filings.values()] };
}

const unknownColumns = (row: number, labels: readonly string[]): RowFinding[] => {
  const known = new Set(columns.map(({ label }) => label));
  const count = labels.filter((label) => label !== "" && !known.has(label)).length;
  const message = `有${count}列的列名不在模板里，没有读取`;
  return count > 0 ? [{ row, column: "", message, severity: "warning" }] : [];
};

/** A row joins the filing of its certificate; one without a certificate stands alone. */
function addRow(filings: Map<string, RowFiling>, { number: row, cells }: TableRow, labels: string[]): void {
  const byLabel = new Map(labels.map((label, index) => [label, cells[index] ?? ""]));
  const subject = readSection("subject", byLabel);
  const website = readSection("website", byLabel);
  const access = readSection("access", byLabel);
  const problems = [...subject.problems, ...website.problems, ...access.problems];
  const findings = problems.map((one): RowFinding => ({ ...one, row, severity: "error" }));
  const { certType, certNo } = subject.values;
  const key = certNo ? `${certType ?? ""}:${certNo}` : `row ${row}`;
  const filing = filings.get(key) ?? {
    ...{ row, subject: subject.values, websites: [], findings: [], blocked: false },
  };
  filings.set(key, filing);
  filing.findings.push(...findings, ...differences(filing, row, subject.values));
  filing.websites.push({ row, website: website.values, access: access.values });
  if (filing.websites.length === MOST_SIBLINGS + 1) tooMany(filing);
}

const tooMany = (filing: RowFiling): void => {
  filing.blocked = true;
  const message = `同一个主办单位一次最多${MOST_SIBLINGS}个网站，请分成几次`;
  filing.findings.push({ row: filing.row, column: "", message, severity: "error" });
};

/** The first row says who the subject is; what a later one says otherwise is not taken, and that is said. */
function differences(filing: RowFiling, row: number, subject: Values): RowFinding[] {
  if (row === filing.row) return [];
  const message = `和第${filing.row}行的不一样，以第${filing.row}行为准`;
  return columns
    .filter(({ section, part }) => section === "subject" && String(subject[part] ?? "") !== "")
    .filter(({ part }) => String(subject[part]) !== String(filing.subject[part] ?? ""))
    .map(({ label }) => ({ row, column: label, message, severity: "warning" }));
}
