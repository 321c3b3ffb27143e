import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seal } from "../../../src/crypto/seal.ts";
import type { Registrant, Staff } from "../../../src/models/actor.ts";
import { searchHistory } from "../../../src/models/filing/history-search.ts";
import type { RecordFilter } from "../../../src/models/record/filter.ts";
import { listRecords } from "../../../src/models/record/list.ts";
import { type Meant, type Named, recordMeant } from "../../../src/models/record/meant.ts";
import { recordContext } from "../../../src/models/record/values.ts";
import { registrantNamed, staffNamed } from "../../support/filings.ts";
import { type PlanBench, planBench, wasteOf } from "../../support/plans.ts";
import { addBureau } from "../../support/records.ts";
import type { TaskBench } from "../../support/task-bench.ts";

/** `OPENBEIAN_PLAN_ROWS=1000000 npm test -- record/plans` shows the same on a million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 60_000);
const OWN = 50;

type Context = PlanBench & { staff: Staff; owner: Registrant };

const test = suite<Context>("the plans of records and of the history");
test.before(async (context) => {
  const bench = await planBench(manyRecords);
  const { people } = bench;
  Object.assign(context, bench, {
    staff: staffNamed(people, "李四"),
    owner: registrantNamed(people, "张三"),
  });
});
test.after(({ close }) => close());

/** One subject, website, domain, access and range each, and four events: every number of the loop its own. */
async function manyRecords({ db, store, people }: TaskBench): Promise<void> {
  const { id: account, ispId } = people.registrants.张三;
  const bureau = await addBureau(store, ispId);
  const { key, wrapped } = store.vault.newDataKey();
  const own = Math.floor(ROWS / OWN);
  // Every name is sealed for the last record alone: nobody opens the others here.
  const sealed = seal(key, "示例", recordContext(ispId, 0, "subject-name"));
  await db.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into filings (id, number, isp_id, account_id, kind, state, nature, data_key, subject_name, site_name, domain)
      overriding system value
      select i, '20200101-' || to_char(i, 'FM0000000'), ${ispId}, case when i % ${own} = 0 then ${account} else 100000 + i end,
        'first', 'numbered', 4, ${wrapped}, '示例' || i || '有限公司', '网站' || i, 'site' || i || '.cn' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into subjects (id, isp_id, account_id, filing_id, bureau_id, number, province, nature, certificate_hash, name,
        name_sealed, data_key, values, bureau_object_id)
      select i, ${ispId}, case when i % ${own} = 0 then ${account} else 100000 + i end, i, ${bureau}, '浙ICP备' || (10000000 + i) || '号',
        '330000', 4, decode(md5(i::text), 'hex'), '示例' || i || '有限公司', ${sealed}, ${wrapped}, '{}', i from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into websites (id, isp_id, subject_id, filing_id, number, name, bureau_object_id, values)
      select i, ${ispId}, i, i, '浙ICP备' || (10000000 + i) || '号-1', '网站' || i, i,
        jsonb_build_object('homePages', jsonb_build_array('www.site' || i || '.cn')) from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into domains (id, isp_id, website_id, domain)
      select i, ${ispId}, i, 'site' || i || '.cn' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into accesses (id, isp_id, website_id, bureau_object_id, values)
      select i, ${ispId}, i, i, '{}' from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into access_ips (id, isp_id, access_id, first_ip, last_ip)
      select i, ${ispId}, i, '10.0.0.0'::inet + i * 4, '10.0.0.2'::inet + i * 4 from generate_series(1, ${ROWS}::int) i`;
    await tx`
      insert into filing_events (filing_id, isp_id, seq, action, actor_kind, actor_id, to_state, request_id, created_at, prev_hash, hash)
      select i, ${ispId}, n, (array['create', 'submit', 'approve', 'number'])[n], (array['registrant', 'registrant', 'staff', 'bureau'])[n],
        case when n < 4 then i % 40 + 1 end, 'draft', gen_random_uuid(), timestamptz '2020-01-01' + make_interval(mins => i * 4 + n), '', ''
      from generate_series(1, ${ROWS}::int) i, generate_series(1, 4) n`;
  });
  await db`vacuum analyze`;
}

/** Nothing reads or sorts more than this, however much there is. The names of these rows cannot be opened. */
const limit = {
  most: 5_000,
  big: /^(subjects|websites|domains|access|filing)/,
  unreadable: /authenticate|state/i,
};

const frugal = async ({ plans }: Context, lists: Record<string, () => Promise<unknown>>): Promise<void> =>
  assert.is(await wasteOf(plans, limit, lists), "");

const filters: Record<string, RecordFilter> = {
  nothing: {},
  "a number": { number: "浙ICP备10004711号" },
  "a website's number": { number: "浙ICP备10004711号-1" },
  "a name": { name: "示例4711有限公司" },
  "a website's name": { siteName: "网站4711" },
  "a domain": { domain: "site4711.cn" },
  "a home page": { homePage: "www.site4711.cn" },
  "an address": { ip: "10.0.73.157" },
  "in force": { state: "valid" },
};

test("a page of records by any field reads along an index, for staff and for their owner", async (context) => {
  const { store, staff, owner } = context;
  for (const actor of [staff, owner]) {
    const lists = Object.entries(filters).map(([what, filter]) => [
      `${actor.kind} ${what}`,
      () => listRecords(store, actor, filter),
    ]);
    await frugal(context, Object.fromEntries(lists));
  }
  await frugal(context, { "a later page": () => listRecords(store, staff, {}, 4_711) });
});

test("a page of the history reads along an index, by time, action, actor or filing", async (context) => {
  const { store, staff, owner } = context;
  const from = new Date("2020-02-01T00:00:00+08:00");
  const until = new Date("2020-02-02T00:00:00+08:00");
  const at = { at: from, id: 4_711 };
  await frugal(context, {
    all: () => searchHistory(store, staff, {}),
    "a day": () => searchHistory(store, staff, { from, until }),
    "an action": () => searchHistory(store, staff, { action: "approve" }),
    "an action nobody did": () => searchHistory(store, staff, { action: "lapse" }),
    "a colleague": () => searchHistory(store, staff, { staffId: 7 }),
    "a colleague who did nothing": () => searchHistory(store, staff, { staffId: 9_999 }),
    "an actor that never acts": () => searchHistory(store, staff, { actorKind: "operator" }),
    "filings that were found": () => searchHistory(store, staff, { filingIds: [17, 4_711] }),
    "a later page": () => searchHistory(store, staff, {}, at),
    "an account's own": () => searchHistory(store, owner, {}),
    "an account's later page": () => searchHistory(store, owner, { without: ["claim"] }, at),
  });
});

test("what the bureau means is found along an index, by whatever it names", async (context) => {
  const { store, staff } = context;
  const [bureau] = await context.db<{ id: number }[]>`select id from isp_bureaus`;
  const source = { ispId: staff.ispId, bureauId: bureau?.id ?? 0 };
  const meant = { subjectId: 4_711, websiteId: 4_711 };
  const named: [Named, Meant][] = [
    [{ subjects: [4_711] }, { ...meant, websiteId: null }],
    [{ numbers: ["浙ICP备10004711号"] }, { ...meant, websiteId: null }],
    [{ websites: [4_711], certificate: { type: 1, number: "91330108MA2B0X0X0X" } }, meant],
    [{ accesses: [4_711] }, meant],
    [{ numbers: ["浙ICP备10004711号-1"] }, meant],
    [{ domains: ["Site4711.cn"] }, meant],
  ];
  for (const [by, found] of named)
    await frugal(context, {
      [JSON.stringify(by)]: async () => assert.equal(await recordMeant(store, source, by), found),
    });
});

test.run();
