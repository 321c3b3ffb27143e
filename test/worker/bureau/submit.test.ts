import { unzipSync } from "fflate";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeGbk } from "../../../src/gateways/bureau/gbk.ts";
import { TransitionRefused } from "../../../src/models/errors.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { filingKey } from "../../../src/models/filing/rows.ts";
import { putPicture } from "../../../src/models/material/files.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { openedZip } from "../../../worker/bureau/file.ts";
import { jpeg } from "../../gateways/bureau/sample.ts";
import { type BureauBench, bureauNow, failing, startBureauBench } from "../../support/bureau.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("a filing on its way to the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

const actions = async (bench: BureauBench, filing: Filing) =>
  (await eventsOf(bench.store.db, filing.id)).map(({ action }) => action);

const dies = async (work: Promise<unknown>): Promise<void> => {
  const died = await work.then(
    () => false,
    () => true,
  );
  assert.ok(died);
};

test("is sent once, under the next number, and waits for the short-message check", async ({ bench }) => {
  const [one, two] = [await bench.uploading(), await bench.uploading()];
  await bench.submit();
  assert.equal([(await bench.now(one)).state, (await bench.now(two)).state], ["sms_pending", "sms_pending"]);
  const [first, second] = [...(await bench.packages(one)), ...(await bench.packages(two))];
  assert.equal([first?.sequence, first?.state, second?.sequence], [1, "accepted", 2]);
  assert.is((await bureauNow(bench)).lastSequence, 2);
  assert.equal([await bench.atBureau(one), await bench.atBureau(two)], [1, 1]);
  const notices = await bench.store
    .db`select 1 from notices where filing_id = ${one.id} and template = 'sms-check'`;
  assert.is(notices.length, 2);
});

test("is kept sealed as it was sent", async ({ bench }) => {
  const filing = await bench.uploading();
  await bench.submit();
  const [sent] = await bench.packages(filing);
  const bytes = bench.kept.get(sent?.file ?? "");
  assert.ok(bytes && bytes.length > (sent?.bytes ?? 0));
  assert.not.ok(bytes.includes("PK\u0003\u0004"));
});

test("carries the bureau's copies of its pictures, one file for two persons who are one", async ({
  bench,
}) => {
  const filing = await bench.uploading();
  const { db } = bench.store;
  const key = filingKey(bench.store, filing);
  for (const material of await currentMaterials(db, filing.id)) {
    const file = await putPicture(bench.parts.files, key, material, "bureau", jpeg());
    await db`update materials set bureau_file = ${file} where id = ${material.id}`;
  }
  await bench.submit();
  const [sent] = await bench.packages(filing);
  if (!sent) throw new Error("no package");
  const zip = await openedZip(bench.parts, sent);
  const [xml = new Uint8Array()] = Object.values(unzipSync(zip));
  const purposes = [...decodeGbk(xml).matchAll(/<Fjyt>(\d)<\/Fjyt>/g)].map(([, purpose]) => purpose);
  assert.equal(purposes.sort(), ["1", "2", "3", "4", "5"]);
  assert.is((await bench.now(filing)).state, "sms_pending");
  assert.is(bench.simulator.view().filings[0]?.state, "waiting");
});

test("is at the bureau once when the worker dies between sending and recording", async ({ bench }) => {
  const filing = await bench.uploading();
  await dies(bench.submit({ bureau: failing(bench.parts.bureau, "upload", "after") }));
  assert.equal([(await bench.now(filing)).state, await bench.atBureau(filing)], ["uploading", 1]);
  const steps = await bench.submit();
  assert.equal(steps, ["the bureau's last number is 1", "package 1 accepted"]);
  assert.equal([(await bench.now(filing)).state, await bench.atBureau(filing)], ["sms_pending", 1]);
  assert.is((await bureauNow(bench)).lastSequence, 1);
});

test("is sent under the same number when the worker dies before sending", async ({ bench }) => {
  const filing = await bench.uploading();
  await dies(bench.submit({ bureau: failing(bench.parts.bureau, "upload", "instead") }));
  assert.is(await bench.atBureau(filing), 0);
  await bench.submit();
  const [sent, ...more] = await bench.packages(filing);
  assert.equal([sent?.sequence, sent?.tries, more.length], [1, 2, 0]);
  assert.equal([(await bench.now(filing)).state, await bench.atBureau(filing)], ["sms_pending", 1]);
});

test("is made only once when the worker dies before its row is written", async ({ bench }) => {
  const filing = await bench.uploading();
  const put = async () => {
    throw new Error("the process died here");
  };
  await dies(bench.submit({ files: { ...bench.parts.files, put } }));
  assert.equal(await bench.packages(filing), []);
  await bench.submit();
  assert.is((await bench.packages(filing)).length, 1);
});

for (const fault of ["timeout_after_accept", "hang_after_accept", "garbage_http"] as const)
  test(`is asked for, not sent again blindly, after the fault ${fault}`, async ({ bench }) => {
    const filing = await bench.uploading();
    bench.set({ fault, faultMethods: ["isp_upload"], faultTimes: 1 });
    await bench.submit();
    assert.is((await bench.now(filing)).state, "uploading");
    assert.is((await bench.packages(filing))[0]?.state, "sending");
    assert.equal(await bench.submit(), ["resting"]);
    await bench.letRestEnd();
    await bench.submit();
    assert.equal([(await bench.now(filing)).state, await bench.atBureau(filing)], ["sms_pending", 1]);
    assert.is((await bench.packages(filing)).length, 1);
  });

