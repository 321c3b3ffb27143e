import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { outsidePlace } from "../../src/db/binaries.ts";
import { connect } from "../../src/db/client.ts";
import { type Embedded, runningEmbedded, startEmbedded } from "../../src/db/embedded.ts";
import { surviveLostWrites } from "../../src/db/lost-writes.ts";
import { checkEncoding } from "../../src/db/migrate.ts";
import { isRunning, until } from "../../src/lib/processes.ts";
import { program, projectPath } from "../../src/lib/project.ts";

const test = suite("the embedded PostgreSQL");
const folder = mkdtempSync(join(tmpdir(), "openbeian-embedded-"));
chmodSync(folder, 0o711);
const dataDir = join(folder, "data");
const pidFile = join(dataDir, "postgres/cluster/postmaster.pid");

async function ask<T>(url: string, question: (db: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const db = connect(url, { max: 1 });
  try {
    return await question(db);
  } finally {
    await db.end({ timeout: 1 });
  }
}

const words = (url: string) =>
  ask(url, async (db) => (await db`select words from kept`).map((row) => row.words));

/** Starts a server from a process that is then killed, and gives the server's id: what a crash leaves behind. */
async function orphan(): Promise<number> {
  const { execArgv, file } = program("src/db/embedded.ts");
  const script = `import { startEmbedded } from "${file}";
    startEmbedded({ dataDir: ${JSON.stringify(dataDir)} }).then(({ pid }) => { console.log(pid); setInterval(() => {}, 1000) });`;
  const parent = spawn(process.execPath, [...execArgv, "--input-type=module", "-e", script], {
    cwd: projectPath(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once("data", (text) => resolve(Number(text))),
  );
  const ended = new Promise((resolve) => parent.once("exit", resolve));
  parent.kill("SIGKILL");
  await ended;
  return pid;
}

let server: Embedded;

test.after(async () => {
  if (server && isRunning(server.pid)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("is made with UTF8 and durable settings, for this machine and one password alone", async () => {
  server = await startEmbedded({ dataDir });
  await ask(server.url, async (db) => {
    await checkEncoding(db);
    const [row] =
      await db`select current_setting('fsync') as fsync, current_setting('listen_addresses') as address,
      datctype as locale from pg_database where datname = current_database()`;
    assert.equal({ ...row }, { fsync: "on", address: "127.0.0.1", locale: "C.UTF-8" });
    await db`create table kept as select '备案' as words`;
  });
  assert.is(statSync(join(dataDir, "postgres/password")).mode & 0o777, 0o600);
  const wrong = await ask(server.url.replace(/:[^:@]+@/, ":wrong@"), (db) => db`select 1`).catch(
    (error) => error,
  );
  assert.is(wrong.code, "28P01");
});

test("stops within seconds while somebody is connected, and keeps its port and data", async () => {
  const [port, db] = [new URL(server.url).port, connect(server.url, { max: 1 })];
  await db`select 1`;
  await server.stop();
  assert.not(isRunning(server.pid));
  await db.end({ timeout: 0 });
  server = await startEmbedded({ dataDir });
  assert.is(new URL(server.url).port, port);
  assert.equal(await words(server.url), ["备案"]);
});

test("comes back after a kill in the middle of writing, which ends the query and not the process", async () => {
  surviveLostWrites();
  const db = connect(server.url, { max: 1 });
  await db`insert into kept values ('承诺')`;
  const open = db.begin(async (tx) => {
    await tx`insert into kept values ('未提交')`;
    process.kill(server.pid, "SIGKILL");
    await tx`select pg_sleep(30)`;
  });
  const error = await open.catch((reason) => reason);
  assert.match(error.code, /CONNECTION_CLOSED|CONNECTION_ENDED|ECONNRESET|57P0/);
  await db.end({ timeout: 0 });
  await until(() => !isRunning(server.pid), 5000);
  server = await startEmbedded({ dataDir });
  assert.equal(await words(server.url), ["备案", "承诺"]);
});

test("is taken over when its parent was killed", async () => {
  await server.stop();
  const pid = await orphan();
  assert.ok(isRunning(pid));
  assert.ok(await runningEmbedded(dataDir));
  server = await startEmbedded({ dataDir });
  assert.is(server.adopted, true);
  assert.is(server.pid, pid);
  await server.stop();
  assert.not(isRunning(pid));
});

test("starts over a leftover file whose process id now belongs to another program", async () => {
  writeFileSync(pidFile, `${process.pid}\n${join(dataDir, "postgres/cluster")}\n1\n5432\n\n\n\n`);
  server = await startEmbedded({ dataDir });
  assert.is(server.adopted, false);
  assert.equal(await words(server.url), ["备案", "承诺"]);
});

test("takes another port when its own is taken", async () => {
  const port = new URL(server.url).port;
  await server.stop();
  const other = await startEmbedded({ dataDir: join(folder, "other") });
  await other.stop();
  writeFileSync(join(folder, "other/postgres/port"), port);
  server = await startEmbedded({ dataDir });
  const moved = await startEmbedded({ dataDir: join(folder, "other") });
  assert.is.not(new URL(moved.url).port, port);
  await moved.stop();
});

test("writes no statement and no value into its log", async () => {
  await ask(server.url, (db) => db`select ${"13800000000"}::text::date`).catch(() => undefined);
  const log = readFileSync(join(dataDir, "postgres/log"), "utf8");
  assert.ok(log.length > 0);
  assert.not.match(log, /13800000000/);
});

if (process.getuid?.() === 0)
  test("keeps its data outside a folder that is closed to the server's user, and says so", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const said: string[] = [];
    const other = await startEmbedded({ dataDir: join(closed, "data"), say: (line) => void said.push(line) });
    await other.stop();
    const outside = outsidePlace("data", join(closed, "data"));
    assert.ok(existsSync(join(outside, "PG_VERSION")));
    assert.match(said.join(), /is closed to the system user postgres/);
    rmSync(join(closed, "data"), { recursive: true });
    const anew = await startEmbedded({ dataDir: join(closed, "data"), say: (line) => void said.push(line) });
    await anew.stop();
    const aside = said.join("\n").match(/set aside as (\S+)/)?.[1] ?? "";
    assert.ok(existsSync(join(aside, "PG_VERSION")));
    for (const path of [outside, aside]) rmSync(path, { recursive: true });
  });

test.run();
