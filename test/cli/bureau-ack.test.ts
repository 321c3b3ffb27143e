import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type BureauBench, startBureauBench } from "../support/bureau.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";

const test = suite<CliBench & { bench: BureauBench }>("openbeian bureau ack");

test.before(async (context) => {
  const bench = await startBureauBench();
  Object.assign(context, { bench, ...cliOn(bench) });
});
test.after(async ({ bench, remove }) => {
  await bench.close();
  remove();
});

const broken = {
  fileName: "20261118120000_zj_1.xml",
  beianInfo: "QUJD",
  beianInfoHash: "AAAAAAAAAAAAAAAAAAAAAA==",
  ...{ encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 },
};

test("marks a file that cannot be read, with a reason and --yes alone, and writes that down", async ({
  bench,
  run,
}) => {
  const download = async () => ({ code: 3, message: "", file: broken });
  assert.is((await bench.download({ bureau: { ...bench.parts.bureau, download } })).problem, "file_hash");
  const asked = await run("bureau", "ack", broken.fileName, "--reason", "the bureau sent it again");
  assert.equal([asked.code, /校验值对不上.*--yes/.test(asked.err)], [1, true]);
  const short = await run("bureau", "ack", broken.fileName, "--reason", "x", "--yes");
  assert.equal([short.code, /four characters/.test(short.err)], [2, true]);
  const done = await run("bureau", "ack", broken.fileName, "--reason", "the bureau sent it again", "--yes");
  assert.is(done.code, 0, done.err);
  assert.match(done.out, /acknowledged when the bureau sends it again/);
  const rows = await bench.store.db`select 1 from bureau_answers where skipped_at is not null`;
  const log = await bench.store.db`select 1 from audit_log where action = 'skip-answer'`;
  assert.equal([rows.length, log.length], [1, 1]);
});

test("knows nothing of files that can be read", async ({ run }) => {
  const { code, err } = await run("bureau", "ack", "nothing.xml", "--reason", "just because", "--yes");
  assert.equal([code, /no unreadable answer/.test(err)], [1, true]);
});

test.run();
