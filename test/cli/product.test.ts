import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bar } from "../../src/cli/progress.ts";
import { readTable, writeCsv, writeXlsx } from "../../src/lib/spreadsheet/index.ts";
import { ispSettings } from "../../src/models/isp/settings.ts";
import { maybeHook } from "../../src/models/product/hook.ts";
import { verifyProduct } from "../../src/models/product/verify.ts";
import type { RootStore } from "../../src/models/store.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";
import type { People } from "../support/people.ts";
import { asks, noHook } from "../support/products.ts";
import { type TaskBench, taskBench } from "../support/task-bench.ts";

const test = suite("openbeian product");
let bench: TaskBench;
let store: RootStore;
let people: People;
let cli: CliBench;

test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
  cli = cliOn(bench);
});
test.after(async () => {
  await bench.close();
  cli.remove();
});

const head = ["产品类型", "账户", "密码", "产品名称", "备案用户名", "网站数", "服务器放置地"];
const good = ["云服务器", "203.0.113.18", "geheim-1", "示例主机", "", "2", "浙江"];

async function imported(name: string, bytes: string | Buffer, ...more: string[]) {
  const path = join(cli.dataDir, name);
  writeFileSync(path, bytes);
  const { code, out, err } = await cli.run("product", "import", path, "--isp", "yi", "--json", ...more);
  return { code, report: code === 2 ? undefined : JSON.parse(out), err };
}

const count = async () => (await bench.db`select count(*)::int as n from products`)[0]?.n;

test("checks a file without writing it, then writes it, then changes what is there", async () => {
  const csv = writeCsv([head, good]);
  const dry = await imported("a.csv", csv, "--dry-run");
  assert.equal([dry.code, dry.report.added, await count()], [0, 1, 0]);
  const first = await imported("a.csv", csv);
  assert.equal([first.code, first.report.added, first.report.changed], [0, 1, 0]);
  const again = await imported("a.csv", writeCsv([head, good.with(3, "新的名称").with(2, "")]));
  assert.equal([again.code, again.report.added, again.report.changed], [0, 0, 1]);
  const [row] = await bench.db`select name, quota, server_place, secret_hash from products`;
  assert.equal([row?.name, row?.quota, row?.serverPlace], ["新的名称", 2, "330000"]);
  assert.match(row?.secretHash, /^\$argon2id\$/);
  const answer = await verifyProduct(
    store,
    noHook,
    asks(people, { type: "cloud_server", key: "203.0.113.18", secret: "geheim-1" }),
  );
  assert.ok(answer.ok && answer.left === 2);
});

const mixed = [
  head,
  ["虚拟主机", "ftp-a", "geheim-2", "虚拟主机甲", "zhangsan", "1", ""],
  ["飞船", "geheim-3", "geheim-4", "", "", "viele", ""],
  ["虚拟主机", "ftp-a", "geheim-5", "又是甲", "", "", ""],
  ["虚拟主机", "ftp-b", "", "没有密码", "", "", ""],
  ["虚拟主机", "ftp-c", "geheim-6", "没有人", "niemand", "", ""],
];
const faults = [
  [3, "产品类型"],
  [3, "产品名称"],
  [3, "网站数"],
  [4, "账户"],
  [5, "密码"],
  [6, "备案用户名"],
];

for (const [name, bytes] of [
  ["b.csv", async () => iconv.encode(writeCsv(mixed).slice(1), "gbk")],
  ["b.xlsx", () => writeXlsx([{ name: "产品", rows: mixed }])],
] as const)
  test(`writes the good rows of ${name} and tells the bad ones, without what stands in them`, async () => {
    await bench.db`delete from product_owners`;
    await bench.db`delete from products`;
    const { code, report } = await imported(name, await bytes());
    assert.is(code, 1);
    assert.equal([report.rows, report.added], [5, 1]);
    assert.equal(
      report.bad.map(({ row, column }: { row: number; column: string }) => [row, column]),
      faults,
    );
    assert.not.match(JSON.stringify(report), /geheim/);
    const [owner] = await bench.db`select account_id from product_owners`;
    assert.is(owner?.accountId, people.registrants.张三.id);
  });

test("reads thousands of rows in pieces", async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => ["IDC主机", `DD${at}`, "", `主机${at}`, "", "1", ""]);
  const csv = writeCsv([[...head, "IP地址"], ...rows.map((row) => [...row, "203.0.113.9"])]);
  const { code, report } = await imported("many.csv", csv);
  assert.equal([code, report.added, report.bad], [0, 3000, []]);
});

test("says in one sentence what is no table", async () => {
  const tries: [string, string | Buffer, RegExp][] = [
    ["empty.csv", "", /the file is empty/],
    ["heads.csv", "a,b\n1,2\n", /must name the columns.*产品类型/],
    ["broken.xlsx", Buffer.from("504b030400000000", "hex"), /no xlsx file/],
  ];
  for (const [name, bytes, said] of tries) {
    writeFileSync(join(cli.dataDir, name), bytes);
    const { code, err } = await cli.run("product", "import", join(cli.dataDir, name), "--isp", "yi");
    assert.is(code, 1, name);
    assert.match(err, said);
    assert.is(err.trim().split("\n").length, 1, err);
  }
  const missing = await cli.run("product", "import", join(cli.dataDir, "none.csv"), "--isp", "yi");
  assert.match(missing.err, /can't be read \(ENOENT\)/);
  assert.is((await cli.run("product", "import")).code, 2);
});

test("gives a template that reads back, and overwrites nothing", async () => {
  for (const name of ["t.xlsx", "t.csv"]) {
    const path = join(cli.dataDir, name);
    assert.is((await cli.run("product", "template", path)).code, 0);
    const rows = [];
    for await (const { cells } of readTable(path)) rows.push(cells);
    assert.is(rows.length, 1);
    assert.equal(rows[0]?.slice(0, 3), ["产品类型", "账户", "密码"]);
    const before = readFileSync(path);
    assert.is((await cli.run("product", "template", path)).code, 1);
    assert.equal(readFileSync(path), before);
  }
});

test("lists, finds and shows products", async () => {
  const found = await cli.run("product", "ls", "--isp", "yi", "--search", "dd7", "--json");
  const [row] = JSON.parse(found.out);
  assert.is(row.key, "DD7");
  const shown = await cli.run("product", "show", String(row.id), "--isp", "yi");
  assert.match(shown.out, /主机7/);
  assert.is((await cli.run("product", "show", String(row.id), "--isp", "er")).code, 1);
  assert.equal(JSON.parse((await cli.run("product", "ls", "--isp", "er", "--json")).out), []);
});

test("sets the hook with a secret that it shows once, and what is asked for", async () => {
  const { out } = await cli.run("product", "hook", "yi", "https://crm.example.cn/p", "--json");
  const { secret } = JSON.parse(out);
  assert.equal(await maybeHook(store, people.isps.first), { url: "https://crm.example.cn/p", secret });
  await cli.run("product", "set", "yi", "--required", "yes", "--type", "cloud_server");
  const { products } = await ispSettings(store.db, people.isps.first);
  assert.equal(products, { required: true, source: "webhook", types: ["cloud_server"] });
  for (const url of ["http://crm.example.cn/p", "https://a:b@crm.example.cn/", "nonsense"])
    assert.is((await cli.run("product", "hook", "yi", url)).code, 1, url);
});

test("draws a bar that fills", () => {
  assert.is(bar(0, "0 rows"), `[${"-".repeat(30)}]   0 %  0 rows`);
  assert.is(bar(1, "9 rows"), `[${"#".repeat(30)}] 100 %  9 rows`);
});

test.run();
