import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seal } from "../../../src/crypto/seal.ts";
import { formerResults } from "../../../src/models/reported-site/answers.ts";
import { sitesOf, sitesWaiting } from "../../../src/models/reported-site/list.ts";
import { listsCome } from "../../support/bureau-lists.ts";
import { staffNamed } from "../../support/filings.ts";
import { type PlanBench, planBench, rowsRead } from "../../support/plans.ts";
import { addBureau } from "../../support/records.ts";
import type { TaskBench } from "../../support/task-bench.ts";

const test = suite<PlanBench>("the plans of what bureaus report");

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- reported-site/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
const RANGES = 500;
/** Of them lie in our ranges. */
const OURS = 300;

test.before(async (context) => void Object.assign(context, await planBench(manySites)));
test.after(({ close }) => close());

/** Our ranges are 10.n.n.0/24 of the first network; what the bureau found lies all over the second, a few in ours. */
async function manySites({ db, store, people }: TaskBench): Promise<void> {
  const { first: ispId } = people.isps;
  const bureauId = await addBureau(store, ispId);
  await listsCome(store, bureauId, "");
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
const touched = ({ plans }: PlanBench): number =>
  plans
    .splice(0)
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node["Relation Name"] === "reported_sites")
    .reduce((sum, node) => sum + rowsRead(node), 0);

const actor = ({ people }: PlanBench) => ({ ispId: people.isps.first });

test("what lies in our ranges is found from the ranges, however much the bureau lists", async (context) => {
  const rows = await sitesOf(context.store.db, actor(context), "unfiled", "inside");
  assert.is(rows.length, 50);
  assert.ok(touched(context) < OURS * 4, "the whole list was read");
  assert.is(await sitesWaiting(context.store.db, actor(context)), OURS);
  assert.ok(touched(context) < OURS * 3, "the whole list was counted");
});

test("what lies outside is read along the index of the list, page by page", async (context) => {
  const rows = await sitesOf(context.store.db, actor(context), "unfiled", "outside");
  assert.is(rows.length, 50);
  assert.ok(touched(context) < OURS + 400, "the whole list was read");
  const last = rows.at(-1);
  const before = last && { at: last.checkedAt, id: last.id };
  assert.is((await sitesOf(context.store.db, actor(context), "unfiled", "outside", { before })).length, 50);
  assert.ok(touched(context) < 400, "the pages before were read again");
});

test("the code of the answer before is found at once, however many answers there are", async (context) => {
  const { db, store, people, plans } = context;
  const { first: ispId } = people.isps;
  const { key, wrapped } = store.vault.newDataKey();
  const last = 900_000_000;
  const sealed = seal(
    key,
    JSON.stringify({ words: "", operation: { result: 7 } }),
    `isp:${ispId}:site-answer:${last}`,
  );
  await db`
    insert into reported_site_answers (id, isp_id, site_id, staff_id, request_id, action, data_key, sealed, state)
    select case when s.number = ${ROWS} then ${last}::bigint else s.number end, s.isp_id, s.id, ${people.staff.孙七.id},
      gen_random_uuid(), 'cut', ${wrapped}, ${sealed}, 'accepted'
    from reported_sites s where s.kind = 'unfiled' and s.number is not null`;
  await db`analyze reported_site_answers`;
  plans.length = 0;
  const [bureau] = await db<{ id: number }[]>`select max(bureau_id) as id from reported_sites`;
  const former = await formerResults(store, staffNamed(people, "孙七"), bureau?.id ?? 0);
  assert.equal(former, { cut: 7 });
  const read = plans
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node["Relation Name"] === "reported_site_answers")
    .reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0);
  assert.ok(read < 100, `${read} answers were read`);
});

test.run();
