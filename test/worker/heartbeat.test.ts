import { suite } from "uvu";
import * as assert from "uvu/assert";
import { releaseDead, releaseUnknown, workers } from "../../src/models/worker/heartbeat.ts";
import { maybeJob } from "../../src/models/worker/jobs.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { fateOf, type NoticeWorld, noticeWorld, queueActivated } from "../support/notices.ts";
import { type Mailbox, openMailbox, type Received } from "../support/smtp.ts";
import { spawnWorker, type WorkerProcess } from "../support/worker.ts";

const test = suite("a worker that is killed");
let database: TestDatabase;
let world: NoticeWorld;
let mailbox: Mailbox;
const running: WorkerProcess[] = [];

const start = async (): Promise<WorkerProcess> => {
  const { url: databaseUrl } = database;
  const worker = await spawnWorker({ databaseUrl, secretKeys: world.secretKeys, smtpUrl: mailbox.url });
  running.push(worker);
  return worker;
};

/** The job of a notice, while there is one. */
const jobOf = async (noticeId: string) => {
  const [row] = await database.db<{ id: number }[]>`
    select id from graphile_worker.jobs where key = ${`notice:${noticeId}`}`;
  return row && maybeJob(database.db, row.id);
};

async function eventually(what: string, holds: () => Promise<boolean>, limit = 30_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  mailbox = await openMailbox();
});
test.after(async () => {
  for (const worker of running) await worker.kill();
  await mailbox.close();
  await database.close();
});

test("leaves its job to the next worker, which begins it within ten seconds of being up", async () => {
  const seen: { at: number; mail: Received }[] = [];
  let hang = true;
  mailbox.onReceived((mail) => {
    seen.push({ at: Date.now(), mail });
    // the mail server has the mail and never says so: the job hangs between sending and recording
    return hang ? new Promise<void>(() => undefined) : undefined;
  });
  const first = await start();
  const id = await queueActivated(world);
  await eventually("the first worker sends", async () => seen.length === 1);
  const locked = await jobOf(id);
  assert.is(locked?.state, "running");
  assert.ok((await workers(database.db)).some((row) => row.id === locked?.lockedBy && row.pid === first.pid));
  assert.equal(await fateOf(world, id), { state: "sending", tries: 1, problem: null });

  await first.kill();
  hang = false;
  const second = await start();
  const up = Date.now();
  await eventually("the second worker sends", async () => seen.length === 2);
  assert.ok((seen[1]?.at ?? 0) - up < 10_000, "the second worker took longer than ten seconds");
  await eventually("the outcome is recorded", async () => (await fateOf(world, id)).state === "sent");

  assert.is(seen[1]?.mail.mail.messageId, seen[0]?.mail.mail.messageId);
  assert.equal(await fateOf(world, id), { state: "sent", tries: 2, problem: null });
  assert.is(await jobOf(id), undefined);
  assert.equal(
    (await workers(database.db)).map(({ pid }) => pid),
    [second.pid],
  );
});

test("beats while it lives, and takes its row along when it stops", async () => {
  const beats = async () =>
    (await workers(database.db)).map(({ id, beatAt }) => `${id} ${beatAt.toISOString()}`);
  const before = await beats();
  assert.is(before.length, 1);
  await eventually("it beats", async () => (await beats())[0] !== before[0]);
  assert.is(await running.at(-1)?.stop(), 0);
  assert.is((await workers(database.db)).length, 0);
});

/** A job locked so many seconds ago by a worker that is not there. */
const lockedJob = async (by: string, seconds: number): Promise<number> => {
  const [row] = await database.db<{ id: number }[]>`
    select id from graphile_worker.add_job('never-handled', '{}'::json, job_key => ${by})`;
  const id = row?.id ?? 0;
  await database.db`
    update graphile_worker._private_jobs set locked_by = ${by}, locked_at = now() - make_interval(secs => ${seconds})
    where id = ${id}`;
  return id;
};

const isLocked = async (id: number): Promise<boolean> =>
  (await maybeJob(database.db, id))?.state === "running";

test("frees only the jobs of the dead", async () => {
  const [dead, alive] = [await lockedJob("pool-dead", 3600), await lockedJob("pool-alive", 3600)];
  await database.db`
    insert into workers (id, host, pid, beat_at)
    values ('pool-dead', 'a', 1, now() - interval '7 seconds'), ('pool-alive', 'b', 2, now())`;
  assert.equal(await releaseDead(database.db), ["pool-dead"]);
  assert.equal(await releaseDead(database.db), []);
  assert.not.ok(await isLocked(dead));
  assert.ok(await isLocked(alive));
});

test("frees the jobs of workers without a row, but not what was locked just now", async () => {
  const [stale, fresh] = [await lockedJob("pool-unknown", 60), await lockedJob("pool-starting", 0)];
  assert.equal(await releaseUnknown(database.db), ["pool-unknown"]);
  assert.not.ok(await isLocked(stale));
  assert.ok(await isLocked(fresh));
});

test.run();
