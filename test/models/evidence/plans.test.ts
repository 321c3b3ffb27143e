import { suite } from "uvu";
import * as assert from "uvu/assert";
import { usedElsewhere } from "../../../src/models/evidence/elsewhere.ts";
import { documentKey, mobileKey } from "../../../src/models/evidence/traces.ts";
import { domainHold } from "../../../src/models/filing/holds.ts";
import * as sample from "../../rules/sample.ts";
import { type PlanBench, planBench, wasteOf } from "../../support/plans.ts";
import type { TaskBench } from "../../support/task-bench.ts";

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- evidence/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
/** Filings in which one person stands with one number: an agent who files for many. */
const COMMON = 2_000;

const test = suite<PlanBench>("the plans of evidence");
test.before(async (context) => void Object.assign(context, await planBench(manyTraces)));
test.after(({ close }) => close());

/** Every filing has a number of its own; in the first ones 张三 stands with his, each time of another subject. */
async function manyTraces({ db, store: { vault }, people }: TaskBench): Promise<void> {
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

test("what is used elsewhere is asked along the index, of many rows and of a number that many have", async ({
  store,
  people,
  plans,
}) => {
  const { ispId } = people.registrants.钱一;
  const holds = [domainHold("example.cn")];
  const ask = async () => {
    const found = await usedElsewhere(store, { id: 0, ispId, subjectId: null }, sample.filing(), holds);
    assert.equal(found.mobiles, []);
  };
  const limit = { most: COMMON + 100, big: /^(evidence|filing_holds|filings)$/ };
  assert.is(await wasteOf(plans, limit, { "what is used elsewhere": ask }), "");
  assert.ok(plans.length >= 2);
});

test.run();
