import { suite } from "uvu";
import * as assert from "uvu/assert";
import { countLeft, sitesAfter } from "../../../src/models/reconciliation/asked.ts";
import { completeReconciliation } from "../../../src/models/reconciliation/complete.ts";
import {
  type DifferenceFilter,
  listDifferences,
  openOfRecord,
} from "../../../src/models/reconciliation/list.ts";
import { openReconciliation } from "../../../src/models/reconciliation/reconciliations.ts";
import { type PlanBench, planBench, rowsRead, wasteOf } from "../../support/plans.ts";
import { addBureau } from "../../support/records.ts";
import type { TaskBench } from "../../support/task-bench.ts";

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- reconciliation/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
/** One record in so many is not in the copy. */
const LOST = 1_000;

type Context = PlanBench & { ispId: number; bureauId: number; copy: number };

const test = suite<Context>("the plans of differences with the bureau");
test.before(async (context) => {
  Object.assign(
    context,
    await planBench(async (bench) => Object.assign(context, await manyDifferences(bench))),
  );
});
test.after(({ close }) => close());

/** A record with a website each, of which all but a few were in the copy, and a difference of each. */
async function manyDifferences({ db, store, people }: TaskBench) {
  const ispId = people.isps.first;
  const bureauId = await addBureau(store, ispId);
  const { wrapped } = store.vault.newDataKey();
  const { id: copy } = await openReconciliation(db, { ispId, bureauId, source: "copy" }, 7);
  await db.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into subjects (id, isp_id, account_id, filing_id, bureau_id, number, province, nature, certificate_hash, name,
        name_sealed, data_key, values, numbered_at)
      select i, ${ispId}, i, i, ${bureauId}, '浙ICP备' || (10000000 + i) || '号', '330000', 4, decode(md5(i::text), 'hex'),
        '示例' || i, '', ${wrapped}, '{}', now() - interval '1 day' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into websites (id, isp_id, subject_id, filing_id, number, name, values)
      select i, ${ispId}, i, i, '浙ICP备' || (10000000 + i) || '号-1', '网站' || i, '{}' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into domains (id, isp_id, website_id, domain)
      select i, ${ispId}, i, 'site' || i || '.cn' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into accesses (id, isp_id, website_id, values) select i, ${ispId}, i, '{}' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into reconciliation_records (reconciliation_id, isp_id, key, subject_id, result)
      select ${copy}, ${ispId}, 'our:' || i, i, 'same' from generate_series(1, ${ROWS}::int) i where i % ${LOST} > 0`;
    await tx`
      insert into record_differences (isp_id, bureau_id, kind, subject_id, place, digest, reconciliation_id, state, settled_at,
        decision)
      select ${ispId}, ${bureauId}, case when i % ${LOST} = 1 then 'only_here' else 'differs' end, i,
        case when i % ${LOST} = 1 then 'state' when i % ${LOST} = 2 then 'number' else 'mobile' end, '', ${copy}, s.state,
        case when s.state <> 'open' then now() end, case when s.state = 'kept' then 'keep' when s.state = 'repaired' then 'bureau' end
      from generate_series(1, ${ROWS}::int) i,
        lateral (select (array['open', 'open', 'kept', 'repaired', 'gone'])[i % 5 + 1] as state) s`;
  });
  await db`vacuum analyze`;
  return { ispId, bureauId, copy };
}

/** A page reads no more than this, however much there is. The names of these rows cannot be opened. */
const limit = {
  most: 2_000,
  big: /^(subjects|websites|domains|accesses|reconciliation_records|record_differences)$/,
  unreadable: /authenticat|state|initialization vector/i,
};

const filters: Record<string, DifferenceFilter> = {
  nothing: {},
  kept: { state: "kept" },
  gone: { state: "gone" },
  "only here": { kind: "only_here" },
  "only at the bureau, of which there are none": { kind: "only_bureau" },
  "a place": { place: "number" },
  "a place that nothing differs at": { place: "siteName" },
  "a record": { subjectId: 4_711 },
  "what was chosen": { ids: [17, 4_711] },
};

test("a page of differences by any filter reads along an index and sorts no more than it shows", async (context) => {
  const { store, plans, ispId, bureauId } = context;
  const page = { limit: 51 };
  const lists = Object.entries(filters).map(([what, filter]) => [
    what,
    () => listDifferences(store, ispId, filter, page),
  ]);
  assert.is(await wasteOf(plans, limit, Object.fromEntries(lists)), "");
  const more = {
    "a later page": () => listDifferences(store, ispId, {}, { before: 30_000, limit: 51 }),
    "a bureau": () => listDifferences(store, ispId, { bureauId }, page),
    "those of a record": () => openOfRecord(store.db, ispId, 4_711),
  };
  assert.is(await wasteOf(plans, limit, more), "");
});

test("the next websites to ask for are found along an index", async (context) => {
  const { store, plans, ispId, bureauId } = context;
  const round = { id: 0, ispId, bureauId, askedTo: 0 };
  const lists = {
    "the first": () => sitesAfter(store.db, round, 0, 200),
    "later ones": () => sitesAfter(store.db, round, 30_000, 200),
  };
  assert.is(await wasteOf(plans, limit, lists), "");
  assert.type(await countLeft(store.db, round), "number");
});

test("what is only here is found in one pass, each record looked at once", async (context) => {
  const { db, store, ispId, copy, plans } = context;
  const began = Date.now();
  const done = await completeReconciliation({ ...store, db }, ispId, copy);
  assert.is(done.state, "compared");
  assert.ok(done.onlyHere >= ROWS / LOST);
  assert.ok(Date.now() - began < 20_000, `took ${Date.now() - began} ms`);
  plans.length = 0;
  await store.db`
    select s.id from subjects s
      left join reconciliation_records c on c.reconciliation_id = ${copy} and c.key = 'our:' || s.id
    where s.bureau_id = ${context.bureauId} and s.isp_id = ${ispId} and s.cancelled_at is null and c.key is null`;
  const most = Math.max(...plans.flatMap(({ nodes }) => nodes.map(rowsRead)));
  assert.ok(most <= ROWS + LOST, `a step reads ${most} rows`);
});

test.run();
