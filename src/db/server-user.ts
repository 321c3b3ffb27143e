import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";

/** The system user that PostgreSQL runs as; empty when we are not root and it runs as ourselves. */
export type ServerUser = { uid?: number; gid?: number };

const NAME = "postgres";

function lookUp(): Required<ServerUser> | undefined {
  const ask = (flag: string) => spawnSync("id", [flag, NAME], { encoding: "utf8" });
  const [uid, gid] = [ask("-u"), ask("-g")];
  return uid.status === 0 && gid.status === 0
    ? { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    : undefined;
}

function create(): void {
  try {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", NAME], { stdio: "ignore" });
  } catch {
    execFileSync("adduser", ["-S", "-D", "-H", NAME], { stdio: "ignore" });
  }
}

/**
 * PostgreSQL refuses to run as root: as root the system user `postgres` is found or made.
 * Throws when it can be neither found nor made.
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const known = lookUp();
  if (known) return known;
  create();
  const made = lookUp();
  if (!made)
    throw new Error("PostgreSQL does not run as root, and the system user postgres could not be made");
  return made;
}

/** Whether the user may pass through every folder above and into `path` (only asked when we are root). */
export function canEnter(path: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!mayPass(folder, user)) return false;
    if (dirname(folder) === folder) return true;
  }
}

function mayPass(folder: string, user: ServerUser): boolean {
  try {
    accessSync(folder, constants.F_OK);
  } catch {
    return true;
  }
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  return ((gid === user.gid ? mode >> 3 : mode) & 0o1) !== 0;
}
