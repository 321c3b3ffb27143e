import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "../../src/db/client.ts";
import { checkEncoding, MigrationRefused, migrate, pendingMigrations } from "../../src/db/migrate.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const test = suite("migrations");
let base: TestDatabase;
let url: string;
let count = 0;

test.before(async () => {
  base = await testDatabase();
});

test.before.each(async () => {
  const name = `${new URL(base.url).pathname.slice(1)}_empty_${++count}`;
  await base.db`create database ${base.db(name)} template template0`;
  url = base.url.replace(/[^/]+$/, name);
});

test.after(() => base.close());

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "openbeian-migrations-"));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
  return folder;
}

const two = {
  "0001-first.sql": "create table first (id int);",
  "0002-second.sql": "alter table first add words text;",
};

test("run once, in the order of their numbers", async () => {
  const folder = folderWith(two);
  assert.equal(await migrate(url, { folder }), ["0001-first.sql", "0002-second.sql"]);
  assert.equal(await migrate(url, { folder }), []);
});

test("take turns when two processes migrate at once", async () => {
  const folder = folderWith({ "0001-slow.sql": "select pg_sleep(0.2); create table once (id int);" });
  const ran = await Promise.all([migrate(url, { folder }), migrate(url, { folder })]);
  assert.equal(ran.flat(), ["0001-slow.sql"]);
});

test("leave nothing behind of one that fails, and keep the earlier ones", async () => {
  const folder = folderWith({ ...two, "0003-bad.sql": "create table half (id int); select nonsense;" });
  await migrate(url, { folder }).then(
    () => assert.unreachable("the third one is wrong"),
    (error) => assert.match(String(error), /nonsense/),
  );
  const db = connect(url, { max: 1 });
  assert.equal(await pendingMigrations(db, folder), ["0003-bad.sql"]);
  const [half] = await db`select to_regclass('half') as there`;
  assert.is(half?.there, null);
  await db.end();
});

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((error: unknown) => error);
  assert.instance(outcome, MigrationRefused);
  return (outcome as Error).message;
};

test("are refused when one was changed after it ran", async () => {
  await migrate(url, { folder: folderWith(two) });
  const changed = folderWith({ ...two, "0001-first.sql": "create table other (id int);" });
  assert.match(await refusal(migrate(url, { folder: changed })), /0001-first.sql was changed/);
});

test("are refused when the database is newer than the build", async () => {
  await migrate(url, { folder: folderWith(two) });
  const older = folderWith({ "0001-first.sql": two["0001-first.sql"] });
  assert.match(await refusal(migrate(url, { folder: older })), /use the newer build/);
});

test("are refused on a database that is not UTF8", async () => {
  const name = `${new URL(url).pathname.slice(1)}_ascii`;
  await base.db`create database ${base.db(name)} template template0 encoding 'SQL_ASCII' locale 'C'`;
  const db = connect(url.replace(/[^/]+$/, name), { max: 1 });
  assert.match(await refusal(checkEncoding(db)), /SQL_ASCII/);
  await db.end();
});

test("of this build bring up an empty database, with the job queue", async () => {
  assert.ok((await migrate(url)).length > 0);
  const db = connect(url, { max: 1 });
  assert.equal(await pendingMigrations(db), []);
  const [jobs] = await db`select to_regclass('graphile_worker.jobs') is not null as there`;
  assert.is(jobs?.there, true);
  await db.end();
});

test.run();