test("waits while the bureau is busy, which is told once, and goes on then", async ({ bench }) => {
  const filing = await bench.uploading();
  bench.set({ fault: "busy", faultMethods: ["isp_upload"], faultTimes: 2 });
  for (let turn = 0; turn < 3; turn++) {
    await bench.submit();
    await bench.letRestEnd();
  }
  assert.equal((await actions(bench, filing)).slice(-3), ["upload", "delay-upload", "accept-upload"]);
  const [sent] = await bench.packages(filing);
  assert.equal([sent?.sequence, sent?.code], [1, 0]);
  assert.equal([(await bureauNow(bench)).pauses, (await bureauNow(bench)).resumeAt], [0, null]);
});

test("stops the bureau on a wrong password, tells 上报, and goes on when retried", async ({ bench }) => {
  const [one, two] = [await bench.uploading(), await bench.uploading()];
  bench.set({ fault: "wrong_password" });
  await bench.submit();
  const stopped = await bureauNow(bench);
  assert.equal([stopped.stoppedReason, (await bench.now(one)).state], ["5", "upload_failed"]);
  assert.is((await bench.now(two)).state, "uploading");
  const told = await bench.store.db`select 1 from notices where template = 'bureau-stopped'`;
  assert.is(told.length, 1);
  assert.equal(await bench.submit(), ["stopped: 5"]);

  bench.set({ fault: "none" });
  await act(bench.store, await bench.now(one), "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  assert.equal([(await bench.now(one)).state, (await bench.now(two)).state], ["sms_pending", "sms_pending"]);
  assert.equal(
    [...(await bench.packages(one)), ...(await bench.packages(two))].map(({ sequence }) => sequence),
    [1, 2],
  );
});

test("leaves its number to the next one when it is given back", async ({ bench }) => {
  const [one, two] = [await bench.uploading(), await bench.uploading()];
  bench.set({ fault: "wrong_password" });
  await bench.submit();
  bench.set({ fault: "none" });
  await act(bench.store, await bench.now(one), "give-back-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  assert.equal(
    [(await bench.now(one)).state, (await bench.now(two)).state],
    ["bureau_returned", "sms_pending"],
  );
  assert.is((await bench.packages(one))[0]?.state, "void");
  assert.is((await bench.packages(two))[0]?.sequence, 1);
});

test("goes out once when two workers are at it", async ({ bench }) => {
  const filings = [await bench.uploading(), await bench.uploading(), await bench.uploading()];
  const both = await Promise.all([bench.submit(), bench.submit()]);
  assert.ok(both.flat().includes("another process talks to this bureau"));
  await bench.submit();
  for (const filing of filings) {
    assert.is(await bench.atBureau(filing), 1);
    assert.is((await bench.packages(filing)).length, 1);
  }
  const { lastSequence } = await bureauNow(bench);
  assert.is(lastSequence, 3);
});

test("that our own schema refuses is not sent and is nobody's fault but ours", async ({ bench }) => {
  const filing = await bench.uploading();
  await bench.store.db`delete from filing_ips where filing_id = ${filing.id}`;
  await bench.submit();
  assert.is((await bench.now(filing)).state, "upload_failed");
  const failed = (await eventsOf(bench.store.db, filing.id)).at(-1);
  assert.equal([failed?.action, failed?.detail.code], ["fail-upload", "schema"]);
  assert.equal([await bench.packages(filing), await bench.atBureau(filing)], [[], 0]);
});

test("stops the bureau when its last number is not ours", async ({ bench }) => {
  const filing = await bench.uploading();
  await dies(bench.submit({ bureau: failing(bench.parts.bureau, "upload", "instead") }));
  const previous = { code: 0, message: "", sequence: 41, hash: "x" };
  await bench.submit({ bureau: { ...bench.parts.bureau, queryPreviousUpload: async () => previous } });
  assert.equal(
    [(await bench.now(filing)).state, (await bureauNow(bench)).stoppedReason],
    ["upload_failed", "sequence"],
  );
  assert.is(await bench.atBureau(filing), 0);
});

test("sends again what the bureau lost, in order, before it", async ({ bench }) => {
  const [one, two, three] = [await bench.uploading(), await bench.uploading(), await bench.uploading()];
  const seen: number[] = [];
  let lost = true;
  const upload: BureauBench["parts"]["bureau"]["upload"] = async (account, content, sequence) => {
    seen.push(sequence);
    if (sequence === 3 && lost) {
      lost = false;
      return { code: 14, message: "", missing: [2, 1, 2] };
    }
    return bench.parts.bureau.upload(account, content, sequence);
  };
  await bench.submit({ bureau: { ...bench.parts.bureau, upload } });
  assert.equal(seen, [1, 2, 3, 1, 2, 3]);
  for (const filing of [one, two, three]) assert.is(await bench.atBureau(filing), 1);
  assert.is((await bench.now(three)).state, "sms_pending");
});

test("cannot be taken back by the registrant any more", async ({ bench }) => {
  const filing = await bench.uploading();
  await bench.submit();
  const registrant = {
    kind: "registrant" as const,
    accountId: filing.accountId,
    ispId: filing.ispId,
    name: "张三",
  };
  try {
    await act(bench.store, filing, "cancel", registrant);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TransitionRefused);
  }
});

test.run();
