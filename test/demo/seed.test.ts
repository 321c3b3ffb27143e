import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readConfig } from "../../src/config.ts";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import { cast } from "../../src/demo/cast.ts";
import { seedDemo } from "../../src/demo/index.ts";
import { demoPerson } from "../../src/demo/values.ts";
import { chainFaults, eventsOf } from "../../src/models/filing/history.ts";
import { type State, stateNames } from "../../src/models/filing/states.ts";
import { parseIdentityCard } from "../../src/vocabulary/identity-card.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const test = suite<{ base: TestDatabase; dataDir: string }>("the demo's data");
test.before(async (context) => {
  context.base = await testDatabase();
  context.dataDir = mkdtempSync(join(tmpdir(), "openbeian-demo-"));
  const config = {
    ...readConfig({}),
    dataDir: context.dataDir,
    storageUrl: `file:${join(context.dataDir, "files")}`,
  };
  await seedDemo({ db: context.base.db, vault: openVault(newSecretKeys()), config });
});
test.after(async (context) => {
  await context.base.close();
  rmSync(context.dataDir, { recursive: true, force: true });
});

test("has a filing in every state that can be reached", async ({ base: { db } }) => {
  const rows = await db<{ state: State }[]>`select distinct state from filings`;
  // 撤销申请 comes with the other kinds of filing.
  const wanted = stateNames.filter((state) => state !== "recall_requested");
  assert.equal(rows.map(({ state }) => state).sort(), [...wanted].sort());
});

test("has two providers, staff of every role and a bureau for each", async ({ base: { db } }) => {
  const roles = await db<{ role: string }[]>`
    select distinct r.role from staff_roles r join staff s on s.id = r.staff_id join isps i on i.id = s.isp_id where i.slug = 'shili'`;
  assert.is(roles.length, 6);
  assert.is((await db`select distinct isp_id from isp_bureaus where stopped_at is null`).length, 2);
});

test("was made through the models: every history is whole and no two filings hold the same", async ({
  base: { db },
}) => {
  for (const { id } of await db<{ id: number }[]>`select id from filings`) {
    const events = await eventsOf(db, id);
    assert.ok(events.length > 0);
    assert.equal(chainFaults(events), []);
  }
});

test("has pictures that are ready wherever a filing was submitted", async ({ base: { db } }) => {
  const [row] = await db<{ missing: number }[]>`
    select count(*) as missing from filings f where f.submitted_at is not null
      and (select count(*) from materials m where m.filing_id = f.id and m.state = 'ready') < 3`;
  assert.is(row?.missing, 0);
});

test("invents people whose numbers pass the check and repeat nobody's", () => {
  const numbers = cast.map((filing, at) => demoPerson(filing, at + 1).identity);
  assert.is(new Set(numbers).size, numbers.length);
  for (const number of numbers) assert.ok(parseIdentityCard(number).ok, number);
});

test.run();
