import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Sql } from "../../src/db/client.ts";
import { startEmbedded } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { enqueue } from "../../src/jobs.ts";
import { createLog } from "../../src/log.ts";
import { requestCode } from "../../src/models/code/codes.ts";
import { inTransaction } from "../../src/models/store.ts";
import { startWorker } from "../../worker/index.ts";
import { startQueue } from "../../worker/queue.ts";
import { type NoticeWorld, noticeWorld } from "../support/notices.ts";
import { openMailbox } from "../support/smtp.ts";
import { workerConfig } from "../support/worker.ts";
import { percentile, type Row, rowOf } from "./row.ts";

const ROUNDS = 300;
const WARM_UP = 20;

/** Times one thing after another, the queue idle in between; the first rounds warm up and do not count. */
async function sample(once: (round: number) => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const took = await once(round);
    if (round >= WARM_UP) samples.push(took);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return samples;
}

/** Milliseconds from asking for a job to the first line of its task. */
async function addedToStarted(url: string, db: Sql): Promise<number[]> {
  let started: (at: number) => void = () => undefined;
  const tasks = { sweep: async () => started(performance.now()) };
  const queue = await startQueue(url, tasks, db, createLog({ level: "silent", name: "bench" }));
  const samples = await sample(async () => {
    const start = new Promise<number>((resolve) => {
      started = resolve;
    });
    const asked = performance.now();
    await enqueue(db, "sweep", {});
    return (await start) - asked;
  });
  await queue.stop();
  return samples;
}

/** Milliseconds from the request that asks for a code to the mail server having the mail. */
async function postedToAccepted(url: string, world: NoticeWorld): Promise<number[]> {
  const mailbox = await openMailbox();
  let accepted: (at: number) => void = () => undefined;
  mailbox.onReceived(() => accepted(performance.now()));
  const { secretKeys, ispId, accountId, email: target } = world;
  const worker = await startWorker(workerConfig({ databaseUrl: url, secretKeys, smtpUrl: mailbox.url }));
  const samples = await sample(async (round) => {
    const arrival = new Promise<number>((resolve) => {
      accepted = resolve;
    });
    const posted = performance.now();
    await inTransaction(world.store, (store) =>
      requestCode(store, {
        purpose: "login",
        holder: `account:${round}`,
        target,
        ispId,
        accountId,
        channel: "mail",
      }),
    );
    return (await arrival) - posted;
  });
  await worker.stop();
  await mailbox.close();
  return samples;
}

/** Measures the budgets of jobs on a PostgreSQL of its own that writes to the disk as a real one does. */
export async function bench(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "openbeian-bench-"));
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir });
  await migrate(server.url);
  const db = connect(server.url, { max: 4, name: "bench" });
  try {
    const started = await addedToStarted(server.url, db);
    const accepted = await postedToAccepted(server.url, await noticeWorld(db));
    const unit = "ms";
    return [
      { what: "job added → started, idle queue, p50", measured: percentile(started, 50), unit },
      { what: "job added → started, idle queue, p99", measured: percentile(started, 99), limit: 20, unit },
      { what: "code posted → accepted by SMTP, p50", measured: percentile(accepted, 50), unit },
      { what: "code posted → accepted by SMTP, p95", measured: percentile(accepted, 95), limit: 500, unit },
    ].map(rowOf);
  } finally {
    await db.end({ timeout: 1 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
