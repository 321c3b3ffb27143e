import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Staff } from "../../../src/models/actor.ts";
import { queueNeighbours } from "../../../src/models/filing/queue-neighbours.ts";
import {
  nextUnclaimed,
  type QueueFilter,
  queueCounts,
  queueNames,
  queuePage,
} from "../../../src/models/filing/queues.ts";
import { filingsOfAccount, returnedFilings } from "../../../src/models/filing/rows.ts";
import { searchFilings, type Wanted } from "../../../src/models/search/search.ts";
import { registrantNamed, staffNamed } from "../../support/filings.ts";
import { manyFilings } from "../../support/many-filings.ts";
import { type PlanBench, planBench, wasteOf } from "../../support/plans.ts";

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- filing/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 200_000);

type Context = PlanBench & { staff: Staff };

const test = suite<Context>("the plans of lists");
test.before(async (context) => {
  const bench = await planBench(({ store, people: { isps, registrants, staff } }) =>
    manyFilings(store, {
      rows: ROWS,
      isps: [isps.first, isps.second],
      accountId: registrants.张三.id,
      staffIds: [staff.李四.id, staff.赵六.id],
    }),
  );
  Object.assign(context, bench, { staff: staffNamed(bench.people, "李四") });
});
test.after(({ close }) => close());

/** Nothing reads or sorts more than this, however many filings there are; of a common word as many are walked past. */
const limit = { most: 40_000, big: /^filing/ };

const frugal = async ({ plans }: Context, lists: Record<string, () => Promise<unknown>>): Promise<void> =>
  assert.is(await wasteOf(plans, limit, lists), "");

const filters: Record<string, QueueFilter> = {
  nothing: {},
  province: { province: "440000" },
  nature: { nature: 5 },
  kind: { kind: "add" },
  "kind and scope": { kind: "change", scope: "website" },
  "claimed by nobody": { claimed: "nobody" },
  "claimed by me": { claimed: "me" },
  overdue: { age: "overdue" },
  "due soon": { age: "soon" },
  "everything at once": { province: "440000", nature: 5, claimed: "nobody", age: "soon" },
};

test("a page of any queue, by any filter, reads along its index", async (context) => {
  const { store, staff } = context;
  const lists = queueNames.flatMap((name) =>
    Object.entries(filters).map(([words, filter]) => [
      `${name} by ${words}`,
      () => queuePage(store.db, staff, name, filter),
    ]),
  );
  await frugal(context, Object.fromEntries(lists));
});

test("a later page of a queue begins where the one before ended", async (context) => {
  const { store, staff } = context;
  for (const name of queueNames) {
    const last = (await queuePage(store.db, staff, name)).at(-1);
    if (last) await frugal(context, { [name]: () => queuePage(store.db, staff, name, {}, last) });
  }
});

test("the filings before and after one are its neighbours in the index", async (context) => {
  const { store, staff } = context;
  for (const name of ["initial", "again", "verification", "mine"] as const) {
    const filing = (await queuePage(store.db, staff, name)).at(-1);
    if (filing) await frugal(context, { [name]: () => queueNeighbours(store.db, staff, name, filing) });
  }
});

test("the next filing to claim is found at the head of the queue", async (context) => {
  const { store, staff } = context;
  const names = ["initial", "again", "verification", "ready"] as const;
  const lists = names.map((name) => [name, () => nextUnclaimed(store.db, staff, name)]);
  await frugal(context, Object.fromEntries(lists));
});

test("the numbers beside the queues are counted without reading the filings that are done", (context) =>
  frugal(context, { counts: () => queueCounts(context.store.db, context.staff) }));

test("an account reads its own filings only", async (context) => {
  const actor = registrantNamed(context.people, "张三");
  const { db } = context.store;
  const first = await filingsOfAccount(db, actor);
  assert.is(first.length, 20);
  await frugal(context, {
    "first page": () => filingsOfAccount(db, actor),
    "second page": () => filingsOfAccount(db, actor, first.at(-1)?.id),
    returned: () => returnedFilings(db, actor),
  });
});

const searches: Record<string, Wanted> = {
  "a number": { by: "number", text: "20160208-0655" },
  "the beginning of a number": { by: "number", text: "20160208-0" },
  "a domain": { by: "domain", text: "site4711.cn" },
  "a record's number": { by: "icp", text: "浙ICP备2026000001号" },
  "a common word": { by: "text", text: "科技商城" },
  "a rare name": { by: "text", text: "杭州明远茶业有限公司" },
  "a word nobody has": { by: "text", text: "查无此名有限公司" },
  "two characters": { by: "text", text: "明远" },
  "two characters nobody has": { by: "text", text: "查无" },
  "a document": {
    by: "person",
    text: "330108199001010010",
    lookups: [{ kind: "document", value: "330108199001010010" }],
  },
  "a person's name": { by: "person", text: "张三", lookups: [{ kind: "name", value: "张三" }] },
};

test("a search reads what it finds", async (context) => {
  const { store, staff } = context;
  const lists = Object.entries(searches).map(([words, wanted]) => [
    words,
    () => searchFilings(store, staff, wanted),
  ]);
  await frugal(context, Object.fromEntries(lists));
});

test.run();
