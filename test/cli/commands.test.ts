import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { table } from "../../src/cli/output.ts";
import { readConfig } from "../../src/config.ts";
import { newSecretKeys, parseSecretKeys } from "../../src/crypto/vault.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { cli, temporaryDataDir } from "../support/installation.ts";

const test = suite("the command line");
let database: TestDatabase;
let settings: Record<string, string>;
const { dataDir, remove } = temporaryDataDir();

test.before(async () => {
  database = await testDatabase();
  settings = { DATABASE_URL: database.url, SECRET_KEYS: newSecretKeys(), DATA_DIR: dataDir };
});

test.after(async () => {
  await database.close();
  remove();
});

test("shows every command with examples", async () => {
  const { code, out } = await cli(["--help"]);
  assert.is(code, 0);
  for (const command of ["start", "web", "worker", "migrate", "doctor"]) assert.match(out, command);
  assert.match(out, /Examples:/);
});

test("shows the examples of one command", async () => {
  const { code, out } = await cli(["doctor", "--help"]);
  assert.is(code, 0);
  assert.match(out, /openbeian doctor --json/);
});

for (const args of [["nonsense"], ["doctor", "--nonsense"], ["migrate", "too", "much"]])
  test(`answers 2 when it is called wrongly: ${args.join(" ")}`, async () => {
    const { code, err } = await cli(args);
    assert.is(code, 2);
    assert.match(err, /error:/);
  });

test("names the command whose help says what was missing, and marks there what has to be given", async () => {
  const { code, err } = await cli(["bureau", "add"]);
  assert.is(code, 2);
  assert.match(err, "(openbeian bureau add --help shows what it takes)");
  const { out } = await cli(["bureau", "add", "--help"]);
  assert.match(out, /--isp <slug> +the provider \(required\)/);
  assert.not.match(out, /--timeout[^-]*required/);
});

test("answers 1 and lists every problem of the settings", async () => {
  const { code, err } = await cli(["migrate"], { PORT: "x", LOG_LEVEL: "loud" });
  assert.is(code, 1);
  assert.match(err, /PORT[\s\S]*LOG_LEVEL/);
});

test("answers 1 in one sentence when the database cannot be reached", async () => {
  const { code, err } = await cli(["migrate"], { ...settings, DATABASE_URL: "postgres://127.0.0.1:1/none" });
  assert.is(code, 1);
  assert.is(err.trim().split("\n").length, 1, err);
});

test("makes keys that the settings accept", async () => {
  const { out } = await cli(["keys", "--json"]);
  const { secretKeys } = JSON.parse(out);
  assert.is(parseSecretKeys(secretKeys).length, 1);
  assert.is(readConfig({ ...settings, SECRET_KEYS: secretKeys }).secretKeys, secretKeys);
});

test("migrates the embedded database of a demo that is not running, and makes its keys", async () => {
  const { code, out } = await cli(["migrate", "--json"], { DATA_DIR: dataDir });
  assert.is(code, 0);
  assert.ok(JSON.parse(out).ran.length > 0);
  assert.is(statSync(join(dataDir, "secret-keys")).mode & 0o777, 0o600);
  assert.not(existsSync(join(dataDir, "start.lock")));
  assert.not(existsSync(join(dataDir, "postgres/cluster/postmaster.pid")));
});

const states = (out: string): Record<string, string> =>
  Object.fromEntries(
    JSON.parse(out).map(({ name, state }: { name: string; state: string }) => [name, state]),
  );

test("finds what is missing in a real installation and answers 1", async () => {
  const { code, out } = await cli(["doctor", "--json"], settings);
  assert.is(code, 1);
  const found = states(out);
  assert.is(found.mail, "wrong");
  assert.is(found.sms, "wrong");
  for (const name of ["node", "keys", "database", "migrations", "storage"])
    assert.is(found[name], "right", name);
});

test("finds nothing wrong in a whole installation and answers 0", async () => {
  const whole = {
    SMTP_URL: "smtp://127.0.0.1:1",
    SMS_URL: "http://127.0.0.1:1",
    PUBLIC_URL: "https://beian.example",
  };
  const { code, out } = await cli(["doctor"], { ...settings, ...whole });
  assert.is(code, 0, out);
  assert.match(out, /✔ migrations/);
});

test("names a provider without a bureau", async () => {
  await database.db`insert into isps (slug, name, legal_name, phone, service_hours)
    values ('lonely', '孤云', '孤云网络有限公司', '010-00000000', '9:00')`;
  const { code, out } = await cli(["doctor"], settings);
  assert.is(code, 1);
  assert.match(out, /✘ bureaus +no bureau for lonely/);
});

test("says which variables are wrong instead of failing", async () => {
  const { code, out } = await cli(["doctor"], { HOST: "0.0.0.0", CAPTCHA: "perhaps" });
  assert.is(code, 1);
  assert.match(out, /✘ settings +CAPTCHA[\s\S]*✘ settings +DEMO=1/);
});

test("lines up columns with Chinese characters in them", () => {
  const text = table(
    [
      { id: 1, name: "北京" },
      { id: 22, name: null },
    ],
    { name: "名称", id: "编号" },
  );
  assert.is(text, "名称  编号\n北京  1\n-     22");
});

test.run();
