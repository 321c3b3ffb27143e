import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, readConfig } from "../config.ts";
import { newSecretKeys, openVault, type Vault } from "../crypto/vault.ts";
import { connect, type Sql } from "../db/client.ts";
import { writePrivately } from "../db/cluster.ts";
import { runningEmbedded, startEmbedded } from "../db/embedded.ts";
import { Locked, takeLock } from "../lib/lock.ts";
import { CommandFailed } from "./output.ts";

/** Settings with which a part can start: keys are there. */
export type Settings = Config & { secretKeys: string };

/**
 * The settings of the environment. The demo on the embedded database makes its keys once, in DATA_DIR;
 * everywhere else `readConfig` has refused when there were none.
 */
export function loadSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const config = readConfig(env);
  return { ...config, secretKeys: config.secretKeys ?? localKeys(config.dataDir) };
}

function localKeys(dataDir: string): string {
  const file = join(dataDir, "secret-keys");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    writePrivately(file, newSecretKeys());
  }
  return readFileSync(file, "utf8").trim();
}

export const lockFile = (dataDir: string): string => join(dataDir, "start.lock");

/**
 * Runs `work` with the address of the database. Without DATABASE_URL that is the embedded one: of the running
 * `openbeian start`, or started for as long as the work takes.
 */
export async function withDatabaseUrl<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const url = config.databaseUrl ?? (await runningEmbedded(config.dataDir));
  if (url) return work(url);
  const release = lockData(config);
  try {
    const server = await startEmbedded({ dataDir: config.dataDir });
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    release();
  }
}

/** Takes DATA_DIR for this process; a second one is told who has it. */
export function lockData(config: Config): () => void {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o711 });
  try {
    return takeLock(lockFile(config.dataDir));
  } catch (error) {
    if (!(error instanceof Locked)) throw error;
    throw new CommandFailed(`${config.dataDir} is in use by process ${error.pid}: stop that one first`);
  }
}

export type Store = { db: Sql; vault: Vault; config: Settings };

/** Runs `work` with a connection, the vault and the settings; what most commands need. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const config = loadSettings();
  return withDatabaseUrl(config, async (url) => {
    const db = connect(url, { max: 2, name: "openbeian cli" });
    try {
      return await work({ db, vault: openVault(config.secretKeys), config: { ...config, databaseUrl: url } });
    } finally {
      await db.end({ timeout: 2 });
    }
  });
}
