import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockLost } from "../../../src/models/bureau/lock.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";

const test = suite<{ bench: BureauBench }>("a worker whose lock goes while it talks to a bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

/** Ends the session that holds the lock of a bureau, as a restart of the network would. */
const loseLock = async ({ store: { db } }: BureauBench): Promise<void> => {
  const ended =
    await db`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
    and database = (select oid from pg_database where datname = current_database())`;
  assert.is(ended.length, 1);
};

test("begins no further call, and leaves everything to the one who comes next", async ({ bench }) => {
  const filings = [await bench.uploading(), await bench.uploading()];
  const seen: number[] = [];
  const upload: BureauBench["parts"]["bureau"]["upload"] = async (...call) => {
    seen.push(call[2]);
    const answer = await bench.parts.bureau.upload(...call);
    await loseLock(bench);
    return answer;
  };
  const lost = await bench
    .submit({ bureau: { ...bench.parts.bureau, upload } })
    .catch((error: unknown) => error);
  assert.instance(lost, LockLost);
  assert.equal(seen, [1]);
  await bench.submit();
  for (const filing of filings) {
    assert.is(await bench.atBureau(filing), 1);
    assert.is((await bench.now(filing)).state, "sms_pending");
  }
});

test.run();
