import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import { usedElsewhere } from "../../../src/models/evidence/elsewhere.ts";
import { documentKey, mobileKey } from "../../../src/models/evidence/traces.ts";
import { domainHold } from "../../../src/models/filing/holds.ts";
import type { RootStore } from "../../../src/models/store.ts";
import * as sample from "../../rules/sample.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { type People, settle } from "../../support/people.ts";
import { explaining, type Plan } from "../../support/plans.ts";

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- evidence/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
/** Filings in which one person stands with one number: an agent who files for many. */
const COMMON = 2_000;

const test = suite("the plans of evidence");
let database: TestDatabase;
let store: RootStore;
let plans: Plan[];
let people: People;

test.before(async () => {
  database = await testDatabase();
  const vault = openVault(newSecretKeys());
  const plain = { db: database.db, vault };
  people = await settle(plain, { first: "yi.example", second: "er.example" });
  await manyTraces(plain);
  const explained = explaining(database.db);
  plans = explained.plans;
  store = { db: explained.db, vault };
});
test.after(() => database.close());

/** Every filing has a number of its own; in the first ones 张三 stands with his, each time of another subject. */
async function manyTraces({ db, vault }: RootStore): Promise<void> {
  const { id: account, ispId } = people.registrants.张三;
  const { wrapped } = vault.newDataKey();
  const mobile = mobileKey({ vault }, String(sample.company.mobile));
  const person = documentKey({ vault }, String(sample.company.idType), String(sample.company.idNo));
  await db.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into filings (id, number, isp_id, account_id, kind, state, nature, data_key)
      overriding system value
      select i, '20200101-' || to_char(i, 'FM0000000'), ${ispId}, ${account}, 'first', 'at_bureau', 4, ${wrapped}
      from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into evidence (isp_id, kind, key, subject, person, filing_id)
      select ${ispId}, k.kind,
        case when i <= ${COMMON} then decode(${mobile}, 'hex') else sha256(convert_to(k.kind || i, 'utf8')) end,
        sha256(convert_to('subject' || i, 'utf8')),
        case when i <= ${COMMON} then decode(${person}, 'hex') else sha256(convert_to('person' || i, 'utf8')) end, i
      from generate_series(1, ${ROWS}::int) i, unnest(array['mobile', 'email', 'person', 'site_leader']) k (kind)`;
    await tx`
      insert into filing_holds (isp_id, kind, key, filing_id)
      select ${ispId}, 'domain', sha256(convert_to('domain' || i, 'utf8')), i from generate_series(1, ${ROWS}::int) i`;
  });
  await db`analyze evidence`;
  await db`analyze filing_holds`;
  await db`analyze filings`;
}

test("what is used elsewhere is asked along the index, of many rows and of a number that many have", async () => {
  const { ispId } = people.registrants.钱一;
  const data = sample.filing();
  const found = await usedElsewhere(store, { id: 0, ispId, subjectId: null }, data, [
    domainHold("example.cn"),
  ]);
  assert.equal(found.mobiles, []);
  assert.ok(plans.length >= 2);
  for (const { query, nodes } of plans)
    for (const node of nodes) {
      const touched = (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
      assert.ok(touched <= COMMON + 100, `${node["Node Type"]} of ${touched} rows in ${query}`);
      assert.not(
        node["Node Type"] === "Seq Scan" &&
          ["evidence", "filing_holds", "filings"].includes(node["Relation Name"] ?? ""),
        query,
      );
    }
});

test.run();
