import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seal } from "../../../src/crypto/seal.ts";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import { formerResults } from "../../../src/models/reported-site/answers.ts";
import { sitesOf, sitesWaiting } from "../../../src/models/reported-site/list.ts";
import type { RootStore } from "../../../src/models/store.ts";
import { listsCome } from "../../support/bureau-lists.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { staffNamed } from "../../support/filings.ts";
import { type People, settle } from "../../support/people.ts";
import { explaining, type Plan } from "../../support/plans.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("the plans of what bureaus report");

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- reported-site/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
const RANGES = 500;
/** Of them lie in our ranges. */
const OURS = 300;

let database: TestDatabase;
let store: RootStore;
let plans: Plan[];
let people: People;

test.before(async () => {
  database = await testDatabase();
  const plain = { db: database.db, vault: openVault(newSecretKeys()) };
  people = await settle(plain, { first: "yi.example", second: "er.example" });
  await manySites(plain);
  const explained = explaining(database.db);
  plans = explained.plans;
  store = { ...plain, db: explained.db };
});
test.after(() => database.close());

/** Our ranges are 10.n.n.0/24 of the first network; what the bureau found lies all over the second, a few in ours. */
async function manySites(plain: RootStore): Promise<void> {
  const { db } = plain;
  const { first: ispId } = people.isps;
  const bureauId = await addBureau(plain, ispId);
  await listsCome(plain, bureauId, "");
  await db`
    insert into isp_ip_ranges (isp_id, first_ip, last_ip)
    select ${ispId}, '10.0.0.0'::inet + i * 256, '10.0.0.0'::inet + i * 256 + 255 from generate_series(1, ${RANGES}::int) i`;
  await db`
    insert into reported_sites (isp_id, bureau_id, kind, number, domain, registrable, ip, access_provider, operator,
      province, checked_at, answer_id)
    select ${ispId}, ${bureauId}, 'unfiled', i, 'd' || i || '.cn', 'd' || i || '.cn',
      case when i <= ${OURS} then '10.0.1.0'::inet + i else '172.16.0.0'::inet + i end, '', '', '',
      now() - i * interval '1 minute', (select max(id) from bureau_answers)
    from generate_series(1, ${ROWS}::int) i`;
  await db`analyze reported_sites`;
  await db`analyze isp_ip_ranges`;
}

/** Rows that the plans of the last question touched, the kept and the thrown away. */
const touched = (): number =>
  plans
    .splice(0)
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node["Relation Name"] === "reported_sites")
    .reduce(
      (sum, node) =>
        sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    );

const actor = () => ({ ispId: people.isps.first });

test("what lies in our ranges is found from the ranges, however much the bureau lists", async () => {
  const rows = await sitesOf(store.db, actor(), "unfiled", "inside");
  assert.is(rows.length, 50);
  assert.ok(touched() < OURS * 4, "the whole list was read");
  assert.is(await sitesWaiting(store.db, actor()), OURS);
  assert.ok(touched() < OURS * 3, "the whole list was counted");
});

test("what lies outside is read along the index of the list, page by page", async () => {
  const rows = await sitesOf(store.db, actor(), "unfiled", "outside");
  assert.is(rows.length, 50);
  assert.ok(touched() < OURS + 400, "the whole list was read");
  const last = rows.at(-1);
  const before = last && { at: last.checkedAt, id: last.id };
  assert.is((await sitesOf(store.db, actor(), "unfiled", "outside", { before })).length, 50);
  assert.ok(touched() < 400, "the pages before were read again");
});

test("the code of the answer before is found at once, however many answers there are", async () => {
  const { db, vault } = store;
  const { first: ispId } = people.isps;
  const { key, wrapped } = vault.newDataKey();
  const last = 900_000_000;
  const sealed = seal(
    key,
    JSON.stringify({ words: "", operation: { result: 7 } }),
    `isp:${ispId}:site-answer:${last}`,
  );
  await database.db`
    insert into reported_site_answers (id, isp_id, site_id, staff_id, request_id, action, data_key, sealed, state)
    select case when s.number = ${ROWS} then ${last}::bigint else s.number end, s.isp_id, s.id, ${people.staff.孙七.id},
      gen_random_uuid(), 'cut', ${wrapped}, ${sealed}, 'accepted'
    from reported_sites s where s.kind = 'unfiled' and s.number is not null`;
  await database.db`analyze reported_site_answers`;
  plans.length = 0;
  const [bureau] = await database.db<{ id: number }[]>`select max(bureau_id) as id from reported_sites`;
  const former = await formerResults({ db, vault }, staffNamed(people, "孙七"), bureau?.id ?? 0);
  assert.equal(former, { cut: 7 });
  const read = plans
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node["Relation Name"] === "reported_site_answers")
    .reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0);
  assert.ok(read < 100, `${read} answers were read`);
});

test.run();
