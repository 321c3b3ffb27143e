import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../src/lib/processes.ts";
import { startBureauBench } from "../../support/bureau.ts";
import { spawnWorker } from "../../support/worker.ts";

const test = suite("a worker killed in the middle of a call to the bureau");

const PATIENCE = 40_000;

test("leaves a filing that another worker finds at the bureau once", async () => {
  const bench = await startBureauBench({
    fault: "hang_after_accept",
    faultMethods: ["isp_upload"],
    faultTimes: 1,
  });
  const dataDir = mkdtempSync(join(tmpdir(), "killed-worker-"));
  const settings = { databaseUrl: bench.url, secretKeys: bench.secretKeys, dataDir };
  await bench.store.db`update isp_bureaus set settings = '{"timeoutMs": 60000}'`;
  const filing = await bench.uploading();

  const first = await spawnWorker(settings);
  assert.ok(await until(async () => (await bench.atBureau(filing)) === 1, PATIENCE));
  await first.kill();
  assert.equal(
    (await bench.packages(filing)).map(({ state, tries }) => [state, tries]),
    [["sending", 1]],
  );

  const second = await spawnWorker(settings);
  const arrived = await until(async () => (await bench.now(filing)).state === "sms_pending", PATIENCE);
  await second.stop();
  assert.ok(arrived);
  assert.is(await bench.atBureau(filing), 1);
  assert.equal(
    (await bench.packages(filing)).map(({ state, tries }) => [state, tries]),
    [["accepted", 1]],
  );
  rmSync(dataDir, { recursive: true, force: true });
  await bench.close();
});

test.run();
