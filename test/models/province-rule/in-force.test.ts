import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ruleInForce, rulesInForce } from "../../../src/models/province-rule/in-force.ts";
import { provinceRule, provinceRuleFile } from "../../../src/vocabulary/province-rules.ts";
import { testWorld, type World } from "../../support/app.ts";

const test = suite<{ world: World }>("the rule of a province");
test.before.each(async (context) => {
  context.world = await testWorld();
});
test.after.each((context) => context.world.close());

const ZHEJIANG = "330000";

/** A row that says a number of days, so that one can be told from another. */
const write = (
  { db }: World,
  ispId: number | null,
  version: number,
  days: number,
  validFrom = "2026-01-01",
) =>
  db`insert into province_rules (isp_id, province, version, valid_from, rule)
    values (${ispId}, ${ZHEJIANG}, ${version}, ${validFrom},
      ${db.json({ ...provinceRule(ZHEJIANG), reviewDaysMin: days })})`;

const daysAt = async ({ db }: World, ispId: number) => (await ruleInForce(db, ispId, ZHEJIANG)).reviewDaysMin;

test("is the shipped one as long as nobody wrote another", async ({ world }) => {
  const [found] = await rulesInForce(world.db, null, [ZHEJIANG]);
  assert.equal(found, {
    ...{ rule: provinceRule(ZHEJIANG), validFrom: provinceRuleFile.holdsFrom, version: 0, own: false },
  });
  assert.is((await ruleInForce(world.db, world.people.isps.first, null)).code, "000000");
});

test("is the provider's own before the installation's, and nobody else's", async ({ world }) => {
  const { first, second } = world.people.isps;
  await write(world, null, 1, 5);
  await write(world, first, 1, 7);
  assert.is(await daysAt(world, first), 7);
  assert.is(await daysAt(world, second), 5);
  const [neutral] = await rulesInForce(world.db, null, [ZHEJIANG]);
  assert.is(neutral?.rule.reviewDaysMin, 5);
});

test("is the newest version that already holds", async ({ world }) => {
  const { first } = world.people.isps;
  await write(world, first, 1, 5);
  await write(world, first, 2, 6, "2026-02-01");
  await write(world, first, 3, 9, "2999-01-01");
  const [found] = await rulesInForce(world.db, first, [ZHEJIANG]);
  assert.equal([found?.rule.reviewDaysMin, found?.validFrom, found?.own], [6, "2026-02-01", true]);
});

test("is the one that began last, though another was written after it", async ({ world }) => {
  const { first } = world.people.isps;
  await write(world, first, 1, 6, "2026-03-01");
  await write(world, first, 2, 5, "2026-02-01");
  assert.is(await daysAt(world, first), 6);
});

test("is the national row's in what the province leaves open", async ({ world }) => {
  const { first } = world.people.isps;
  assert.is((await ruleInForce(world.db, first, "110000")).smsHours, 24);
  const national = { ...provinceRule("000000"), smsHours: 48, domainsPerSite: 3 };
  await world.db`insert into province_rules (isp_id, province, version, valid_from, rule)
    values (${null}, '000000', 1, '2026-01-01', ${world.db.json(national)})`;
  const rule = await ruleInForce(world.db, first, "110000");
  assert.equal([rule.smsHours, rule.domainsPerSite, rule.reviewDaysMax], [48, 3, 14]);
});

test("is read though it was written before some columns were known", async ({ world }) => {
  const { notes: _, origins: __, conflicts: ___, smsHours: ____, ...old } = provinceRule(ZHEJIANG);
  await world.db`insert into province_rules (province, version, valid_from, rule)
    values (${ZHEJIANG}, 1, '2026-01-01', ${world.db.json({ ...old, columnOfTomorrow: 1 })})`;
  const [found] = await rulesInForce(world.db, null, [ZHEJIANG]);
  assert.equal([found?.version, found?.rule.notes, found?.rule.smsHours], [1, [], null]);
});

test("comes for many provinces in the order asked", async ({ world }) => {
  await write(world, null, 1, 5);
  const found = await rulesInForce(world.db, null, ["440000", ZHEJIANG, "110000"]);
  assert.equal(
    found.map(({ rule }) => rule.code),
    ["440000", ZHEJIANG, "110000"],
  );
});

test.run();
