import { suite } from "uvu";
import * as assert from "uvu/assert";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { type BureauBench, bureauNow, failing, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  bajg,
  brokenFile,
  bureauWith,
  fileOf,
  lastActions,
  outcomes,
  sent,
  subjectOf,
} from "../../support/downloads.ts";

const test = suite<{ bench: BureauBench }>("a file of the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("is applied once when the same file comes twice, and acknowledged both times", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const acknowledge = async () => ({ code: 999, message: "" });
  assert.is(
    (await bench.download({ bureau: { ...bench.parts.bureau, acknowledge } })).problem,
    "not_acknowledged",
  );
  const before = await eventsOf(bench.store.db, filing.id);
  const again = await bench.downloadSome();
  assert.is(again.problem, null);
  const answers = await bench.store.db`select 1 from bureau_answers where acknowledged_at is not null`;
  assert.is(answers.length, 2);
  const events = (await eventsOf(bench.store.db, filing.id)).slice(before.length);
  assert.equal(
    events.map(({ action }) => action),
    ["number"],
  );
});

for (const step of ["stored", "applied", "acknowledged"] as const)
  test(`leads to the same end when the worker dies before it is ${step}`, async ({ bench }) => {
    const filing = await sent(bench);
    await approve(bench, filing);
    const put = async () => {
      throw new Error("the process died here");
    };
    const db = new Proxy(bench.store.db, {
      get: (target, key) =>
        key === "begin" ? () => Promise.reject(new Error("died")) : Reflect.get(target, key),
    });
    const dying = {
      stored: { files: { ...bench.parts.files, put } },
      applied: { db },
      acknowledged: { bureau: failing(bench.parts.bureau, "acknowledge", "instead") },
    }[step];
    const died = await bench.download(dying).then(
      () => false,
      () => true,
    );
    assert.ok(died);
    await bench.downloadSome();
    assert.is((await bench.now(filing)).state, "numbered");
    assert.equal(await outcomes(bench, filing), ["approved applied", "numbers applied"]);
    assert.equal(await lastActions(bench, filing, 2), ["approve-bureau", "number"]);
  });

/** What stands of every answer: applied, acknowledged. */
const standings = async (bench: BureauBench) =>
  (
    await bench.store.db<{ state: string; at: Date | null }[]>`
      select state, acknowledged_at as at from bureau_answers order by id`
  ).map(({ state, at }) => `${state} ${at === null ? "without" : "with"} a time`);

test("counts as acknowledged once the bureau has nothing left, though nobody saw it take the acknowledgement", async ({
  bench,
}) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const lost = failing(bench.parts.bureau, "acknowledge", "after");
  await bench.download({ bureau: lost }).catch(() => undefined);
  assert.equal(await standings(bench), ["applied without a time"]);
  await bench.downloadSome();
  assert.equal(await standings(bench), ["acknowledged with a time", "acknowledged with a time"]);
});

test("stays unacknowledged while the bureau only is not able to tell what it has", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const lost = failing(bench.parts.bureau, "acknowledge", "after");
  await bench.download({ bureau: lost }).catch(() => undefined);
  const silent = { ...bench.parts.bureau, download: async () => ({ code: 999, message: "" }) };
  assert.is((await bench.download({ bureau: silent })).problem, "code_999");
  assert.equal(await standings(bench), ["applied without a time"]);
});

test("proves the receipt that nobody saw", async ({ bench }) => {
  const filing = await bench.uploading();
  bench.set({ fault: "timeout_after_accept", faultMethods: ["isp_upload"], faultTimes: 1 });
  await bench.submit();
  assert.is((await bench.now(filing)).state, "uploading");
  await approve(bench, filing);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  assert.is((await bureauNow(bench)).lastSequence, 1);
  await bench.letRestEnd();
  const next = await sent(bench);
  assert.is((await bench.packages(next))[0]?.sequence, 2);
});

test("that is broken is not acknowledged, and somebody is told when it stays so", async ({ bench }) => {
  const { bureau, acknowledged } = bureauWith(bench, brokenFile());
  for (let turn = 0; turn < 6; turn++) assert.is((await bench.download({ bureau })).problem, "file_hash");
  assert.equal([acknowledged.length, (await bureauNow(bench)).downloadFailures], [0, 6]);
  const told = await bench.store.db`select 1 from notices where template = 'bureau-stopped'`;
  assert.is(told.length, 1);
  await bench.download();
  assert.equal([(await bureauNow(bench)).downloadFailures, (await bureauNow(bench)).stoppedAt], [0, null]);
});

test("of another content under a name that was used is another answer", async ({ bench }) => {
  const filing = await sent(bench);
  const subject = await subjectOf(bench, filing);
  const said = (code: number) => bajg(`<Jg_xx><Jgxx><Jgdm>${code}</Jgdm></Jgxx><Bs>${subject}</Bs></Jg_xx>`);
  await bench.download({ bureau: bureauWith(bench, fileOf(said(1062)), fileOf(said(1001))).bureau });
  assert.equal(await outcomes(bench, filing), ["news applied", "approved applied"]);
});

test("stops the bureau when the password is wrong, before the account is locked", async ({ bench }) => {
  bench.set({ fault: "wrong_password" });
  assert.is((await bench.download()).problem, "code_5");
  assert.is((await bureauNow(bench)).stoppedReason, "5");
});

test("is kept sealed as it came", async ({ bench }) => {
  const filing = await sent(bench);
  const before = new Set(bench.kept.keys());
  await approve(bench, filing);
  await bench.downloadSome();
  const kept = [...bench.kept].filter(([id]) => !before.has(id));
  assert.is(kept.length, 2);
  assert.not.ok(kept.some(([, bytes]) => bytes.includes("PK\u0003\u0004")));
});

test.run();
