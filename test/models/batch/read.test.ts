import { strToU8, unzipSync, zipSync } from "fflate";
import iconv from "iconv-lite";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeCsv, writeXlsx } from "../../../src/lib/spreadsheet/index.ts";
import { columns } from "../../../src/models/batch/columns.ts";
import { MOST_BYTES, MOST_ROWS, readBatch } from "../../../src/models/batch/read.ts";
import { batchTemplate } from "../../../src/models/batch/template.ts";
import { csvOf, filingsIn, header, tableRow } from "../../support/tables.ts";

const test = suite("a table of filings that is uploaded");

test("has a column of its own for every field", () => {
  assert.is(new Set(columns.map(({ label }) => label)).size, columns.length);
});

test("is read from the template with its example", async () => {
  const [filing, ...others] = await filingsIn(await writeXlsx(batchTemplate()));
  assert.equal(others, []);
  assert.equal(filing?.findings, []);
  const { name, nature, county, idNo } = filing?.subject ?? {};
  assert.equal(
    [name, nature, county, idNo],
    ["示例茶业（杭州）有限公司", "4", "330108", "330108199001010010"],
  );
  const [{ row = 0, website = {}, access = {} } = {}] = filing?.websites ?? [];
  assert.is(row, 2);
  assert.equal([website.domains, website.languages, website.samePerson], [["example.cn"], ["1"], "1"]);
  assert.equal([access.accessModes, access.serverPlaces, access.ips], [["5"], ["330000"], ["203.0.113.18"]]);
});

test("may be csv of a Chinese Windows", async () => {
  const [filing] = await filingsIn(iconv.encode(writeCsv([header, tableRow()]), "gbk"));
  assert.is(filing?.subject.person, "张三");
});

test("makes one filing of the rows of one certificate, the first row saying who it is", async () => {
  const shared = { 主办单位证件号码: "91330108MA2EXAMP08" };
  const filings = await filingsIn(
    csvOf(tableRow(shared), tableRow(), tableRow({ ...shared, 通信地址: "别处1号" })),
  );
  assert.equal(
    filings.map(({ websites }) => websites.map(({ row }) => row)),
    [[2, 4], [3]],
  );
  assert.is(filings[0]?.subject.address, "示例路100号3幢201室");
  assert.equal(filings[0]?.findings, [
    { row: 4, column: "通信地址", message: "和第2行的不一样，以第2行为准", severity: "warning" },
  ]);
});

test("understands lists, full and short names of places, approvals with their numbers and another person", async () => {
  const row = tableRow({
    ...{ 省: "北京", 市: "北京市", 区县: "海淀", 语言类别: "中文简体；英语", 服务器放置地: "浙江省、北京" },
    ...{ 前置审批或专项审批: "新闻:京新备1、出版", 网站负责人: "", 网站负责人姓名: "李四" },
  });
  const [filing] = await filingsIn(csvOf(row));
  assert.equal(filing?.findings, []);
  const { province, city, county } = filing?.subject ?? {};
  assert.equal([province, city ?? "", county], ["110000", "", "110108"]);
  const { website = {}, access = {} } = filing?.websites[0] ?? {};
  assert.equal(
    [website.languages, website.preApprovals],
    [
      ["1", "12"],
      ["1", "2"],
    ],
  );
  assert.equal([website.approvalNumber1, website.samePerson, website.leaderName], ["京新备1", "", "李四"]);
  assert.equal(access.serverPlaces, ["330000", "110000"]);
});

test("names row and column of a word that it does not know, and never the word", async () => {
  const [filing] = await filingsIn(csvOf(tableRow({ 接入方式: "330108199001010010", 区县: "没有区" })));
  assert.equal(
    filing?.findings.map(({ row, column }) => [row, column]),
    [
      [2, "区县"],
      [2, "接入方式"],
    ],
  );
  assert.not(JSON.stringify(filing?.findings).includes("330108199001010010"));
});

const refused = async (bytes: Buffer): Promise<string> => {
  const read = await readBatch(bytes);
  return "refused" in read ? read.refused : "taken";
};

test("is refused where it is too much, empty or something else", async () => {
  const row = tableRow();
  assert.is(await refused(Buffer.alloc(MOST_BYTES + 1, "a")), "size");
  assert.is(await refused(csvOf(...Array.from({ length: MOST_ROWS + 1 }, () => row))), "rows");
  assert.is(await refused(csvOf()), "empty");
  assert.is(await refused(Buffer.alloc(0)), "empty");
  assert.is(await refused(Buffer.from("a,b\r\n1,2\r\n")), "header");
  assert.is(await refused(Buffer.from("PK\x03\x04 no more than its beginning")), "broken");
});

const packed = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(60 * 1024 * 1024) });
const bomb = () => Buffer.from(packed);

test("is not opened when it unpacks to far more than a table", async () => {
  assert.ok(bomb().length < 100_000);
  assert.is(await refused(bomb()), "broken");
});

test("is opened with what programs add to a table, but not with as much as would hold up the others", async () => {
  const parts = unzipSync(new Uint8Array(await writeXlsx([{ name: "a", rows: [["a"], ["b"]] }])));
  const besides = (bytes: number) => Buffer.from(zipSync({ ...parts, "xl/a.bin": new Uint8Array(bytes) }));
  assert.is(await refused(besides(14 * 1024 * 1024)), "header");
  assert.is(await refused(besides(15 * 1024 * 1024)), "broken");
});

test("is not opened when it says less than it unpacks to, or hides a file from its directory", async () => {
  const lying = bomb();
  const line = lying.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
  lying.writeUInt32LE(1000, line + 24);
  assert.is(await refused(lying), "broken");
  const hidden = bomb();
  const hiddenBody = hidden.subarray(0, hidden.lastIndexOf(Buffer.from("PK\x01\x02", "latin1")));
  const plain = Buffer.from(zipSync({ "a.xml": strToU8("<a/>") }));
  const at = plain.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
  plain.writeUInt32LE(hiddenBody.length, at + 42);
  const end = plain.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  plain.writeUInt32LE(hiddenBody.length + at, end + 16);
  assert.is(await refused(Buffer.concat([hiddenBody, plain])), "broken");
});

test.run();
