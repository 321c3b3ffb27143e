import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { forget } from "../../src/cli/demo.ts";
import { newSecretKeys } from "../../src/crypto/vault.ts";
import { startEmbedded } from "../../src/db/embedded.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { cli, temporaryDataDir } from "../support/installation.ts";

const test = suite("openbeian demo");
const { dataDir, remove } = temporaryDataDir();
let database: TestDatabase;
let settings: Record<string, string>;

test.before(async () => {
  database = await testDatabase();
  settings = { DATABASE_URL: database.url, SECRET_KEYS: newSecretKeys(), DATA_DIR: dataDir };
});
test.after(async () => {
  await database.close();
  remove();
});

test("invents nothing on an installation that is no demo", async () => {
  const { code, err } = await cli(["demo"], settings);
  assert.is(code, 1);
  assert.match(err, /set DEMO=1/);
  assert.is((await database.db`select 1 from isps`).length, 0);
});

test("adds nothing to a database that somebody uses", async () => {
  await database.db`
    insert into isps (slug, name, legal_name, phone, service_hours) values ('yi', '一号云', '一号云', '400', '9:00')`;
  const { code, err } = await cli(["demo"], { ...settings, DEMO: "1" });
  assert.is(code, 1);
  assert.match(err, /nothing was changed/);
  assert.is((await database.db`select 1 from isps`).length, 1);
});

test("deletes nothing of another server, and nothing without being told twice", async () => {
  assert.match(
    (await cli(["demo", "--reset", "--yes"], { ...settings, DEMO: "1" })).err,
    /embedded database only/,
  );
  assert.match((await cli(["demo", "--reset"], { DATA_DIR: dataDir, DEMO: "1" })).err, /--yes/);
});

test("forgets on the embedded database what the simulated bureau knew, and nothing under a running one", async () => {
  const journal = join(dataDir, "simulator", "journal.jsonl");
  mkdirSync(join(dataDir, "simulator"), { recursive: true });
  writeFileSync(journal, "{}\n");
  const server = await startEmbedded({ dataDir });
  try {
    const { code, err } = await cli(["demo", "--reset", "--yes"], { DATA_DIR: dataDir, DEMO: "1" });
    assert.is(code, 1);
    assert.match(err, /stop openbeian start first/);
    assert.ok(existsSync(journal));
    await forget({ dataDir }, server.url);
    assert.not(existsSync(join(dataDir, "simulator")));
  } finally {
    await server.stop();
  }
});

test.run();
