import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createBureau } from "../../../src/models/bureau/account.ts";
import { type Answer, applyAnswer, markUnreadable } from "../../../src/models/bureau/answers.ts";
import { storeReceived } from "../../../src/models/bureau/received.ts";
import type { BureauResult } from "../../../src/models/bureau/results.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { testWorld, type World } from "../../support/app.ts";

type Shared = { world: World; bureauId: number; otherId: number };

const test = suite<Shared>("the console's pages of what a bureau sent");

test.before(async (context) => {
  const world = await testWorld();
  const bureauOf = (province: string, name: string) =>
    createBureau(world.store, {
      ...{ ispId: world.people.isps.first, province, name, endpoint: "http://127.0.0.1:1" },
      ...{ bureauIspId: 1001, userName: "yi", secrets: { password: "x" } },
    });
  const bureauId = await bureauOf("330000", "浙江省通信管理局");
  const otherId = await bureauOf("440000", "广东省通信管理局");
  Object.assign(context, { world, bureauId, otherId });
});
test.after(({ world }) => world.close());

let serial = 0;

const stored = async (
  { world: { store, files, db } }: Shared,
  bureauId: number,
  fileName = `f${++serial}.xml`,
) => {
  const sent = { fileName, beianInfo: "UEsDBA==", beianInfoHash: "aGFzaA==" };
  const algorithms = { encryptAlgorithm: 1, hashAlgorithm: 0, compressionFormat: 0 };
  const bureau = await findBureau(db, bureauId);
  return (await storeReceived({ ...store, files }, bureau, { ...sent, ...algorithms })) as Answer;
};

const unreadable = async (shared: Shared, fileName?: string) => {
  const answer = await stored(shared, shared.bureauId, fileName);
  await markUnreadable(shared.world.db, answer.id, "file_hash");
  return answer;
};

const refusal: BureauResult = {
  kind: "refused",
  about: "999",
  codes: [{ code: 1002, words: "" }],
  words: "<b>材料不清楚</b>",
};

const parkedIn = async (shared: Shared, result: BureauResult, bureauId = shared.bureauId) => {
  const answer = await stored(shared, bureauId);
  await applyAnswer(shared.world.store, answer, [result]);
  const [row] = await shared.world.db<{ id: number }[]>`
    select id from bureau_results where answer_id = ${answer.id}`;
  return { answer, id: row?.id ?? 0 };
};

const audited = async ({ world: { db } }: Shared, action: string) =>
  (await db`select 1 from audit_log where action = ${action}`).length;

test("say in plain words what is wrong with a file that cannot be read, and what it holds up", async (shared) => {
  const answer = await unreadable(shared);
  const browser = await shared.world.signInAs("孙七");
  for (const path of ["/console/bureau/answers", `/console/bureau/answers/${answer.id}`]) {
    const { status, text } = await browser.get(path);
    assert.is(status, 200);
    assert.match(text, /校验值对不上/);
    assert.match(text, /后面的结果/);
  }
  assert.match((await browser.get("/console/bureau")).text, /个下载文件读不出来/);
});

test("call an unreadable file settled by another one once the bureau sent it again whole", async (shared) => {
  const { id } = await unreadable(shared);
  await shared.world.db`
    update bureau_answers set state = 'acknowledged', acknowledged_at = now() where id = ${id}`;
  const browser = await shared.world.signInAs("孙七");
  assert.match((await browser.get("/console/bureau/answers")).text, "另一份已了结");
  const { text } = await browser.get(`/console/bureau/answers/${id}`);
  assert.match(text, "另一份已了结");
  assert.match(text, "里面有什么不知道");
  assert.not.match(text, "还没有读取");
});

test("give the file as it was received, and write that down", async (shared) => {
  const { id } = await unreadable(shared);
  const before = await audited(shared, "download-answer");
  const browser = await shared.world.signInAs("孙七");
  const { status, text } = await browser.get(`/console/bureau/answers/${id}/file`);
  assert.is(status, 200);
  assert.match(text, /<encryptAlgorithm>1<\/encryptAlgorithm>.*<beianInfo>UEsDBA==<\/beianInfo>/);
  assert.is(await audited(shared, "download-answer"), before + 1);
});

