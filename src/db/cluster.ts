import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { processesIn } from "../lib/processes.ts";
import { type Binaries, outsidePlace } from "./binaries.ts";
import { canEnter, type ServerUser } from "./server-user.ts";

/** The files of one embedded server. `cluster` is PostgreSQL's own folder; the others are ours, mode 0600. */
export type Place = { cluster: string; password: string; port: string; log: string };

/** Set when the cluster is made: without them it would be SQL_ASCII, and trigrams of Chinese text would be empty. */
const INITDB = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--username=postgres"];

/**
 * Where the server of a DATA_DIR keeps its files. As root the server runs as another user: where DATA_DIR lies under
 * a folder closed to that user, the cluster lies outside, and `say` is told so.
 */
export function placeOf(dataDir: string, user: ServerUser, say: (line: string) => void): Place {
  openFolder(dataDir);
  const own = join(dataDir, "postgres");
  openFolder(own);
  const reachable = canEnter(own, user);
  const cluster = reachable ? join(own, "cluster") : outsidePlace("data", dataDir);
  const place = { cluster, password: join(own, "password"), port: join(own, "port"), log: join(own, "log") };
  if (!reachable) setAside(place, say);
  if (!reachable && !existsSync(cluster))
    say(`the folder ${dataDir} is closed to the system user postgres: the database is kept in ${cluster}`);
  return place;
}

/** A cluster outside whose DATA_DIR was deleted has lost its password and its keys: it makes room for a new one. */
function setAside(place: Place, say: (line: string) => void): void {
  if (!existsSync(place.cluster) || existsSync(place.password)) return;
  const aside = `${place.cluster}-${Date.now()}`;
  for (const pid of processesIn(place.cluster)) process.kill(pid, "SIGQUIT");
  renameSync(place.cluster, aside);
  say(`the database of a deleted folder is set aside as ${aside}`);
}

/** Makes a folder that others may pass through but not list. An existing one keeps its mode. */
function openFolder(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o711);
}

/** Writes a file of ours that nobody else may read; whole or not at all. */
export function writePrivately(path: string, text: string): void {
  const half = `${path}.${process.pid}`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, path);
}

/** The password of the server, made once. */
export function passwordOf(place: Place): string {
  if (!existsSync(place.password)) writePrivately(place.password, randomBytes(24).toString("base64url"));
  return readFileSync(place.password, "utf8").trim();
}

/**
 * Makes the cluster unless it is there. It is made beside its place and moved there when it is whole, so that a kill
 * in the middle leaves nothing half-made behind.
 */
export async function ensureCluster(
  place: Place,
  binaries: Binaries,
  user: ServerUser,
  flags: string[] = [],
): Promise<void> {
  if (existsSync(join(place.cluster, "PG_VERSION"))) return;
  const half = `${place.cluster}.new`;
  const passwordFile = `${half}.password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, passwordOf(place), { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined)
    for (const path of [half, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await run(binaries.initdb, [...INITDB, ...flags, `--pwfile=${passwordFile}`, `--pgdata=${half}`], user);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, place.cluster);
}

function run(program: string, args: string[], user: ServerUser): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...user,
      cwd: dirname(program),
      env: serverEnv(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let words = "";
    child.stderr.on("data", (chunk) => {
      words += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}: ${words.trim().slice(-2000)}`)),
    );
  });
}

/** The environment of the server: none of ours, so that no setting or key of ours can be read from it. */
export const serverEnv = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  LC_ALL: "C",
  TZ: "UTC",
});
