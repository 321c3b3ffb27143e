import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import iconv from "iconv-lite";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { csvRows } from "../../src/lib/spreadsheet/csv.ts";
import { readTable, type TableRow, writeCsv, writeXlsx } from "../../src/lib/spreadsheet/index.ts";

const test = suite("a table in a file");
const folder = mkdtempSync(join(tmpdir(), "openbeian-table-"));
test.after(() => rmSync(folder, { recursive: true }));

async function read(bytes: string | Buffer, progress?: (part: number) => void): Promise<TableRow[]> {
  const path = join(folder, "table");
  writeFileSync(path, bytes);
  const rows: TableRow[] = [];
  for await (const row of readTable(path, progress)) rows.push(row);
  return rows;
}

const rows = [
  ["产品类型", "账户", "说明"],
  ["云服务器", "12345678901234567890", '有"引号"，逗号,和\n两行'],
  ["", "", ""],
  ["虚拟主机", "", "完"],
];
const expected = [
  { number: 1, cells: rows[0] },
  { number: 2, cells: rows[1] },
  { number: 4, cells: rows[3] },
];

test("reads the same out of UTF-8 with its mark and without, out of GBK, and out of a workbook", async () => {
  const csv = writeCsv(rows);
  assert.is(csv.charCodeAt(0), 0xfeff);
  assert.equal(await read(csv), expected);
  assert.equal(await read(csv.slice(1)), expected);
  assert.equal(await read(iconv.encode(csv.slice(1), "gbk")), expected);
  assert.equal(
    await read(
      await writeXlsx([
        { name: "产品", rows },
        { name: "说明", rows: [["别的"]] },
      ]),
    ),
    expected,
  );
});

test("is read whatever the place where a piece of it ends", () => {
  const text = 'a,"b""c"\r\n"d,\ne",f\r\n,\r\ng';
  const wanted = [["a", 'b"c'], ["d,\ne", "f"], ["", ""], ["g"]];
  for (let size = 1; size <= text.length; size++) {
    const reader = csvRows();
    const found: string[][] = [];
    for (let at = 0; at < text.length; at += size) found.push(...reader.feed(text.slice(at, at + size)));
    const last = reader.end();
    assert.equal(last ? [...found, last] : found, wanted, `pieces of ${size}`);
  }
});

test("of many rows is read in pieces, and tells how far it is", async () => {
  const many = Array.from({ length: 20_000 }, (_, at) => [`产品${at}`, "值".repeat(10)]);
  const parts: number[] = [];
  const found = await read(writeCsv(many), (part) => parts.push(part));
  assert.is(found.length, many.length);
  assert.equal(found.at(-1), { number: 20_000, cells: many.at(-1) });
  assert.ok(parts.length > 5 && parts.at(-1) === 1);
});

test("that is written has no cell that a program takes for a formula", () => {
  assert.is(writeCsv([["=1+1", "@x", "-5", "好"]]), "\ufeff'=1+1,'@x,'-5,好\r\n");
  assert.is(writeCsv([["＝1+1", "＠x", "－5"]]), "\ufeff'＝1+1,'＠x,'－5\r\n");
});

test("whose row has a number that no sheet has is not counted up to it", async () => {
  const parts = unzipSync(new Uint8Array(await writeXlsx([{ name: "产品", rows: [["云服务器"]] }])));
  const sheet = "xl/worksheets/sheet1.xml";
  const xml = strFromU8(parts[sheet] ?? new Uint8Array()).replaceAll('r="1"', 'r="2000000000"');
  const bomb = Buffer.from(zipSync({ ...parts, [sheet]: strToU8(xml) }));
  assert.is(await read(bomb).catch((error: Error) => error.name), "RangeError");
});

test("is read for its cells alone, however far merges, columns and names reach", async () => {
  const parts = unzipSync(new Uint8Array(await writeXlsx([{ name: "产品", rows: [["云服务器"], ["完"]] }])));
  const put = (path: string, before: string, text: string) => {
    const xml = strFromU8(parts[path] ?? new Uint8Array()).replace(/<cols>.*<\/cols>/s, "");
    assert.ok(xml.includes(before), `${before} in ${path}`);
    parts[path] = strToU8(xml.replace(before, `${text}${before}`));
  };
  const all = "$A$1:$XFD$1048576";
  const sheet = "xl/worksheets/sheet1.xml";
  put(sheet, "<sheetData>", '<cols><col min="1" max="2000000000" width="9"/></cols>');
  put(
    "xl/workbook.xml",
    "<calcPr",
    `<definedNames><definedName name="all">产品!${all}</definedName></definedNames>`,
  );
  const merged = strFromU8(parts[sheet] as Uint8Array);
  const end = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>';
  parts[sheet] = strToU8(merged.replace("</sheetData>", end));
  assert.equal(await read(Buffer.from(zipSync(parts))), [
    { number: 1, cells: ["云服务器"] },
    { number: 2, cells: ["完"] },
  ]);
});

test.run();
