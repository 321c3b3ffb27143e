import { suite } from "uvu";
import * as assert from "uvu/assert";
import { maybeJob } from "../../src/models/worker/jobs.ts";
import { startWorker } from "../../worker/index.ts";
import { storable } from "../../worker/queue.ts";
import { cronItems } from "../../worker/schedule.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { fateOf, type NoticeWorld, noticeWorld, queueActivated } from "../support/notices.ts";
import { type Mailbox, openMailbox } from "../support/smtp.ts";
import { workerConfig } from "../support/worker.ts";

const test = suite("the worker");
let database: TestDatabase;
let world: NoticeWorld;
let mailbox: Mailbox;
let worker: { stop(): Promise<void> };

const config = () =>
  workerConfig({ databaseUrl: database.url, secretKeys: world.secretKeys, smtpUrl: mailbox.url });

async function eventually(what: string, holds: () => Promise<boolean>, limit = 30_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const state = async (id: string): Promise<string> => (await fateOf(world, id)).state;

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  mailbox = await openMailbox();
  worker = await startWorker(config());
});
test.after(async () => {
  await worker.stop();
  await mailbox.close();
  await database.close();
});

test("sends what is queued while it runs", async () => {
  const id = await queueActivated(world);
  await eventually("sent", async () => (await state(id)) === "sent");
  assert.is((await mailbox.waitFor(world.email)).mail.messageId, `<${id}@localhost>`);
});

test("keeps a job that failed for a later try, with an error that names no address", async () => {
  mailbox.refuse(451, "rcpt", "4.7.1 <zhangsan@example.cn> greylisted");
  const id = await queueActivated(world);
  const job = async () => {
    const [row] = await database.db<{ id: number }[]>`
      select id from graphile_worker.jobs where key = ${`notice:${id}`}`;
    return row && maybeJob(database.db, row.id);
  };
  await eventually("failed", async () => (await job())?.state === "failed");
  const failed = await job();
  mailbox.accept();
  assert.is(failed?.lastError, "SendingFailed the mail server did not take the mail (451 4.7.1)");
  assert.ok((failed?.runAt.getTime() ?? 0) > (failed?.createdAt.getTime() ?? 0), "it waits for its next try");
  await eventually("sent at the next try", async () => (await state(id)) === "sent");
  assert.is((await fateOf(world, id)).tries, 2);
});

test("goes on after the database has broken all its connections", async () => {
  await database.db`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  const id = await queueActivated(world);
  await eventually("sent", async () => (await state(id)) === "sent");
});

test("ends what is under way before it stops", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let began = false;
  mailbox.onReceived(() => {
    began = true;
    return held;
  });
  const id = await queueActivated(world);
  await eventually("begun", async () => began);
  const stopped = worker.stop();
  setTimeout(release, 300);
  await stopped;
  assert.is(await state(id), "sent");
  worker = await startWorker(config());
});

test("stores of an error what a log would keep, and nothing a person typed", () => {
  const unique = Object.assign(new Error("Key (email)=(zhangsan@example.cn) already exists"), {
    ...{ name: "PostgresError", code: "23505", constraint_name: "account_email_taken" },
  });
  assert.is(storable(unique), "PostgresError 23505 account_email_taken");
  assert.is(storable(new TypeError("x is not a function")), "TypeError x is not a function");
  assert.is(storable("a string"), "string");
});

/** Whether a schedule runs a task at a moment of Shanghai time. */
const runsAt = (task: string, iso: string): boolean => {
  const [item] = cronItems([task]);
  const utc = new Date(`${iso}+08:00`);
  return (
    item?.match({
      ...{ min: utc.getUTCMinutes(), hour: utc.getUTCHours(), date: utc.getUTCDate() },
      ...{ month: utc.getUTCMonth() + 1, dow: utc.getUTCDay() },
    }) ?? false
  );
};

test("writes to people in their morning and anchors the history before the day ends, Shanghai time", () => {
  assert.ok(runsAt("end-terms", "2026-11-18T09:10:00"));
  assert.not.ok(runsAt("end-terms", "2026-11-18T17:10:00"));
  assert.ok(runsAt("anchor-history", "2026-11-18T23:50:00"));
  assert.ok(runsAt("sweep", "2026-11-18T04:40:00"));
  assert.ok(runsAt("poll-bureaus", "2026-11-18T04:41:00"));
  assert.equal(cronItems([]), []);
});

test.run();
