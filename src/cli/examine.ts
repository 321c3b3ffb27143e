import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { type Config, ConfigError, readConfig } from "../config.ts";
import { openVault } from "../crypto/vault.ts";
import { connect, type Sql } from "../db/client.ts";
import { runningEmbedded } from "../db/embedded.ts";
import { checkEncoding, pendingMigrations } from "../db/migrate.ts";
import { folderOf, openFileStore, QUICK, tryStore } from "../gateways/files/index.ts";
import { shownAddress } from "../lib/s3-address.ts";
import { stuckBureaus, stuckLine } from "../models/bureau/stuck.ts";

/** `note` is worth knowing and no fault. */
export type Check = { name: string; state: "right" | "note" | "wrong"; text: string };

const right = (name: string, text: string): Check => ({ name, state: "right", text });
const note = (name: string, text: string): Check => ({ name, state: "note", text });
const wrong = (name: string, text: string): Check => ({ name, state: "wrong", text });

/**
 * Looks at everything an installation needs, one line each. Throws nothing, and changes nothing but a probe that it
 * writes into an object store and removes again.
 */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const node = checkNode(process.versions.node);
  try {
    const config = readConfig(env);
    return [
      ...[node, ...settingsChecks(config), await checkStorage(config)],
      ...[...channelChecks(config), ...(await databaseChecks(config))],
    ];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [node, ...error.problems.map((problem) => wrong("settings", problem))];
  }
}

const checkNode = (version: string): Check =>
  Number(version.split(".")[0]) >= 20
    ? right("node", version)
    : wrong("node", `${version}: 20 or later is needed`);

function settingsChecks(config: Config): Check[] {
  return [
    right("settings", config.demo ? "the demo on this machine" : "a real installation"),
    checkPublicUrl(config),
    checkKeys(config),
  ];
}

const channelChecks = ({ smtpUrl, smsUrl, demo }: Config): Check[] => [
  checkChannel("mail", "SMTP_URL", smtpUrl, demo),
  checkChannel("sms", "SMS_URL", smsUrl, demo),
];

function checkPublicUrl({ publicUrl, demo }: Config): Check {
  if (demo || publicUrl.startsWith("https://")) return right("address", publicUrl);
  return note("address", `${publicUrl}: set PUBLIC_URL to the https address that people open`);
}

function checkKeys({ secretKeys }: Config): Check {
  if (secretKeys === undefined) return right("keys", "made by the demo in DATA_DIR");
  try {
    openVault(secretKeys);
    return right("keys", `${secretKeys.split(",").length} in SECRET_KEYS`);
  } catch (error) {
    return wrong("keys", (error as Error).message);
  }
}

const checkStorage = (config: Config): Promise<Check> | Check =>
  config.storageUrl.startsWith("file:") ? checkFolder(config) : checkBucket(config);

/** Not by writing: doctor may run as another user, whose folders the web could not use. */
function checkFolder({ storageUrl, dataDir }: Config): Check {
  const folder = folderOf(storageUrl, dataDir);
  try {
    accessSync(firstExisting(folder), constants.W_OK);
    return right("storage", folder);
  } catch {
    return wrong("storage", `${folder} cannot be written`);
  }
}

async function checkBucket({ storageUrl, dataDir }: Config): Promise<Check> {
  const shown = shownAddress(storageUrl);
  try {
    await tryStore(openFileStore(storageUrl, dataDir, QUICK));
    return right("storage", `${shown}: a file was written, read, listed and removed`);
  } catch (error) {
    return wrong("storage", `${shown}: ${(error as Error).message}`);
  }
}

const firstExisting = (folder: string): string =>
  existsSync(folder) ? folder : firstExisting(dirname(folder));

function checkChannel(name: string, setting: string, url: string | undefined, demo: boolean): Check {
  if (url) return right(name, `${setting} is set`);
  return demo
    ? right(name, "kept in the outbox page")
    : wrong(name, `${setting} is not set: nothing is sent`);
}

async function databaseChecks(config: Config): Promise<Check[]> {
  const url = config.databaseUrl ?? (await runningEmbedded(config.dataDir));
  if (!url) return [note("database", "the embedded one is not running (openbeian start)")];
  const db = connect(url, { max: 1, name: "openbeian doctor" });
  try {
    await db`select 1`;
    return [
      ...(await checkDatabase(db)),
      ...(await checkBureaus(db, config.demo)),
      ...(await checkQueues(db)),
    ];
  } catch (error) {
    return [wrong("database", `cannot be reached: ${(error as NodeJS.ErrnoException).code ?? "no answer"}`)];
  } finally {
    await db.end({ timeout: 1 });
  }
}

async function checkDatabase(db: Sql): Promise<Check[]> {
  const encoding = await checkEncoding(db).then(
    () => right("database", "reachable, UTF8"),
    (error: Error) => wrong("database", error.message),
  );
  const pending = await pendingMigrations(db);
  const migrations =
    pending.length === 0
      ? right("migrations", "up to date")
      : wrong("migrations", `${pending.length} to run: openbeian migrate`);
  return [encoding, migrations];
}

/** A provider without a bureau row keeps its filings: nobody else would say so. */
async function checkBureaus(db: Sql, demo: boolean): Promise<Check[]> {
  const [tables] = await db<{ there: boolean }[]>`select to_regclass('isp_bureaus') is not null as there`;
  if (!tables?.there) return [];
  const without = await db<{ slug: string }[]>`
    select slug from isps where not exists (select 1 from isp_bureaus where isp_id = isps.id) order by slug limit 20`;
  if (without.length === 0) return [await someProvider(db)];
  const text = `no bureau for ${without.map(({ slug }) => slug).join(", ")}: their filings are kept and not sent`;
  return [demo ? note("bureaus", text) : wrong("bureaus", text)];
}

/** A queue that stands still: everything for that bureau waits. */
async function checkQueues(db: Sql): Promise<Check[]> {
  if ((await pendingMigrations(db)).length > 0) return [];
  return (await stuckBureaus(db)).map((stuck) => wrong("queue", stuckLine(stuck)));
}

async function someProvider(db: Sql): Promise<Check> {
  const [row] = await db<{ some: boolean }[]>`select exists (select 1 from isps) as some`;
  return row?.some ? right("bureaus", "every provider has one") : note("bureaus", "there is no provider yet");
}
