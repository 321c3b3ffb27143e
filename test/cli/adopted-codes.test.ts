import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeCsv } from "../../src/lib/spreadsheet/index.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";
import { adoptTable, bureauCodes } from "../support/code-tables.ts";
import { complete, freshParts, registrantNamed } from "../support/filings.ts";
import { addBureau } from "../support/records.ts";
import { type TaskBench, taskBench } from "../support/task-bench.ts";

const test = suite("adopted codes on the command line");
let bench: TaskBench;
let cli: CliBench;
let bureauId: number;
test.before(async () => {
  bench = await taskBench();
  cli = cliOn(bench);
  const ispId = bench.people.isps.first;
  bureauId = await addBureau(bench.store, ispId);
  const rows = bureauCodes("access_mode", { more: { 44: "卫星接入" }, ended: ["1"] });
  await adoptTable(bench.store, { ispId, bureauId }, "Wzjrfs_dms", rows);
});
test.after(async () => {
  await bench.close();
  cli.remove();
});

test("are taken in a table of products, and one that was ended is told", async () => {
  const head = ["产品类型", "账户", "密码", "产品名称", "接入方式"];
  const row = (ip: string, mode: string) => ["云服务器", ip, "geheim-1", "示例主机", mode];
  const path = join(cli.dataDir, "modes.csv");
  writeFileSync(path, writeCsv([head, row("203.0.113.18", "卫星接入"), row("203.0.113.19", "专线")]));
  const { out } = await cli.run("product", "import", path, "--isp", "yi", "--json");
  const { added, bad } = JSON.parse(out);
  assert.is(added, 1);
  assert.equal(bad, [{ row: 3, column: "接入方式", problem: "不是已知的接入方式" }]);
});

test("are the words of a filing and of a decoded file", async () => {
  const parts = { ...freshParts(), access: { accessModes: ["44"] } };
  const filing = await complete(bench.store, registrantNamed(bench.people, "张三"), parts);
  const shown = await cli.run("filing", "show", filing.number, "--json");
  const { sections } = JSON.parse(shown.out) as { sections: Record<string, string>[] };
  assert.ok(sections.some((section) => Object.values(section).includes("卫星接入")));
  const path = join(cli.dataDir, "mode.xml");
  writeFileSync(path, '<UploadData version="V.3.0"><ICP><Jrfs>44</Jrfs></ICP></UploadData>');
  const named = await cli.run("bureau", "decode", path, "--bureau", String(bureauId));
  assert.match(named.out, "卫星接入");
  const plain = await cli.run("bureau", "decode", path);
  assert.is(plain.code, 0);
  assert.not.match(plain.out, "卫星接入");
});

test.run();
