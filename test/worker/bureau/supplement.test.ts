import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { startBureau } from "../../../src/models/bureau/queue.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { type Filing, filingKey } from "../../../src/models/filing/rows.ts";
import { putPicture } from "../../../src/models/material/files.ts";
import { jpeg } from "../../gateways/bureau/sample.ts";
import { type BureauBench, bureauNow, causesOfStanding, startBureauBench } from "../../support/bureau.ts";
import { approve } from "../../support/bureau-kinds.ts";

const test = suite<{ bench: BureauBench; filing: Filing; id: number }>("a paper that comes after the upload");

test.before.each(async (context) => {
  const bench = await startBureauBench();
  const filing = await bench.uploading();
  await bench.submit();
  Object.assign(context, { bench, filing, id: await takenIn(bench, filing, "certificate") });
});
test.after.each(({ bench }) => bench.close());

/** A paper that staff took in while the filing is at the bureau, its picture prepared. */
async function takenIn({ store, parts }: BureauBench, filing: Filing, slot: string): Promise<number> {
  const { db } = store;
  const { id: filingId, ispId } = filing;
  const [section] = await db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filingId} and kind = 'subject'`;
  const sectionId = section?.id ?? 0;
  const belonging = { ispId, filingId, slot, sectionId };
  const file = await putPicture(parts.files, filingKey(store, filing), belonging, "bureau", jpeg());
  const [row] = await db<{ id: number }[]>`
    insert into supplements (filing_id, isp_id, state, slot, section_id, received_at, decided_at)
    values (${filingId}, ${ispId}, 'to_send', ${slot}, ${sectionId}, now(), now()) returning id`;
  await db`
    insert into materials (filing_id, isp_id, slot, section_id, state, bureau_file, original_bytes, digest, supplement_id, ready_at)
    values (${filingId}, ${ispId}, ${slot}, ${sectionId}, 'ready', ${file}, 1000, ${Buffer.from(newId())}, ${row?.id ?? 0}, now())`;
  return row?.id ?? 0;
}

const stateOf = async ({ store }: BureauBench, id: number): Promise<string> =>
  (await store.db<{ state: string }[]>`select state from supplements where id = ${id}`)[0]?.state ?? "";

test("goes to the bureau by itself beside the upload, once", async ({ bench, filing, id }) => {
  await bench.submit();
  await bench.submit();
  assert.is(await stateOf(bench, id), "sent");
  assert.equal(
    (await bench.packages(filing)).map(({ operation, state }) => [operation, state]),
    [
      [1, "accepted"],
      [35, "accepted"],
    ],
  );
  assert.is((await bench.now(filing)).state, "sms_pending");
  assert.is((await eventsOf(bench.store.db, filing.id)).at(-1)?.action, "send-supplement");
});

test("that waits too long is a queue that is stuck", async ({ bench, id }) => {
  const { db } = bench.store;
  assert.equal(await causesOfStanding(bench), [], "it came just now");
  await db`update supplements set decided_at = now() - interval '5 hours' where id = ${id}`;
  assert.equal(await causesOfStanding(bench), [], "its picture was ready just now");
  await db`update materials set ready_at = now() - interval '5 hours' where supplement_id = ${id}`;
  assert.equal(await causesOfStanding(bench), ["waiting"]);
  await bench.submit();
  assert.equal(await causesOfStanding(bench), []);
});

test("is told as taken in, and the filing ends as it would without it", async ({ bench, filing }) => {
  await bench.submit();
  const done = await bench.downloadSome();
  assert.equal([done.applied, done.parked], [1, 0]);
  const [, paper] = await bench.packages(filing);
  assert.is(paper?.state, "settled");
  assert.is((await bench.now(filing)).state, "sms_pending");
  const first = bench.simulator.view().filings.find(({ operation }) => operation === 1);
  bench.simulator.order({ action: "approve", filing: first?.id ?? 0 });
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
});

test("is found at the bureau after a lost answer and not sent again", async ({ bench, filing, id }) => {
  bench.set({ fault: "timeout_after_accept", faultMethods: ["isp_upload"], faultTimes: 1 });
  await bench.submit();
  assert.is(await stateOf(bench, id), "to_send");
  await bench.letRestEnd();
  await bench.submit();
  assert.is(await stateOf(bench, id), "sent");
  assert.is((await bench.packages(filing)).length, 2);
});

test("is not sent a second time when 上报 gave it to the bureau while its package was made", async ({
  bench,
  filing,
  id,
}) => {
  const { db } = bench.store;
  const files = { ...bench.parts.files };
  files.put = async (bytes) => {
    await db`update supplements set state = 'sent', sent_at = now() where id = ${id}`;
    return bench.parts.files.put(bytes);
  };
  await bench.submit({ files });
  assert.equal(
    (await bench.packages(filing)).map(({ operation }) => operation),
    [1],
  );
});

test("for which the bureau has no purpose is left to 上报", async ({ bench, filing }) => {
  await bench.submit();
  const other = await takenIn(bench, filing, "other");
  await bench.submit();
  assert.is(await stateOf(bench, other), "to_send");
  assert.is((await bench.packages(filing)).length, 2);
});

test("that is wrong in shape stops the bureau and leaves the filing where it is", async ({
  bench,
  filing,
}) => {
  bench.set({ fault: "wrong_password", faultMethods: ["isp_upload"], faultTimes: 1 });
  await bench.submit();
  assert.is((await bureauNow(bench)).stoppedReason, "5");
  assert.is((await bench.now(filing)).state, "sms_pending");
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  await startBureau(bench.store.db, bench.bureauId);
  const next = await bench.uploading();
  await bench.submit();
  assert.equal(
    (await bench.packages(next)).map(({ sequence, state }) => [sequence, state]),
    [[2, "accepted"]],
  );
});

test.run();
