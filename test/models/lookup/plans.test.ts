import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Sql } from "../../../src/db/client.ts";
import {
  numberOfDomain,
  publicSubject,
  publicWebsite,
  unitsNamed,
  websitesOfUnit,
} from "../../../src/models/lookup/public-records.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { explaining, type Plan, wasteOf } from "../../support/plans.ts";

/** `OPENBEIAN_PLAN_ROWS=4000000 npm test -- lookup/plans` shows the same on four million. */
const ROWS = Number(process.env.OPENBEIAN_PLAN_ROWS ?? 200_000);

type Context = { database: TestDatabase; db: Sql; plans: Plan[] };

const CHUNK = 100_000;

/** Records as a large installation has them: every third a person's, one subject with thousands of websites. */
async function manyRecords(db: Sql): Promise<void> {
  for (let from = 1; from <= ROWS; from += CHUNK)
    await db.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      const ids = tx`generate_series(${from}::int, ${Math.min(from + CHUNK - 1, ROWS)}::int) n`;
      await tx`
        insert into subjects (id, isp_id, filing_id, bureau_id, number, province, nature, certificate_hash, name, data_key,
          values, cancelled_at)
        select n, 1 + n % 2, n, 1, '浙ICP备' || 2000000000 + n || '号', '330000', case when n % 3 = 0 then 5 else 4 end,
          decode(md5(n::text), 'hex'),
          case when n % 3 <> 0 then (array['杭州', '北京', '广州', '成都'])[1 + n % 4] ||
            (array['明远', '青禾', '长风', '瑞丰', '云启'])[1 + n / 7 % 5] || n % 9973 ||
            (array['科技', '茶业', '商贸'])[1 + n / 5 % 3] || '有限公司' end,
          '', '{}', case when n % 50 = 0 then now() end from ${ids}`;
      await tx`
        insert into websites (id, isp_id, subject_id, number, name, values)
        select 10000000 + n, 1 + n % 2, case when n % 40 = 1 then 1 else n end,
          '浙ICP备' || 2000000000 + n || '号-1', '网站' || n, '{"homePages": ["www.a.cn"]}' from ${ids}`;
      await tx`
        insert into domains (id, isp_id, website_id, domain)
        select 20000000 + n, 1 + n % 2, 10000000 + n, 'site' || n || '.cn' from ${ids}`;
      await tx`
        insert into accesses (id, isp_id, website_id, values)
        select 30000000 + n, 1 + n % 2, 10000000 + n, '{}' from ${ids}`;
    });
  await db`vacuum analyze`;
}

const test = suite<Context>("the plans of the public look-up");
test.before(async (context) => {
  const database = await testDatabase();
  await manyRecords(database.db);
  Object.assign(context, { database, ...explaining(database.db) });
});
test.after(({ database }) => database.close());

/** Nothing reads more than this, however many records there are; of a common word as many are walked past. */
const limit = { most: 20_000, big: /./ };

const frugal = async ({ plans }: Context, asks: Record<string, () => Promise<unknown>>): Promise<void> =>
  assert.is(await wasteOf(plans, limit, asks), "");

const scopes = { "at a provider's host": 1, "on a neutral host": null };

for (const [where, scope] of Object.entries(scopes)) {
  test(`${where} a number and a domain are found by their index`, (context) =>
    frugal(context, {
      subject: () => publicSubject(context.db, scope, "浙ICP备2000004712号"),
      "subject nobody has": () => publicSubject(context.db, scope, "浙ICP备2999999999号"),
      website: () => publicWebsite(context.db, scope, "浙ICP备2000004712号-1"),
      domain: () => numberOfDomain(context.db, scope, "site4712.cn"),
      "domain nobody has": () => numberOfDomain(context.db, scope, "nobody.cn"),
    }));

  test(`${where} a name is found by its trigrams, page after page, however common it is`, async (context) => {
    const { db } = context;
    const page = (words: string, before?: number) => () =>
      unitsNamed(db, scope, words, { limit: 21, ...(before && { before }) });
    const common = await page("有限公司")();
    assert.is(common.length, 21);
    await frugal(context, {
      common: page("有限公司"),
      "common, later": page("有限公司", common.at(-1)?.id),
      "common, at the end": page("有限公司", Math.floor(ROWS / 20)),
      "a trade": page("茶业有限"),
      "one unit": page("杭州明远4712茶业有限公司"),
      rare: page("瑞丰4711"),
      nobody: page("查无此名有限公司"),
      "nobody, of common words": page("北京北京"),
    });
  });
}

test("the websites of a unit that has thousands are read a page at a time", async (context) => {
  const unit = await publicSubject(context.db, null, "浙ICP备2000000001号");
  if (!unit) throw new Error("no unit");
  const first = await websitesOfUnit(context.db, unit, { limit: 21 });
  assert.is(first.length, 21);
  const after = first.at(-1)?.id ?? 0;
  await frugal(context, {
    first: () => websitesOfUnit(context.db, unit, { limit: 21 }),
    second: () => websitesOfUnit(context.db, unit, { after, limit: 21 }),
  });
});

test.run();
