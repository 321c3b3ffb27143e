import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isRunning, until } from "../src/lib/processes.ts";
import { PartFailed, supervise } from "../src/supervisor.ts";
import { Cli, cli, killNow, realSettings, temporaryDataDir } from "./support/installation.ts";

const test = suite("openbeian start");
const { dataDir, remove } = temporaryDataDir();
let settings: Record<string, string>;
let running: Cli;

const answers = async (): Promise<boolean> => {
  const response = await fetch(`http://127.0.0.1:${settings.PORT}/healthz`).catch(() => undefined);
  return response?.status === 200;
};

const start = async (): Promise<void> => {
  running = new Cli(["start"], settings);
  await running.says(/is running/);
};

const gone = (pids: number[], limit: number) => until(() => !pids.some(isRunning), limit);

test.before(async () => {
  settings = await realSettings(dataDir);
});

test.after(async () => {
  for (const pid of [running.process.pid, ...Object.values(running.pids())])
    if (pid && isRunning(pid)) await killNow(pid);
  remove();
});

test("brings up the database, the pages and the worker, and says where they are", async () => {
  await start();
  assert.ok(await answers());
  assert.match(running.out, new RegExp(`http://localhost:${settings.PORT}/console`));
  assert.not.match(running.out, /password/);
});

test("refuses a second start on the same data", async () => {
  const { code, err } = await cli(["start"], settings);
  assert.is(code, 1);
  assert.match(err, /is in use by process/);
});

for (const part of ["web", "worker"])
  test(`starts the ${part} process again after it was killed`, async () => {
    const [before, said] = [running.pids()[part], running.out.length];
    await killNow(before);
    await running.says(new RegExp(`^${part} .*started as process`, "m"), said);
    assert.is.not(running.pids()[part], before);
    assert.ok(await until(answers, 15_000));
  });

test("starts the database again after it was killed", async () => {
  const [before, said] = [running.pids().database, running.out.length];
  await killNow(before);
  await running.says(/PostgreSQL runs as process/, said);
  assert.is.not(running.pids().database, before);
  const { code, out } = await cli(["migrate", "--json"], settings);
  assert.is(code, 0);
  assert.equal(JSON.parse(out), { ran: [] });
});

test("leaves no part running when it is killed itself, and takes its database over at the next start", async () => {
  const { web, worker, database } = running.pids();
  await killNow(running.process.pid);
  assert.ok(await gone([web ?? 0, worker ?? 0], 10_000), "a part outlived its supervisor");
  await start();
  assert.match(running.out, /still running and is taken over/);
  assert.is(running.pids().database, database);
  assert.ok(await answers());
});

test("comes up again after everything was killed at once", async () => {
  const pids = [running.process.pid ?? 0, ...Object.values(running.pids())];
  for (const pid of pids) process.kill(pid, "SIGKILL");
  assert.ok(await gone(pids, 5000));
  await start();
  assert.ok(await answers());
});

test("stops everything at Ctrl-C, the database last", async () => {
  const pids = Object.values(running.pids());
  running.process.kill("SIGINT");
  const { code } = await running.finished;
  assert.is(code, 0);
  assert.ok(await gone(pids, 1000), "something is still running");
});

test("says which port is taken", async () => {
  const { createServer } = await import("node:net");
  const other = createServer().listen(Number(settings.PORT), "127.0.0.1");
  const { code, err } = await cli(["start"], settings);
  other.close();
  assert.is(code, 1);
  assert.match(err, new RegExp(`port ${settings.PORT} is taken`));
});

test("says at once when it cannot listen where it is told to", async () => {
  const { code, err } = await cli(["start"], { ...settings, HOST: "192.0.2.1" });
  assert.is(code, 1);
  assert.match(err, /cannot listen on 192\.0\.2\.1/);
});

test("gives up on a part that never starts, with its words", async () => {
  const lines: string[] = [];
  const supervisor = supervise({
    parts: ["web"],
    env: { PATH: process.env.PATH, LOG_LEVEL: "loud" },
    say: (part, line) => void lines.push(`${part} ${line}`),
  });
  const error = await supervisor.ready.catch((reason) => reason);
  await supervisor.stop();
  assert.instance(error, PartFailed);
  assert.match(lines.join("\n"), /web .*LOG_LEVEL must be/);
  assert.is(lines.filter((line) => /started as process/.test(line)).length, 5);
});

test.run();