test("skip a file only with a reason, which nobody reads in the table", async (shared) => {
  const { id } = await unreadable(shared);
  const browser = await shared.world.signInAs("孙七");
  const path = `/console/bureau/answers/${id}/skip`;
  assert.is((await browser.post(path, { reason: "好" })).status, 422);
  assert.is((await browser.post(path, { reason: "管局张科长说已经重发" })).status, 303);
  const [row] = await shared.world.db<{ state: string; acknowledgedAt: Date | null; sealed: Buffer }[]>`
    select state, acknowledged_at, skip_reason_sealed as sealed from bureau_answers where id = ${id}`;
  assert.equal([row?.state, row?.acknowledgedAt], ["unreadable", null]);
  assert.not.ok(row?.sealed.includes("张科长"));
  assert.match((await browser.get(`/console/bureau/answers/${id}`)).text, /张科长说已经重发/);
  assert.is(await audited(shared, "skip-answer"), 1);
});

test("skip no file that was read in the meantime, and none without a name", async (shared) => {
  const { world } = shared;
  const browser = await world.signInAs("孙七");
  const read = await unreadable(shared);
  await world.db`update bureau_answers set state = 'applied' where id = ${read.id}`;
  const nameless = await unreadable(shared, "");
  for (const { id } of [read, nameless]) {
    const { status, text } = await browser.post(`/console/bureau/answers/${id}/skip`, {
      reason: "管局说可以跳过",
    });
    assert.equal([status, /现在不能跳过/.test(text)], [409, true]);
  }
});

test("have the bureau asked again at once", async (shared) => {
  const { id } = await unreadable(shared);
  const browser = await shared.world.signInAs("孙七");
  const { status, location } = await browser.post(`/console/bureau/answers/${id}/again`);
  assert.equal([status, location], [303, `/console/bureau/answers/${id}?asked`]);
  const jobs = await shared.world.db`
    select 1 from graphile_worker.jobs where key = ${`download:${shared.bureauId}`}`;
  assert.is(jobs.length, 1);
});

test("list parked results with the reason, those of one bureau alone where that is asked", async (shared) => {
  const { id } = await parkedIn(shared, refusal);
  const other = await parkedIn(shared, refusal, shared.otherId);
  const browser = await shared.world.signInAs("孙七");
  const all = (await browser.get("/console/bureau/parked")).text;
  assert.match(all, /&lt;b&gt;材料不清楚/);
  assert.match(all, /找不到对应的备案单/);
  const narrow = (await browser.get(`/console/bureau/parked?bureau=${shared.otherId}`)).text;
  assert.match(narrow, new RegExp(`results/${other.id}"`));
  assert.not.match(narrow, new RegExp(`results/${id}"`));
});

test("show what is in a result with persons masked", async (shared) => {
  const leaf = (name: string, text: string) => ({ name, attributes: {}, text, children: [] });
  const raw = {
    ...leaf("Neu", ""),
    children: [leaf("Fzr_sjhm", "13800005678"), leaf("Zjhm", "330108199001010019")],
  };
  const { id } = await parkedIn(shared, { kind: "other", name: "ICP/NEU", raw });
  const { text } = await (await shared.world.signInAs("孙七")).get(`/console/bureau/results/${id}`);
  assert.match(text, /138\*\*\*\*5678/);
  assert.not.match(text, /13800005678|330108199001010019/);
  assert.not.match(text, /对应到备案单/);
});

test("end a parked result with a note of what was done, once", async (shared) => {
  const { id } = await parkedIn(shared, refusal);
  const browser = await shared.world.signInAs("孙七");
  const path = `/console/bureau/results/${id}`;
  assert.is((await browser.post(path)).status, 422);
  assert.is((await browser.post(path, { note: "已在管局核对，与我们无关" })).status, 303);
  assert.is((await browser.post(path, { note: "第二次写的内容" })).status, 303);
  const { text } = await browser.get(path);
  assert.match(text, /已在管局核对，与我们无关/);
  assert.not.match(text, /第二次写的内容|<form[^>]*assignment/);
  assert.not.match((await browser.get("/console/bureau/parked")).text, new RegExp(`results/${id}"`));
});

test("apply nothing to a filing that has nothing at this bureau", async (shared) => {
  const { id } = await parkedIn(shared, refusal);
  const browser = await shared.world.signInAs("孙七");
  const path = `/console/bureau/results/${id}/assignment`;
  for (const filing of ["", "abc", "20260101-9999"])
    assert.is((await browser.post(path, { filing })).status, 422, filing);
  assert.is((await browser.post(`/console/bureau/results/${id}/retry`)).status, 409);
});

test("show another provider nothing", async (shared) => {
  const answer = await unreadable(shared);
  const { id } = await parkedIn(shared, refusal);
  const browser = await shared.world.signInAs("冯二");
  assert.not.match((await browser.get("/console/bureau/answers")).text, new RegExp(answer.fileName));
  for (const path of [`answers/${answer.id}`, `answers/${answer.id}/file`, `results/${id}`])
    assert.is((await browser.get(`/console/bureau/${path}`)).status, 404);
});

test.run();
