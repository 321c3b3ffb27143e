import { Registry } from "prom-client";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { examine } from "../../../src/cli/examine.ts";
import { isoDate } from "../../../src/lib/dates.ts";
import { operations } from "../../../src/middleware/operations.ts";
import { alarmStuck } from "../../../src/models/bureau/alarm.ts";
import { bureauStatuses } from "../../../src/models/bureau/status.ts";
import { stuckBureaus } from "../../../src/models/bureau/stuck.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("a queue to a bureau that is stuck");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

const causes = async ({ store, people }: BureauBench): Promise<string[]> =>
  (await stuckBureaus(store.db, people.isps.first)).map(({ cause }) => cause);

const told = async ({ store }: BureauBench): Promise<number> =>
  (await store.db`select 1 from notices where template = 'bureau-stopped'`).length;

const readyz = async ({ store, parts }: BureauBench) => {
  const deps = { ...store, log: parts.log, config: { demo: true } };
  const app = operations(deps as never, { registry: new Registry() } as never);
  const answer = await app.request("/readyz");
  return { status: answer.status, text: await answer.text() };
};

test("because it was stopped is told once, shown and named, and the web stays ready", async ({ bench }) => {
  assert.equal(await causes(bench), []);
  const filing = await bench.uploading();
  bench.set({ fault: "wrong_password" });
  await bench.submit();
  assert.equal(await causes(bench), ["stopped"]);
  await alarmStuck(bench.store);
  await alarmStuck(bench.store);
  assert.is(await told(bench), 1);
  const [status] = await bureauStatuses(bench.store.db, bench.people.isps.first);
  assert.match(status?.stuck[0] ?? "", /上报已停止：密码错误/);
  const { status: code, text } = await readyz(bench);
  assert.match(
    text,
    /warning: the queue of \S+ to 浙江省通信管理局 \(bureau \d+\) is stuck: stopped 5 since/,
  );
  assert.is(code, text.startsWith("ready") ? 200 : 503);
  const checks = await examine({ DATABASE_URL: bench.url, SECRET_KEYS: bench.secretKeys });
  const wrong = checks.find(({ name }) => name === "queue");
  assert.equal([wrong?.state, /stopped 5 since/.test(wrong?.text ?? "")], ["wrong", true]);
  bench.set({ fault: "none" });
  await act(bench.store, await bench.now(filing), "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  assert.equal([await causes(bench), /warning/.test((await readyz(bench)).text)], [[], false]);
});

test("because nothing goes is told after its term, and only then", async ({ bench }) => {
  const { db } = bench.store;
  const filing = await bench.uploading();
  const since = (minutes: number) => db`
    update filings set state_since = now() - make_interval(mins => ${minutes}) where id = ${filing.id}`;
  await since(59);
  assert.equal(await causes(bench), []);
  await since(61);
  assert.equal(await causes(bench), ["waiting"]);
  await db`update isp_bureaus set settings = settings || '{"stuckAfterMinutes": 90}'`;
  assert.equal(await causes(bench), []);
  await since(91);
  await alarmStuck(bench.store);
  await alarmStuck(bench.store);
  assert.is(await told(bench), 1);
  await bench.submit();
  assert.equal(await causes(bench), []);
});

test("is none while a filing waits for another of its subject", async ({ bench }) => {
  const { db } = bench.store;
  await bench.submit();
  const filing = await bench.uploading();
  await db`update filings set state_since = now() - interval '5 hours' where id = ${filing.id}`;
  assert.equal(await causes(bench), [], "the queue was worked off to its end just now");
  await db`update isp_bureaus set worked_off_at = now() - interval '2 hours'`;
  assert.equal(await causes(bench), ["waiting"]);
});

test("is none outside the hours, in which nothing is sent but answers are fetched", async ({ bench }) => {
  const { db } = bench.store;
  const sent = await bench.uploading();
  await bench.submit();
  const [waiting] = bench.simulator.view().filings;
  bench.simulator.order({ action: "approve", filing: waiting?.id ?? 0 });
  const filing = await bench.uploading();
  await db`update filings set state_since = now() - interval '5 hours' where id = ${filing.id}`;
  await db`update isp_bureaus set settings = settings || '{"workdaysOnly": true}', worked_off_at = null`;
  await db`update bureau_packages set accepted_at = now() - interval '5 hours'`;
  for (const ago of [0, 1]) {
    const day = isoDate(new Date(Date.now() - ago * 86_400_000));
    await db`
      insert into holidays (day, is_working, name) values (${day}, false, '放假')
      on conflict (day) do update set is_working = false`;
  }
  assert.match((await bench.submit()).join(), /^closed until /);
  assert.is((await bench.now(filing)).state, "uploading");
  await bench.downloadSome();
  assert.is((await bench.now(sent)).state, "numbered");
  assert.equal(await causes(bench), []);
  await db`update isp_bureaus set settings = settings || '{"workdaysOnly": false}'`;
  assert.equal(await causes(bench), ["waiting"]);
  await bench.submit();
  assert.is((await bench.now(filing)).state, "sms_pending");
});

test("because downloads fail, or bring nothing any more, is told", async ({ bench }) => {
  const { db } = bench.store;
  bench.set({ fault: "garbage", faultMethods: ["isp_download"] });
  for (let turn = 0; turn < 4; turn++) await bench.download();
  assert.equal(await causes(bench), []);
  await bench.download();
  assert.equal(await causes(bench), ["download"]);
  await alarmStuck(bench.store);
  assert.is(await told(bench), 1, "the download told it already");
  bench.set({ fault: "none", faultMethods: [] });
  await bench.download();
  assert.equal(await causes(bench), []);
  await db`update isp_bureaus set last_download_at = now() - interval '2 hours'`;
  assert.equal(await causes(bench), ["download"]);
});

test("because it is another province's bureau is stopped with words that say so", async ({ bench }) => {
  const filing = await bench.uploading();
  const upload = async () => ({ code: 13, message: "非本省ISP" });
  await bench.submit({ bureau: { ...bench.parts.bureau, upload } });
  assert.equal(
    [(await bench.now(filing)).state, (await bureauNow(bench)).stoppedReason],
    ["upload_failed", "13"],
  );
  const [status] = await bureauStatuses(bench.store.db, bench.people.isps.first);
  assert.match(status?.stuck[0] ?? "", /不属于该省.*核对这一行管局的省份/);
});

test.run();
