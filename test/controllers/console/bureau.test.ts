import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { createBureau } from "../../../src/models/bureau/account.ts";
import { applyAnswer, keepAnswer } from "../../../src/models/bureau/answers.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { type Filing, maybeFiling } from "../../../src/models/filing/rows.ts";
import { recordOfFiling } from "../../../src/models/record/rows.ts";
import { missNumbers } from "../../../src/models/reminder/numbers.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { act, bringTo, complete, registrantNamed, staffNamed } from "../../support/filings.ts";
import { writePackage } from "../../support/packages.ts";

type Shared = { world: World; filing: Filing; bureauId: number };

const test = suite<Shared>("the console's page of the bureau");

test.before(async (context) => {
  const world = await testWorld();
  const { store, people } = world;
  const bureauId = await createBureau(store, {
    ...{
      ispId: people.isps.first,
      province: "330000",
      name: "浙江省通信管理局",
      endpoint: "http://127.0.0.1:1",
    },
    ...{ bureauIspId: 1001, userName: "yi", secrets: { password: "x" }, isDefault: true },
  });
  const draft = await complete(store, registrantNamed(people, "张三"));
  const filing = await act(
    store,
    await bringTo(store, people, draft, "ready"),
    "upload",
    staffNamed(people, "孙七"),
  );
  Object.assign(context, { world, filing, bureauId });
});
test.after(({ world }) => world.close());

const fails = ({ world: { store }, filing }: Shared) =>
  act(store, filing, "fail-upload", { kind: "system" }, { detail: { code: 5, message: "密码错误" } });

const stateOf = async ({ world: { db }, filing }: Shared) => (await maybeFiling(db, filing.id))?.state;

const requestId = (browser: Browser) => /name="requestId" value="([^"]+)"/.exec(browser.last)?.[1] ?? "";

test("shows what failed and why, and sends it again once", async (shared) => {
  const { world, filing } = shared;
  await fails(shared);
  const browser = await world.signInAs("孙七");
  const shown = await browser.get("/console/bureau");
  assert.is(shown.status, 200);
  assert.match(shown.text, /已停止/);
  assert.match(shown.text, /密码错误/);
  const id = requestId(browser);
  for (let turn = 0; turn < 2; turn++) {
    const answer = await browser.post(`/console/bureau/uploads/${filing.number}/retry`, { requestId: id });
    assert.equal([answer.status, answer.location], [303, "/console/bureau?again=1"]);
  }
  assert.is(await stateOf(shared), "uploading");
  const late = await browser.post(`/console/bureau/uploads/${filing.number}/return`, { requestId: newId() });
  assert.equal([late.status, /role="alert"/.test(late.text)], [409, true]);
});

test("gives a failed upload back to the reviewers", async (shared) => {
  await fails(shared);
  const browser = await shared.world.signInAs("吴九");
  await browser.get("/console/bureau");
  await browser.post(`/console/bureau/uploads/${shared.filing.number}/return`, {
    requestId: requestId(browser),
  });
  assert.is(await stateOf(shared), "bureau_returned");
});

test("sends all that failed at a bureau again, each once however often it is pressed", async (shared) => {
  const { world, bureauId } = shared;
  const { store, people, db } = world;
  const filings: Filing[] = [];
  for (const [domain, certNo] of [
    ["alla.cn", "91330108MA2EXAMQ3J"],
    ["allb.cn", "91330108MA2EXAMR1D"],
  ] as const) {
    const draft = await complete(store, registrantNamed(people, "张三"), { domain, certNo });
    const ready = await bringTo(store, people, draft, "ready");
    const sent = await act(store, ready, "upload", staffNamed(people, "孙七"));
    await act(store, sent, "fail-upload", { kind: "system" }, { detail: { code: 5, message: "密码错误" } });
    filings.push(sent);
  }
  const states = () => Promise.all(filings.map(async ({ id }) => (await maybeFiling(db, id))?.state));
  const path = `/console/bureau/bureaus/${bureauId}/retry`;
  const other = await world.signInAs("冯二");
  await other.get("/console/bureau");
  assert.is((await other.post(path, { requestId: newId() })).status, 404);
  assert.equal(await states(), ["upload_failed", "upload_failed"]);
  const browser = await world.signInAs("孙七");
  assert.match((await browser.get("/console/bureau")).text, /全部重新上报.*浙江省通信管理局，2份/);
  const id = requestId(browser);
  const answers = [await browser.post(path, { requestId: id }), await browser.post(path, { requestId: id })];
  assert.equal(
    answers.map(({ status, location }) => [status, location]),
    [
      [303, "/console/bureau?again=2"],
      [303, "/console/bureau?again=0"],
    ],
  );
  assert.equal(await states(), ["uploading", "uploading"]);
  const events = await db`select 1 from filing_events where action = 'retry-upload'
    and filing_id = any(${filings.map((one) => one.id)})`;
  assert.is(events.length, 2);
  assert.match((await browser.get("/console/bureau?again=2")).text, /2份备案单已重新上报/);
});

