import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import { projectPath } from "../lib/project.ts";
import { connect, type Db, type Sql } from "./client.ts";

/** The database cannot be migrated; the message says what an operator has to do. */
export class MigrationRefused extends Error {
  override name = "MigrationRefused";
}

export type Migration = { name: string; digest: string; sql: string };

/** One number for everybody: two processes that migrate at once take turns. */
const LOCK = 20_261_118;

/** The migrations of a folder in order: files named `0001-words.sql`. */
export function readMigrations(folder = projectPath("migrations")): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), "utf8");
    return { name, digest: createHash("sha256").update(sql).digest("hex"), sql };
  });
}

/**
 * Brings a database up to date: ours, then those of the job queue. Each runs once, in a transaction of its own.
 * Gives the names of those that ran now. Throws `MigrationRefused` when the server's encoding is not UTF8, when a
 * migration that ran was changed since, or when the database is newer than this build.
 */
export async function migrate(url: string, options: { folder?: string } = {}): Promise<string[]> {
  const db = connect(url, { max: 2, name: "openbeian migrate" });
  try {
    await checkEncoding(db);
    const ran = await runAll(db, readMigrations(options.folder));
    await runMigrations({ connectionString: url });
    return ran;
  } finally {
    await db.end({ timeout: 5 });
  }
}

/** Throws when the database is not UTF8: in SQL_ASCII a Chinese character is not a character. */
export async function checkEncoding(db: Db): Promise<void> {
  const [row] = await db<{ encoding: string }[]>`
    select pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`;
  if (row?.encoding !== "UTF8")
    throw new MigrationRefused(
      `the database has the encoding ${row?.encoding}: create one with encoding UTF8`,
    );
}

/** The migrations of this build that the database does not have yet. */
export async function pendingMigrations(db: Db, folder?: string): Promise<string[]> {
  const [table] = await db<
    { there: boolean }[]
  >`select to_regclass('schema_migrations') is not null as there`;
  const done = table?.there
    ? await db<{ name: string }[]>`select name from schema_migrations order by name`
    : [];
  const names = new Set(done.map(({ name }) => name));
  return readMigrations(folder)
    .map(({ name }) => name)
    .filter((name) => !names.has(name));
}

async function runAll(db: Sql, migrations: Migration[]): Promise<string[]> {
  const held = await db.reserve();
  try {
    await held`select pg_advisory_lock(${LOCK})`;
    await held`create table if not exists schema_migrations
      (name text primary key, digest text not null, ran_at timestamptz not null default now())`;
    const done = await held<
      { name: string; digest: string }[]
    >`select name, digest from schema_migrations order by name`;
    refuseSurprises(done, migrations);
    const pending = migrations.filter(({ name }) => !done.some((row) => row.name === name));
    for (const migration of pending) await runOne(db, migration);
    return pending.map(({ name }) => name);
  } finally {
    await held`select pg_advisory_unlock(${LOCK})`;
    held.release();
  }
}

function refuseSurprises(done: { name: string; digest: string }[], migrations: Migration[]): void {
  for (const { name, digest } of done) {
    const known = migrations.find((migration) => migration.name === name);
    if (!known)
      throw new MigrationRefused(`the database has ${name}, this build does not: use the newer build`);
    if (known.digest !== digest)
      throw new MigrationRefused(`${name} was changed after it ran: write a new one`);
  }
}

async function runOne(db: Sql, { name, digest, sql }: Migration): Promise<void> {
  await db.begin(async (tx) => {
    await tx.unsafe(sql);
    await tx`insert into schema_migrations (name, digest) values (${name}, ${digest})`;
  });
}
