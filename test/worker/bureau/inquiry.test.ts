import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "../../../src/app.ts";
import { createLog } from "../../../src/log.ts";
import { openSession } from "../../../src/models/session/sessions.ts";
import { Browser, fakeFiles, hosts, testConfig } from "../../support/app.ts";
import { type BureauBench, causesOfStanding, failing, startBureauBench } from "../../support/bureau.ts";
import { downloaded, icp } from "../../support/bureau-tasks.ts";
import { formOf } from "../../support/form.ts";
import { fakeLookups } from "../../support/lookups.ts";

type Shared = { bench: BureauBench };
const test = suite<Shared>("an inquiry from the bureau to its answer");
test.before(async (shared) => {
  shared.bench = await startBureauBench();
});
test.after(({ bench }) => bench.close());

/** 孙七 of 上报 before the console, over the worker's own database. */
async function sunAtConsole({ store, people }: BureauBench): Promise<Browser> {
  const config = testConfig();
  const log = createLog({ level: "silent", name: "test" });
  const app = createApp({ ...store, config, log, files: fakeFiles(), lookups: fakeLookups() });
  const browser = new Browser(app, hosts.first, config);
  const { id } = people.staff.孙七;
  const secret = await openSession(store, "staff", id, { place: "本机", device: "Linux上的Chrome" });
  browser.setCookie("staff", secret);
  return browser;
}

/** A filing with its numbers, about whose record the bureau asks. */
async function asked(bench: BureauBench): Promise<{ id: number; at: string }> {
  const filing = await bench.uploading();
  await bench.submit();
  const sent = bench.simulator.view().filings.find(({ state }) => state === "waiting");
  bench.simulator.order({ action: "approve", filing: sent?.id ?? 0 });
  for (let tries = 0; tries < 5 && (await bench.now(filing)).state !== "numbered"; tries++)
    await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  bench.simulator.order({ action: "inquire" });
  await bench.downloadSome();
  const [row] = await bench.store.db<{ id: number }[]>`select id from inquiries order by id desc limit 1`;
  return { id: row?.id ?? 0, at: `/console/inquiries/${row?.id}` };
}

const stateOf = async ({ store }: BureauBench, id: number) =>
  (
    await store.db<
      { state: string; problem: string | null }[]
    >`select state, problem from inquiries where id = ${id}`
  )[0];

const answersAt = ({ simulator }: BureauBench) =>
  simulator.view().filings.filter(({ answer }) => answer?.kind === "inquiry");

test("goes over the console and arrives once, whatever is repeated", async ({ bench }) => {
  const { id, at } = await asked(bench);
  assert.equal(await stateOf(bench, id), { state: "open", problem: null });
  const sun = await sunAtConsole(bench);
  const page = await sun.get(at);
  assert.is(page.status, 200);
  assert.match(page.text, "与本系统的数据相同");
  const form = formOf(page.text, at);
  const sent = { ...form, result: "right", opinion: "1", source: "ours" };
  assert.is((await sun.post(at, sent)).status, 303);
  assert.is((await sun.post(at, sent)).status, 303, "a double click answers once");
  assert.is((await stateOf(bench, id))?.state, "to_send");
  assert.equal(await causesOfStanding(bench), []);
  await bench.store.db`update inquiries set answered_at = now() - interval '5 hours' where id = ${id}`;
  assert.equal(await causesOfStanding(bench), ["waiting"]);
  const log = await bench.submit();
  assert.equal(await stateOf(bench, id), { state: "settled", problem: null }, log.join("\n"));
  assert.equal(await causesOfStanding(bench), []);
  await bench.submit();
  assert.is(answersAt(bench).length, 1);
  assert.equal(answersAt(bench)[0]?.answer, { kind: "inquiry", correct: true, opinion: "1", faults: "" });
  assert.match((await sun.get(at)).text, /属实[\s\S]*管局收到核实结果/);
  assert.match((await sun.get("/console/inquiries/settled")).text, at);
});

test("comes back with an alarm when its whole file is refused, and goes again", async ({ bench }) => {
  const before = answersAt(bench).length;
  const { id, at } = await asked(bench);
  const sun = await sunAtConsole(bench);
  const answer = async (opinion: string) => {
    const form = formOf((await sun.get(at)).text, at);
    return sun.post(at, { ...form, result: "wrong", faults: "电话停用", opinion, source: "theirs" });
  };
  assert.is((await answer("1")).status, 303);
  await bench.submit();
  assert.is((await stateOf(bench, id))?.state, "settled");
  const { db } = bench.store;
  const [sent] = await db<{ fileName: string }[]>`
    select p.file_name from bureau_packages p join bureau_requests r on r.package_id = p.id where r.inquiry_id = ${id}`;
  const refusal = icp(
    `<BAJG><Jg_xx><Jgxx><Jgdm>5001</Jgdm><Dmms>${sent?.fileName}</Dmms></Jgxx><Czlx>4</Czlx></Jg_xx></BAJG>`,
  );
  await downloaded(bench.store, bench.bureauId, refusal);
  assert.is((await stateOf(bench, id))?.state, "open");
  assert.match((await stateOf(bench, id))?.problem ?? "", /^5001 /);
  const alarms = await db`select 1 from notices where template = 'inquiry-came-back'`;
  assert.is(alarms.length, 1);
  assert.match((await sun.get(at)).text, "上次的核实结果没有报成");
  await db`update isp_bureaus set stopped_at = null, stopped_reason = null where id = ${bench.bureauId}`;
  assert.is((await answer("2")).status, 303);
  await bench.submit();
  assert.is((await stateOf(bench, id))?.state, "settled");
  const arrived = answersAt(bench).slice(0, -before).toReversed();
  assert.equal(
    arrived.map(({ answer: one }) => one?.kind === "inquiry" && [one.correct, one.opinion, one.faults]),
    [
      [false, "1", "电话停用"],
      [false, "2", "电话停用"],
    ],
  );
});

test("waits while the line is at fault, and is not put back to staff for it", async ({ bench }) => {
  const before = answersAt(bench).length;
  const { id, at } = await asked(bench);
  const sun = await sunAtConsole(bench);
  const form = formOf((await sun.get(at)).text, at);
  assert.is((await sun.post(at, { ...form, result: "right", opinion: "1", source: "ours" })).status, 303);
  const died = { bureau: failing(bench.parts.bureau, "upload", "instead") };
  await bench.submit(died).catch(() => undefined);
  assert.is((await stateOf(bench, id))?.state, "to_send");
  await bench.submit();
  assert.equal(await stateOf(bench, id), { state: "settled", problem: null });
  assert.is(answersAt(bench).length, before + 1);
});

test.run();
