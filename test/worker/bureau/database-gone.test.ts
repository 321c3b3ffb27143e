import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../src/lib/processes.ts";
import { startServerToStop } from "../../support/server.ts";
import { spawnWorker } from "../../support/worker.ts";

const test = suite("a database that crashes and comes back while a bureau is talked to");

const PATIENCE = 40_000;
/** How long the bureau takes to answer, and when the database goes meanwhile, in milliseconds. */
const ANSWER = 2000;
const CRASH = 700;

test("leaves each filing at the bureau once, and each answer applied once", async () => {
  const server = await startServerToStop();
  process.env.OPENBEIAN_TEST_SERVER = server.url;
  const { startBureauBench } = await import("../../support/bureau.ts");
  const bench = await startBureauBench();
  await bench.store.db`update isp_bureaus set settings = '{"timeoutMs": 10000}'`;
  const dataDir = mkdtempSync(join(tmpdir(), "database-gone-"));
  const settings = { databaseUrl: bench.url, secretKeys: bench.secretKeys, dataDir };
  const filing = await bench.uploading();
  const isIn = (state: string) => async () =>
    (await bench.now(filing).catch(() => undefined))?.state === state;

  bench.set({ answerDelayMs: ANSWER });
  let worker = await spawnWorker(settings);
  /** As the supervisor does: a worker that went down with the database is started again. */
  const goOn = async (state: string): Promise<boolean> => {
    if (await until(isIn(state), PATIENCE / 4)) return true;
    await worker.kill();
    worker = await spawnWorker(settings);
    return until(isIn(state), PATIENCE);
  };
  assert.ok(await until(async () => (await bench.packages(filing))[0]?.state === "sending", PATIENCE));
  await wait(CRASH);
  await server.crash();
  bench.set({ answerDelayMs: 0 });
  assert.ok(await goOn("sms_pending"));
  assert.is(await bench.atBureau(filing), 1);
  assert.equal(
    (await bench.packages(filing)).map(({ state }) => state),
    ["accepted"],
  );

  bench.set({ answerDelayMs: ANSWER });
  const [waiting] = bench.simulator.view().filings;
  bench.simulator.order({ action: "approve", filing: waiting?.id ?? 0 });
  await bench.store.db`select graphile_worker.add_job('poll-bureaus', '{}'::json)`;
  await wait(CRASH);
  await server.crash();
  bench.set({ answerDelayMs: 0 });
  await until(
    () =>
      bench.store.db`select graphile_worker.add_job('poll-bureaus', '{}'::json)`.then(
        () => true,
        () => false,
      ),
    PATIENCE,
  );
  assert.ok(await goOn("numbered"));
  const applied = await bench.store.db<{ kind: string; count: number }[]>`
    select kind, count(*) from bureau_results where filing_id = ${filing.id} and outcome = 'applied'
    group by kind order by kind`;
  assert.equal(
    applied.map(({ kind, count }) => [kind, count]),
    [
      ["approved", 1],
      ["numbers", 1],
    ],
  );
  await worker.stop();
  await bench.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test.run();
