import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { makeBatch, startBatch } from "../../../src/models/batch/make.ts";
import { type BatchFiling, filingsOfBatch, findBatch, keepBatch } from "../../../src/models/batch/rows.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import type { RootStore } from "../../../src/models/store.ts";
import { sweeps } from "../../../src/models/worker/sweep.ts";
import { complete, freshParts, registrantNamed } from "../../support/filings.ts";
import type { People } from "../../support/people.ts";
import { addBureau, numberFiling } from "../../support/records.ts";
import { csvOf, filingsIn, tableRow } from "../../support/tables.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

const test = suite("the drafts of a table");
let bench: TaskBench;
let store: RootStore;
let people: People;
test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
});
test.after(() => bench.close());

const 张三 = () => registrantNamed(people, "张三");

async function kept(...rows: readonly string[][]): Promise<string> {
  return keepBatch(store, 张三(), await filingsIn(csvOf(...rows)), newId());
}

const batchOf = (id: string) => findBatch(store, id, 张三());
const filingsOf = async (id: string): Promise<BatchFiling[]> => filingsOfBatch(store, await batchOf(id));
const start = async (id: string) => startBatch(store, await batchOf(id));
const run = (id: string, lastTry = true, signal?: AbortSignal) => makeBatch(store, id, { lastTry, signal });

const count = async (): Promise<number> => {
  const [row] = await store.db<{ count: number }[]>`select count(*)::int as count from filings`;
  return row?.count ?? 0;
};

test("are not made before somebody asks for them, and a bad row never is", async () => {
  const before = await count();
  const id = await kept(
    tableRow(),
    tableRow({ 主办单位证件号码: "123" }),
    tableRow({ 主体负责人手机号码: "12" }),
  );
  assert.is(await run(id), 0);
  assert.is(await count(), before);
  const [good, bad, flawed] = await filingsOf(id);
  assert.equal([good?.state, bad?.state, flawed?.state], ["ready", "bad", "ready"]);
  assert.equal(good?.kept.findings, []);
  assert.ok(bad?.kept.findings.some(({ row, column }) => row === 3 && column === "主办单位证件号码"));
  assert.ok(flawed?.kept.findings.some(({ row, column }) => row === 4 && column === "主体负责人手机号码"));
  await start(id);
  await run(id);
  assert.is((await batchOf(id)).state, "done");
  assert.equal(
    (await filingsOf(id)).map(({ state }) => state),
    ["done", "bad", "done"],
  );
  assert.is(await count(), before + 2);
});

test("hold all that stood in the rows, several websites in one filing", async () => {
  const shared = { 主办单位证件号码: freshParts().certNo };
  const id = await kept(
    tableRow(shared),
    tableRow({ ...shared, 网站名称: "示例茶具商城", IP地址: "203.0.113.20" }),
  );
  await start(id);
  await run(id);
  const [{ number = null } = {}] = await filingsOf(id);
  const filing = await findFiling(store.db, number ?? "", 张三());
  assert.equal(
    [filing.kind, filing.state, filing.subjectName],
    ["first", "draft", "示例茶业（杭州）有限公司"],
  );
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  assert.is(subject.values.mobile, "13800005678");
  assert.equal(
    websites.map(({ values, accesses }) => [values.siteName, accesses.map((one) => one.values.ips)]),
    [
      ["示例茶叶商城", [["203.0.113.18"]]],
      ["示例茶具商城", [["203.0.113.20"]]],
    ],
  );
});

test("are made once, however often they are asked for and by how many at a time", async () => {
  const before = await count();
  const id = await kept(tableRow(), tableRow(), tableRow());
  await Promise.all([start(id), start(id)]);
  await Promise.all([run(id), run(id)]);
  await start(id);
  await run(id);
  assert.is(await count(), before + 3);
});

test("go on after a run that ended half way", async () => {
  const before = await count();
  const id = await kept(tableRow(), tableRow(), tableRow());
  await start(id);
  const stop = new AbortController();
  // Ends the run once the first draft stands.
  const signal = new Proxy(stop.signal, { get: (_, key) => key === "aborted" && asked++ > 0 });
  let asked = 0;
  await run(id, false, signal).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, "stops"),
  );
  assert.equal([await count(), (await batchOf(id)).state], [before + 1, "running"]);
  await run(id);
  assert.equal([await count(), (await batchOf(id)).state], [before + 3, "done"]);
});

test("say why there is none where another filing has the domain by now", async () => {
  const row = tableRow();
  const [first, second] = [await kept(row), await kept(row)];
  for (const id of [first, second]) {
    await start(id);
    await run(id);
  }
  const [refused] = await filingsOf(second);
  assert.is(refused?.state, "failed");
  assert.match(refused?.failure ?? "", "正在办理");
  const [again] = await filingsOf(await kept(row));
  assert.is(again?.state, "bad");
});

test("are 新增网站 where the subject is on record with the account", async () => {
  const parts = freshParts();
  const filing = await complete(store, 张三(), parts);
  await numberFiling(store, filing, await addBureau(store, people.isps.first), "浙ICP备2026000077号");
  const id = await kept(tableRow({ 主办单位证件号码: parts.certNo }));
  const [found] = await filingsOf(id);
  assert.equal([found?.kept.kind, found?.kept.findings], ["add", []]);
  await start(id);
  await run(id);
  const [{ number = null } = {}] = await filingsOf(id);
  assert.is((await findFiling(store.db, number ?? "", 张三())).kind, "add");
});

test("keep no name, number or address in clear, and are gone after a week", async () => {
  const id = await kept(tableRow({ 主办单位名称: "云栖问茶（杭州）有限公司" }));
  const rows = await store.db<{ reportSealed: Buffer }[]>`select report_sealed from batch_filings`;
  assert.ok(rows.length > 0);
  const clear = Buffer.concat(rows.map(({ reportSealed }) => reportSealed));
  assert.not(clear.includes("13800005678"));
  assert.not(clear.includes("云栖问茶"));
  await store.db`update batches set created_at = now() - interval '8 days' where id = ${id}`;
  assert.ok(((await sweeps["tables uploaded a week ago"]?.(store.db)) ?? 0) >= 1);
  const [left] = await store.db<{ count: number }[]>`
    select count(*)::int as count from batch_filings where batch_id = ${id}`;
  assert.is(left?.count, 0);
});

test.run();
