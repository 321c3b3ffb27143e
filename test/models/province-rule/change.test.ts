import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addDays } from "../../../src/lib/dates.ts";
import type { Staff } from "../../../src/models/actor.ts";
import { Conflict } from "../../../src/models/errors.ts";
import { addVersions } from "../../../src/models/province-rule/change.ts";
import { ruleHistory, rulesToCome } from "../../../src/models/province-rule/history.ts";
import { dayOfToday, ruleInForce, rulesInForce } from "../../../src/models/province-rule/in-force.ts";
import { provinceRule } from "../../../src/vocabulary/province-rules.ts";
import { testWorld, type World } from "../../support/app.ts";

const test = suite<{ world: World; today: string; boss: Staff }>("a new version of a province's rule");
test.before.each(async (context) => {
  context.world = await testWorld();
  const { world } = context;
  context.today = await dayOfToday(world.db);
  const [staff] = await world.db<{ id: number; name: string }[]>`
    select id, name from staff where isp_id = ${world.people.isps.first} order by id limit 1`;
  if (!staff) throw new Error("the world has no staff");
  context.boss = {
    ...{ kind: "staff", staffId: staff.id, name: staff.name },
    ...{ ispId: world.people.isps.first, roles: ["administrator"] },
  };
});
test.after.each((context) => context.world.close());

const P = "330000";
const row = (days: number) => ({ ...provinceRule(P), reviewDaysMax: days });
const inForce = async (world: World, ispId: number | null = world.people.isps.first) =>
  (await rulesInForce(world.db, ispId, [P]))[0];

test("holds at once, with who wrote it and why, and the older one stays", async ({ world, today, boss }) => {
  const one = { province: P, validFrom: today, note: "管局通知" };
  assert.equal(await addVersions(world.db, boss, [{ ...one, rule: row(11) }]), [1]);
  assert.equal(await addVersions(world.db, boss, [{ ...one, rule: row(12), note: "更正" }]), [2]);
  assert.is((await inForce(world))?.rule.reviewDaysMax, 12);
  const steps = await ruleHistory(world.db, boss.ispId, P);
  assert.equal(
    steps.map(({ version, note, writer, changes }) => [version, note, writer, changes]),
    [
      [2, "更正", boss.name, [{ key: "reviewDaysMax", before: 11, after: 12 }]],
      [1, "管局通知", boss.name, [{ key: "reviewDaysMax", before: 30, after: 11 }]],
    ],
  );
  assert.is((await inForce(world, world.people.isps.second))?.rule.reviewDaysMax, 30);
});

test("of a day to come is announced and holds from that day on", async ({ world, today, boss }) => {
  const [tomorrow, later] = [addDays(today, 1), addDays(today, 2)];
  await addVersions(world.db, boss, [
    { province: P, validFrom: later, note: "", rule: row(13) },
    { province: P, validFrom: today, note: "", rule: row(12) },
  ]);
  assert.is((await inForce(world))?.rule.reviewDaysMax, 12);
  const coming = await rulesToCome(world.db, boss.ispId, P, today);
  assert.equal(
    coming.map(({ validFrom, changes }) => [validFrom, changes.map(({ key, after }) => [key, after])]),
    [[later, [["reviewDaysMax", 13]]]],
  );
  const on = async (day: string) =>
    (await rulesInForce(world.db, boss.ispId, [P], day))[0]?.rule.reviewDaysMax;
  assert.equal([await on(tomorrow), await on(later)], [12, 13]);
});

test("is refused where somebody wrote another meanwhile, and for a day that is over", async ({
  world,
  today,
  boss,
}) => {
  const one = { province: P, validFrom: today, note: "", rule: row(12) };
  await addVersions(world.db, boss, [{ ...one, seen: 0 }]);
  const told = async (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  assert.instance(await told(addVersions(world.db, boss, [{ ...one, seen: 0 }])), Conflict);
  const past = [
    { ...one, province: "110000" },
    { ...one, validFrom: addDays(today, -1) },
  ];
  assert.instance(await told(addVersions(world.db, boss, past)), RangeError);
  assert.is((await rulesInForce(world.db, boss.ispId, ["110000"]))[0]?.version, 0, "all of them or none");
});

test("without a rule gives the province back", async ({ world, today, boss }) => {
  const operator = { kind: "operator" as const, ispId: null };
  await addVersions(world.db, operator, [{ province: P, validFrom: today, note: "", rule: row(25) }]);
  await addVersions(world.db, boss, [{ province: P, validFrom: today, note: "", rule: row(12) }]);
  await addVersions(world.db, boss, [{ province: P, validFrom: today, note: "", rule: null }]);
  const back = await inForce(world);
  assert.equal([back?.rule.reviewDaysMax, back?.own, back?.validFrom], [25, false, today]);
  await addVersions(world.db, operator, [{ province: P, validFrom: today, note: "", rule: null }]);
  assert.is((await ruleInForce(world.db, boss.ispId, P)).reviewDaysMax, 30);
});

test("can't be written anew or deleted", async ({ world, today, boss }) => {
  await addVersions(world.db, boss, [{ province: P, validFrom: today, note: "", rule: row(12) }]);
  for (const change of [world.db`update province_rules set note = 'x'`, world.db`delete from province_rules`])
    assert.match(
      await change.then(
        () => "",
        (error: Error) => error.message,
      ),
      /append-only/,
    );
});

test("leaves a line in the audit log", async ({ world, today, boss }) => {
  await addVersions(world.db, boss, [{ province: P, validFrom: today, note: "", rule: row(12) }]);
  await addVersions(world.db, { kind: "operator", ispId: null }, [
    { province: P, validFrom: today, note: "", rule: row(25) },
  ]);
  const rows = await world.db<{ actorKind: string; action: string; detail: unknown }[]>`
    select actor_kind, action, detail from audit_log where action like 'change-province%' order by id`;
  const detail = { province: P, version: 1, validFrom: today, reset: false };
  assert.equal(
    rows.map((one) => ({ ...one })),
    [
      { actorKind: "staff", action: "change-province-rule", detail },
      { actorKind: "operator", action: "change-province-rules", detail },
    ],
  );
});

test.run();
