import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { freePort } from "../lib/ports.ts";
import { processesIn, stopProcess, until } from "../lib/processes.ts";
import type { Binaries } from "./binaries.ts";
import { connect } from "./client.ts";
import { type Place, passwordOf, serverEnv, writePrivately } from "./cluster.ts";
import type { ServerUser } from "./server-user.ts";

/** `exited` settles when the server is gone. */
export type Launched = { url: string; pid: number; exited: Promise<void> };

export const DATABASE = "openbeian";

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

/** Fast shutdown, then harder: what to send, and how long to wait for it in milliseconds. */
export const STOP: [NodeJS.Signals, number][] = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 3000],
  ["SIGKILL", 1000],
];

export const urlOf = (place: Place, port: number, database = DATABASE): string =>
  `postgres://postgres:${passwordOf(place)}@127.0.0.1:${port}/${database}`;

/** Tries a few times: the port may be taken, and after a kill the old server's last processes take a moment to end. */
export async function launch(
  place: Place,
  binaries: Binaries,
  user: ServerUser,
  settings: Record<string, string>,
): Promise<Launched> {
  let port = existsSync(place.port) ? Number(readFileSync(place.port, "utf8")) : 0;
  for (let attempt = 1; ; attempt++) {
    port = await freePort(port);
    const server = spawnServer(place, binaries, user, { ...SETTINGS, ...settings, port: String(port) });
    if (await comesUp(place, port, server)) {
      writePrivately(place.port, String(port));
      return { url: urlOf(place, port), pid: server.pid, exited: server.exited };
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

/** Whether the server takes a connection and a query now. */
export async function answers(url: string): Promise<boolean> {
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
