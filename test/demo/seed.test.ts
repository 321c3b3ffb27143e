import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readConfig } from "../../src/config.ts";
import { newSecretKeys, openVault, type Vault } from "../../src/crypto/vault.ts";
import { openingOrders } from "../../src/demo/bureau-opening.ts";
import { recordsAtBureau } from "../../src/demo/bureau-records.ts";
import { cast } from "../../src/demo/cast.ts";
import { seedDemo } from "../../src/demo/index.ts";
import { demoCertificate, demoPerson } from "../../src/demo/values.ts";
import { createBureauGateway } from "../../src/gateways/bureau/index.ts";
import { openFileStore } from "../../src/gateways/files/index.ts";
import { createLog } from "../../src/log.ts";
import { chainFaults, eventsOf } from "../../src/models/filing/history.ts";
import { type State, stateNames } from "../../src/models/filing/states.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { demoOwnRecord } from "../../src/vocabulary/demo-records.ts";
import { parseIdentityCard } from "../../src/vocabulary/identity-card.ts";
import { downloadFromBureau } from "../../worker/bureau/download.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const test = suite<{ base: TestDatabase; dataDir: string; vault: Vault }>("the demo's data");
test.before(async (context) => {
  context.base = await testDatabase();
  context.dataDir = mkdtempSync(join(tmpdir(), "openbeian-demo-"));
  const config = {
    ...readConfig({}),
    dataDir: context.dataDir,
    storageUrl: `file:${join(context.dataDir, "files")}`,
  };
  context.vault = openVault(newSecretKeys());
  await seedDemo({ db: context.base.db, vault: context.vault, config });
});
test.after(async (context) => {
  await context.base.close();
  rmSync(context.dataDir, { recursive: true, force: true });
});

test("has a filing in every state that can be reached", async ({ base: { db } }) => {
  const rows = await db<{ state: State }[]>`select distinct state from filings`;
  assert.equal(rows.map(({ state }) => state).sort(), [...stateNames].sort());
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

test("has a filing of every kind and scope, in several states", async ({ base: { db } }) => {
  const rows = await db<{ what: string }[]>`
    select distinct concat_ws(' ', f.kind, f.scope, f.state) as what from filings f where f.kind <> 'first' order by 1`;
  assert.equal(
    rows.map(({ what }) => what),
    [
      "add initial_review",
      "cancel access initial_review",
      "cancel website ready",
      ...["change access at_bureau", "change subject numbered", "change subject returned"],
      ...["change website draft", "change website ready", "change website recall_requested"],
      "join ready",
    ],
  );
});

test("has a record on offer, an access that is being ended, messages and a paper asked for", async ({
  base: { db },
}) => {
  const [row] = await db`
    select (select count(*) from account_moves where state = 'offered') as offers,
      (select count(*) from terminations where state = 'noticed') as endings,
      (select count(*) from messages) as messages, (select count(*) from supplements) as papers`;
  assert.equal({ ...row }, { offers: 1, endings: 1, messages: 3, papers: 1 });
});

test("has on record what the simulated bureau has, under the same ids and numbers", async ({
  base: { db },
  dataDir,
}) => {
  const simulator = await startSimulator({ dataDir: join(dataDir, "bureau"), records: recordsAtBureau() });
  const theirs = simulator
    .view()
    .records.flatMap((record) =>
      record.websites.flatMap((site) =>
        site.accesses.map((access) => [
          ...[record.bureauId, record.number, site.bureauId, site.number, ...site.domains, access.bureauId],
        ]),
      ),
    );
  await simulator.stop();
  const ours = await db<{ row: unknown[] }[]>`
    select json_build_array(s.bureau_object_id, s.number, w.bureau_object_id, w.number, d.domain, a.bureau_object_id) as row
    from subjects s join websites w on w.subject_id = s.id join domains d on d.website_id = w.id
    join accesses a on a.website_id = w.id`;
  const sorted = (rows: unknown[][]) => rows.map((row) => row.join(" ")).sort();
  assert.equal(sorted(ours.map(({ row }) => row)), sorted(theirs));
  assert.is((await db`select 1 from domains where bureau_object_id is null`).length, 0);
  assert.is((await db`select 1 from access_ips where bureau_object_id is null`).length, 0);
});

test("is told one of everything by the bureau, of which one thing is unknown here", async ({
  base: { db },
  dataDir,
  vault,
}) => {
  const folder = join(dataDir, "opening");
  const start = { dataDir: folder, records: recordsAtBureau(), opening: openingOrders() };
  const simulator = await startSimulator(start);
  await db`update isp_bureaus set endpoint = ${simulator.url}`;
  const [bureau] = await db<{ id: number }[]>`
    select b.id from isp_bureaus b join isps i on i.id = b.isp_id where i.slug = 'shili' and b.is_default`;
  const files = openFileStore(`file:${join(dataDir, "files")}`, dataDir);
  const log = createLog({ level: "silent", name: "test" });
  const parts = { db, vault, files, log, bureau: createBureauGateway(), lastHeard: new Map() };
  const watch = { progress: () => undefined, signal: undefined };
  await downloadFromBureau(parts, bureau?.id ?? 0, watch, { waitMs: 5000 });
  const left = simulator.view().files.filter(({ acknowledgedAt }) => acknowledgedAt === undefined);
  await simulator.stop();

  assert.equal(left, [], "everything was fetched");
  const waiting = await db`select kind, note from bureau_results where outcome <> 'applied'`;
  assert.equal(
    waiting.map(({ kind, note }) => [kind, note]),
    [["cancelled", "注销数据里的编号不在备案库里"]],
  );
  const differences = await db`select kind, place from record_differences where state = 'open'`;
  assert.equal(
    [...differences].map((row) => ({ ...row })),
    [{ kind: "differs", place: "siteName" }],
  );
  assert.is((await db`select 1 from cuts where state = 'open'`).length, 1);
});

test("is told so once", async ({ dataDir }) => {
  const start = { dataDir: join(dataDir, "once"), records: recordsAtBureau(), opening: openingOrders() };
  const first = await startSimulator(start);
  const sent = first.view().files;
  await first.restart();
  assert.equal(first.view().files, sent);
  await first.stop();
  const later = await startSimulator(start);
  assert.equal(later.view().files, sent);
  await later.stop();
});

test("can be tried with what its pages say", async ({ base: { db } }) => {
  const [row] = await db`
    select 1 from domains d join websites w on w.id = d.website_id join subjects s on s.id = w.subject_id
    where d.domain = ${demoOwnRecord.domain} and not exists (
      select 1 from filings f where f.subject_id = s.id and f.state not in ('numbered', 'cancelled', 'closed'))`;
  assert.ok(row);
  const own = cast.findIndex(({ domain }) => domain === demoOwnRecord.domain);
  const filing = cast[own];
  assert.is(filing && demoCertificate(filing, own + 1), demoOwnRecord.certNumber);
});

test("has pictures that are ready wherever a first filing was submitted", async ({ base: { db } }) => {
  const [row] = await db<{ missing: number }[]>`
    select count(*) as missing from filings f where f.submitted_at is not null and f.kind = 'first'
      and (select count(*) from materials m where m.filing_id = f.id and m.state = 'ready') < 3`;
  assert.is(row?.missing, 0);
});

test("invents people whose numbers pass the check and repeat nobody's", () => {
  const numbers = cast.map((filing, at) => demoPerson(filing, at + 1).identity);
  assert.is(new Set(numbers).size, numbers.length);
  for (const number of numbers) assert.ok(parseIdentityCard(number).ok, number);
});

test.run();
