import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { cli, temporaryDataDir } from "../support/installation.ts";
import { fateOf, type NoticeWorld, noticeWorld, queueActivated } from "../support/notices.ts";
import { type Mailbox, openMailbox } from "../support/smtp.ts";

const test = suite("openbeian jobs");
let database: TestDatabase;
let world: NoticeWorld;
let mailbox: Mailbox;
let settings: Record<string, string>;
const { dataDir, remove } = temporaryDataDir();

/** A job in a state, as the queue would have left it. */
async function job(
  task: string,
  attempts: number,
  maxAttempts: number,
  lockedBy: string | null = null,
): Promise<number> {
  const [row] = await database.db<{ id: number }[]>`
    select id from graphile_worker.add_job(${task}, '{"noticeId": "n"}'::json, max_attempts => ${maxAttempts})`;
  const id = row?.id ?? 0;
  await database.db`
    update graphile_worker._private_jobs set attempts = ${attempts}, locked_by = ${lockedBy},
      locked_at = case when ${lockedBy}::text is null then null else now() end,
      last_error = case when ${attempts} > 0 then 'GatewayFailed' end
    where id = ${id}`;
  return id;
}

let waiting: number;
let failed: number;
let dead: number;
let running: number;

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  mailbox = await openMailbox();
  settings = {
    ...{ DATABASE_URL: database.url, SECRET_KEYS: world.secretKeys, SMTP_URL: mailbox.url },
    DATA_DIR: dataDir,
  };
  waiting = await job("sweep", 0, 25);
  failed = await job("send-notice", 3, 25);
  dead = await job("send-notice", 25, 25);
  running = await job("send-notice", 1, 25, "pool-x");
});
test.after(async () => {
  await mailbox.close();
  await database.close();
  remove();
});

const listed = async (...args: string[]): Promise<number[]> => {
  const { out } = await cli(["jobs", "ls", "--json", ...args], settings);
  return (JSON.parse(out) as { id: number }[]).map(({ id }) => id).sort((a, b) => a - b);
};

test("lists by state, task and tries left", async () => {
  assert.equal(await listed(), [waiting, failed, dead, running]);
  assert.equal(await listed("--state", "waiting"), [waiting]);
  assert.equal(await listed("--state", "failed"), [failed]);
  assert.equal(await listed("--state", "dead"), [dead]);
  assert.equal(await listed("--state", "running"), [running]);
  assert.equal(await listed("--task", "sweep"), [waiting]);
  assert.equal(await listed("--retries-left", "22"), [failed, dead]);
});

test("prints a table for people", async () => {
  const { out, code } = await cli(["jobs", "ls", "--state", "dead"], settings);
  assert.is(code, 0);
  const [head, row] = out.trim().split("\n");
  assert.match(head ?? "", /^ID +TASK +STATE +RUNS AT +TRIES +LEFT +LAST ERROR$/);
  assert.match(row ?? "", new RegExp(`^${dead} +send-notice +dead .* 25/25 +0 +GatewayFailed$`));
});

test("refuses a state there is not, in one sentence", async () => {
  const { code, err } = await cli(["jobs", "ls", "--state", "lost"], settings);
  assert.is(code, 1);
  assert.is(err.trim(), "openbeian: --state must be one of waiting, running, failed, dead");
});

test("shows one job with its payload, and says when there is none", async () => {
  const { out } = await cli(["jobs", "show", String(failed), "--json"], settings);
  const shown = JSON.parse(out) as { task: string; payload: unknown };
  assert.is(shown.task, "send-notice");
  assert.equal(shown.payload, { noticeId: "n" });
  const { code, err } = await cli(["jobs", "show", "999999"], settings);
  assert.is(code, 1);
  assert.match(err, "there is no job 999999");
});

test("counts jobs by task and state", async () => {
  const { out } = await cli(["jobs", "stats", "--json"], settings);
  const [notices, sweep] = JSON.parse(out) as Record<string, unknown>[];
  const { oldestWait, ...counts } = notices ?? {};
  assert.equal(counts, { task: "send-notice", waiting: 0, running: 1, failed: 1, dead: 1 });
  assert.type(oldestWait, "number");
  assert.is(sweep?.waiting, 1);
});

test("gives dead jobs their tries again, and says which it could not change", async () => {
  const { code, err, out } = await cli(["jobs", "retry", String(dead), String(running), "--json"], settings);
  assert.is(code, 1);
  assert.equal(JSON.parse(out), { changed: [dead], left: [running] });
  assert.match(err, `not changed, because they run now, are done or never were: ${running}`);
  assert.equal(await listed("--state", "waiting"), [waiting, dead]);
});

test("gives jobs up with a reason", async () => {
  const { code } = await cli(["jobs", "fail", String(failed), "--reason", "given up in a test"], settings);
  assert.is(code, 0);
  const { out } = await cli(["jobs", "show", String(failed), "--json"], settings);
  const { state, lastError } = JSON.parse(out) as { state: string; lastError: string };
  assert.equal([state, lastError], ["dead", "given up in a test"]);
});

test("runs a task now and shows how it goes and how long it took", async () => {
  const id = await queueActivated(world);
  const payload = JSON.stringify({ noticeId: id });
  const { code, out } = await cli(["jobs", "run", "send-notice", "--payload", payload], settings);
  assert.is(code, 0);
  assert.match(out, /^running send-notice\n +[\d.]+ s {2}sent by mail\nsend-notice done in [\d.]+ s\n$/);
  assert.is((await fateOf(world, id)).state, "sent");
  assert.is(mailbox.received.length, 1);
});

test("answers 1 when the task fails, and names those there are when there is no such task", async () => {
  mailbox.refuse(451);
  const payload = JSON.stringify({ noticeId: await queueActivated(world) });
  const { code, err } = await cli(["jobs", "run", "send-notice", "--payload", payload], settings);
  assert.is(code, 1);
  assert.match(
    err,
    /^openbeian: send-notice failed after [\d.]+ s: the mail server did not take the mail \(451\)/,
  );
  const unknown = await cli(["jobs", "run", "dance"], settings);
  assert.is(unknown.code, 1);
  assert.match(unknown.err, /there is no task dance; there are: .*send-notice/);
  const crooked = await cli(["jobs", "run", "sweep", "--payload", "[1]"], settings);
  assert.match(crooked.err, "--payload must be a JSON object");
});

test("shows examples", async () => {
  const { code, out } = await cli(["jobs", "--help"]);
  assert.is(code, 0);
  assert.match(out, /Examples:\n {2}openbeian jobs ls --state dead/);
});

test.run();