test("counts what waits for a person and says where it is", async ({ world, bureauId }) => {
  const { store, db } = world;
  const bureau = await findBureau(db, bureauId);
  const dataKey = store.vault.newDataKey().wrapped;
  const answer = await keepAnswer(db, bureau, { fileName: "a.xml", file: "f", dataKey, contentHash: "h" });
  await applyAnswer(store, answer, [
    { kind: "refused", about: "999", codes: [{ code: 1002, words: "" }], words: "材料不清楚" },
  ]);
  const browser = await world.signInAs("孙七");
  assert.match((await browser.get("/console/bureau")).text, /个管局的结果等待人工处理/);
  await db`update bureau_results set handled_at = now(), handled_by = ${world.people.staff.孙七.id}`;
  assert.not.match((await browser.get("/console/bureau")).text, /等待人工处理/);
});

test("lets 上报 enter numbers that never came, with the evidence", async ({ world }) => {
  const { store, people, db } = world;
  const draft = await complete(store, registrantNamed(people, "张三"), {
    domain: "byhand.cn",
    certNo: "91330108MA2EXAMP1B",
  });
  const filing = await act(
    store,
    await bringTo(store, people, draft, "ready"),
    "upload",
    staffNamed(people, "孙七"),
  );
  for (const action of ["accept-upload", "finish-sms-check"] as const)
    await act(store, filing, action, { kind: "system" });
  await act(store, filing, "approve-bureau", { kind: "bureau" });
  const browser = await world.signInAs("孙七");
  const path = `/console/filings/${filing.number}/numbers`;
  await db`update filings set state_since = now() - interval '9 days' where id = ${filing.id}`;
  assert.is(await missNumbers(store), 1);
  assert.match((await browser.get("/console/bureau")).text, new RegExp(`href="${path}"`));
  const shown = await browser.get(path);
  const [, site = ""] = /id="(site\d+)"/.exec(shown.text) ?? [];
  const wrong = await browser.post(path, {
    subjectNumber: "浙ICP备2026000009号",
    [site]: "京ICP备2026000009号-1",
  });
  assert.is(wrong.status, 422);
  assert.match(wrong.text, /应是主体备案号加/);
  const numbers = {
    subjectNumber: "浙ICP备2026000009号",
    [site]: "浙ICP备2026000009号-1",
    evidence: "公共查询页面",
  };
  const done = await browser.post(path, { ...numbers, requestId: requestId(browser) });
  assert.equal([done.status, done.location], [303, `/console/filings/${filing.number}`]);
  const record = await recordOfFiling(store, filing.id);
  assert.equal(
    [record?.number, record?.websites[0]?.number],
    ["浙ICP备2026000009号", "浙ICP备2026000009号-1"],
  );
  assert.is((await browser.get(path)).status, 404);
  assert.is((await db`select 1 from filing_notes where filing_id = ${filing.id}`).length, 1);
});

test("shows another provider nothing of it", async ({ world, filing }) => {
  const browser = await world.signInAs("冯二");
  const shown = await browser.get("/console/bureau");
  assert.is(shown.status, 200);
  assert.not.match(shown.text, new RegExp(`${filing.number}|浙江省通信管理局`));
  const answer = await browser.post(`/console/bureau/uploads/${filing.number}/retry`, { requestId: newId() });
  assert.is(answer.status, 404);
});

for (const [name, status] of Object.entries({
  李四: 403,
  赵六: 403,
  周八: 403,
  郑十: 403,
  孙七: 200,
  吴九: 200,
} as const))
  test(`answers ${name} with ${status}`, async ({ world }) => {
    const browser = await world.signInAs(name as keyof World["people"]["staff"]);
    assert.is((await browser.get("/console/bureau")).status, status);
  });

test("shows the number that is next, how many are missing, and why nothing is fetched", async (shared) => {
  const { world, filing, bureauId } = shared;
  const first = await writePackage(world.db, filing, bureauId, { state: "accepted" });
  await world.db`update bureau_requests set state = 'settled' where package_id = ${first}`;
  const next = await writePackage(world.db, filing, bureauId);
  const [{ sequence } = { sequence: 0 }] = await world.db<{ sequence: number }[]>`
    update bureau_packages set sequence = sequence + 2 where id = ${next} returning sequence`;
  await world.db`
    update isp_bureaus set download_failures = 2, download_problem = 'not_connected' where id = ${bureauId}`;
  const { text } = await (await world.signInAs("孙七")).get("/console/bureau");
  assert.match(text, new RegExp(`下一个<span class="n">${sequence}</span>`));
  assert.match(text, /缺<span class="n">2<\/span>个/);
  assert.match(text, /下载失败2次<\/span> <span class="dim">连不上管局，请核对地址和网络/);
  await world.db`delete from bureau_requests where package_id in (${first}, ${next})`;
  await world.db`delete from bureau_packages where id in (${first}, ${next})`;
});

test.run();
