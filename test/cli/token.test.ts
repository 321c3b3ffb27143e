import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import { maybeToken } from "../../src/models/api-token/tokens.ts";
import type { RootStore } from "../../src/models/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { cli } from "../support/installation.ts";
import { type People, settle } from "../support/people.ts";

const test = suite("openbeian isp token");
let database: TestDatabase;
let store: RootStore;
let people: People;
let run: (...args: string[]) => ReturnType<typeof cli>;
test.before(async () => {
  database = await testDatabase();
  const keys = newSecretKeys();
  store = { db: database.db, vault: openVault(keys) };
  people = await settle(store, { first: "yi.example", second: "er.example" });
  const settings = { DATABASE_URL: database.url, SECRET_KEYS: keys };
  run = (...args) => cli(["isp", "token", ...args], settings);
});
test.after(() => database.close());

test("makes a token that is shown once, lists it, and ends it", async () => {
  const made = await run(
    "add",
    "yi",
    "--name",
    "crm",
    "--scope",
    "codes:read",
    "--scope",
    "codes:write",
    "--json",
  );
  const { id, token } = JSON.parse(made.out);
  assert.equal(await maybeToken(store, token), {
    ...{ id, ispId: people.isps.first, name: "crm", scopes: ["codes:read", "codes:write"] },
  });
  const listed = await run("ls", "yi");
  assert.match(listed.out, "crm");
  assert.not.match(listed.out, token);
  assert.is((await run("revoke", "er", String(id))).code, 1);
  assert.is((await run("revoke", "yi", String(id))).code, 0);
  assert.is(await maybeToken(store, token), undefined);
  assert.is((await run("revoke", "yi", String(id))).code, 1);
});

test("says in one sentence what is wrong with the scopes", async () => {
  for (const scopes of [[], ["--scope", "everything"]]) {
    const { code, err } = await run("add", "yi", "--name", "crm", ...scopes);
    assert.is(code, 1);
    assert.match(err, /scope/);
    assert.is(err.trim().split("\n").length, 1);
  }
});

test.run();
