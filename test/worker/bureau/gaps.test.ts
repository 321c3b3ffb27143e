import { suite } from "uvu";
import * as assert from "uvu/assert";
import { GatewayTimeout, type UploadAnswer } from "../../../src/gateways/bureau/index.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";

const test = suite<{ bench: BureauBench }>("a number that the bureau lacks");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

type Upload = BureauBench["parts"]["bureau"]["upload"];

/** A bureau that says once that it lacks numbers, and notes what it is sent. */
function lacking(
  bench: BureauBench,
  at: number,
  missing: number[],
  then?: Record<number, UploadAnswer | Error>,
) {
  const seen: number[] = [];
  let said = false;
  const upload: Upload = async (account, content, sequence) => {
    seen.push(sequence);
    if (sequence === at && !said) {
      said = true;
      return { code: 14, message: "", missing };
    }
    const answer = said ? then?.[sequence] : undefined;
    if (answer instanceof Error) throw answer;
    return answer ?? bench.parts.bureau.upload(account, content, sequence);
  };
  return { seen, as: { bureau: { ...bench.parts.bureau, upload } } };
}

const reason = async (bench: BureauBench, filing: { id: number }) => {
  const [event] = await bench.store.db<{ detail: { code: string; message: string } }[]>`
    select detail from filing_events where filing_id = ${filing.id} and action = 'fail-upload' order by seq desc limit 1`;
  return event?.detail;
};

test("and that was never kept here stops the queue and says so", async ({ bench }) => {
  await bench.store.db`update isp_bureaus set last_sequence = 7`;
  const filing = await bench.uploading();
  const { seen, as } = lacking(bench, 8, [7, 6]);
  await bench.submit(as);
  assert.equal([seen, (await bureauNow(bench)).stoppedReason], [[8], "gap"]);
  assert.match((await reason(bench, filing))?.message ?? "", /缺少序号6的报文，本系统没有保留/);
});

test("and whose password was blanked cannot go as it was, and says so", async ({ bench }) => {
  await bench.uploading();
  await bench.submit();
  await bench.store.db`update bureau_packages set blanked_at = now()`;
  const next = await bench.uploading();
  const { seen, as } = lacking(bench, 2, [1]);
  await bench.submit(as);
  assert.equal([seen, (await bureauNow(bench)).stoppedReason], [[2], "gap"]);
  assert.match((await reason(bench, next))?.message ?? "", /序号1.*备案密码在办结后已经清除/);
});

test("is sent later when the bureau is busy meanwhile", async ({ bench }) => {
  await bench.uploading();
  await bench.submit();
  const next = await bench.uploading();
  const { seen, as } = lacking(bench, 2, [1], { 1: { code: 15, message: "" } });
  await bench.submit(as);
  assert.equal([seen, (await bench.now(next)).state], [[2, 1], "uploading"]);
  const { stoppedAt, resting } = await bureauNow(bench);
  assert.equal([stoppedAt, resting], [null, true]);
  await bench.letRestEnd();
  await bench.submit();
  assert.equal([(await bench.now(next)).state, await bench.atBureau(next)], ["sms_pending", 1]);
});

test("is gone on with after a silence in the middle, though the bureau's last number is far behind", async ({
  bench,
}) => {
  for (let i = 0; i < 2; i++) await bench.uploading();
  await bench.submit();
  const next = await bench.uploading();
  const { as } = lacking(bench, 3, [1, 2], { 2: new GatewayTimeout("isp_upload", "time_ran_out") });
  await bench.submit(as);
  assert.is((await bench.now(next)).state, "uploading");
  await bench.letRestEnd();
  const queryPreviousUpload = async () => ({ code: 0, message: "", sequence: 1, hash: "x" });
  const { seen, as: again } = lacking(bench, 3, [2]);
  await bench.submit({ bureau: { ...again.bureau, queryPreviousUpload } });
  assert.equal([seen, (await bench.now(next)).state], [[3, 2, 3], "sms_pending"]);
  assert.is(await bench.atBureau(next), 1);
});

test("is not doubled when the bureau had it after all", async ({ bench }) => {
  const first = await bench.uploading();
  await bench.submit();
  const next = await bench.uploading();
  await bench.submit(lacking(bench, 2, [1]).as);
  assert.equal([await bench.atBureau(first), await bench.atBureau(next)], [1, 1]);
  assert.is((await bureauNow(bench)).lastSequence, 2);
});

test("is its own, which nobody can fill", async ({ bench }) => {
  const filing = await bench.uploading();
  await bench.submit(lacking(bench, 1, [1]).as);
  assert.equal(
    [(await bureauNow(bench)).stoppedReason, (await bench.now(filing)).state],
    ["gap", "upload_failed"],
  );
});

test.run();
