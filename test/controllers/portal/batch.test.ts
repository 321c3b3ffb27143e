import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeBatch } from "../../../src/models/batch/make.ts";
import { type Answer, type Browser, hosts, testWorld, type World } from "../../support/app.ts";
import { csvOf, tableRow } from "../../support/tables.ts";

const test = suite<{ world: World; zhang: Browser }>("批量备案 in the portal");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after(({ world }) => world.close());

const send = (browser: Browser, bytes: Buffer, name = "table.csv"): Promise<Answer> =>
  browser.post("/filings/batch", { table: new File([new Uint8Array(bytes)], name) });

const jobs = async ({ db }: World): Promise<string[]> => {
  const rows = await db<{ id: string }[]>`
    select payload ->> 'batchId' as id from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'make-batch'`;
  return rows.map(({ id }) => id);
};

test("is linked where filings are opened, and gives its template", async ({ zhang }) => {
  assert.match((await zhang.get("/filings/new")).text, 'href="/filings/batch"');
  assert.is((await zhang.get("/filings/batch")).status, 200);
  const template = await zhang.get("/filings/batch/template");
  assert.is(template.status, 200);
  const sent = await send(zhang, template.bytes, "batch.xlsx");
  assert.is(sent.status, 303);
  assert.match((await zhang.follow(sent)).text, "示例茶业（杭州）有限公司");
});

test("goes from the table over the report to the drafts, with one job however often the button is pressed", async ({
  world,
  zhang,
}) => {
  const sent = await send(
    zhang,
    csvOf(tableRow({ 网站名称: "示例茶具商城" }), tableRow({ 接入方式: "不知道" })),
  );
  const path = sent.location ?? "";
  assert.match(path, /^\/filings\/batch\/[0-9a-f-]{36}$/);
  const report = await zhang.get(path);
  assert.match(report.text, "生成草稿");
  assert.match(report.text, '第<span class="n">3</span>行“接入方式”');
  await Promise.all([zhang.post(path), zhang.post(path)]);
  const id = path.split("/").at(-1) ?? "";
  assert.equal(await jobs(world), [id]);
  assert.match((await zhang.get(path)).text, "正在生成草稿");
  await makeBatch(world.store, id, { lastTry: true, signal: undefined });
  const done = await zhang.get(path);
  assert.match(done.text, "草稿已经生成");
  const [, draft = ""] = /href="(\/filings\/\d{8}-\d+)"/.exec(done.text) ?? [];
  assert.match((await zhang.get(draft)).text, "示例茶具商城");
  const file = await zhang.get(`${path}/report`);
  assert.match(file.headers.get("content-type") ?? "", "text/csv");
  assert.match(file.text, "接入方式");
  assert.not.match(file.text, /13800005678|330108199001010010/);
});

test("is nobody else's, nor are its report and its button", async ({ world, zhang }) => {
  const path = (await send(zhang, csvOf(tableRow()))).location ?? "";
  for (const other of [await world.signInAs("王五"), await world.signInAs("钱一")]) {
    assert.is((await other.get(path)).status, 404);
    assert.is((await other.get(`${path}/report`)).status, 404);
    assert.is((await other.post(path)).status, 404);
  }
  assert.match((await world.visitor(hosts.first).get(path)).location ?? "", "/login");
  assert.match((await zhang.get(path)).text, "还没有生成草稿");
});

test("says of a file that it does not take why, and takes no more than 5 MB", async ({ zhang }) => {
  const cases = [
    [Buffer.from("a,b\r\n1,2"), 422, "列名和模板不一样"],
    [Buffer.from("PK\x03\x04broken"), 422, "文件打不开"],
    [Buffer.alloc(5 * 1024 * 1024 + 1, "a"), 413, "5 MB"],
    [Buffer.alloc(6 * 1024 * 1024, "a"), 413, ""],
  ] as const;
  for (const [bytes, status, words] of cases) {
    const answer = await send(zhang, bytes);
    assert.is(answer.status, status);
    assert.match(answer.text, words);
  }
  assert.is((await zhang.post("/filings/batch")).status, 422);
});

test.run();
