import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dueTerminations } from "../../../src/models/termination/rows.ts";
import { staffNamed } from "../../support/filings.ts";
import { explaining } from "../../support/plans.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

const test = suite<{ bench: TaskBench }>("the plan of terminations that wait");
test.before(async (shared) => {
  shared.bench = await taskBench();
});
test.after(({ bench }) => bench.close());

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- termination/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
const WAITING = ROWS / 1_000;

test("the side bar counts them without those that are over", async ({ bench }) => {
  const { store, people } = bench;
  const { first: ispId } = people.isps;
  await store.db.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into terminations (isp_id, account_id, subject_id, access_id, state, reason, data_key, explanation_sealed,
        started_by, ends_at, request_id)
      select ${ispId}, 1, i, i, case when i % 1000 = 0 then 'objected' else 'withdrawn' end, 'other', '', '', 1, now(),
        gen_random_uuid() from generate_series(1, ${ROWS}::int) i`;
  });
  await store.db`vacuum analyze terminations`;
  const { db, plans } = explaining(store.db);
  assert.is(await dueTerminations(db, staffNamed(people, "孙七")), WAITING);
  const [node] = plans.flatMap(({ nodes }) => nodes.filter((one) => one["Relation Name"] === "terminations"));
  assert.is((node?.["Actual Rows"] ?? 0) + (node?.["Rows Removed by Filter"] ?? 0), WAITING);
});

test.run();
