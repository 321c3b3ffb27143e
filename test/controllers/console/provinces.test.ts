import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readRuleForm, shownRule } from "../../../src/forms/province-rule.ts";
import { addDays } from "../../../src/lib/dates.ts";
import { dayOfToday, rulesInForce } from "../../../src/models/province-rule/in-force.ts";
import { differences } from "../../../src/vocabulary/province-diff.ts";
import { provinceRule, provinceRuleFile } from "../../../src/vocabulary/province-rules.ts";
import { hosts, testWorld, type World } from "../../support/app.ts";

const test = suite<{ world: World }>("各省规则 in the console");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

const P = "320000";
const path = `/console/provinces/${P}`;
const about = { source: "2026年12月江苏管局通知", validFrom: "", note: "来电告知", seen: "0" };

const inForce = async ({ db, people }: World) => (await rulesInForce(db, people.isps.first, [P]))[0];

/** What the form of a row would send. */
const typed = (code: string, changes: Record<string, string> = {}) => ({
  ...shownRule(provinceRule(code)),
  ...about,
  ...changes,
});

test("reads back the row it shows, of every province", () => {
  for (const rule of [provinceRuleFile.national, ...provinceRuleFile.provinces]) {
    const { problems } = readRuleForm(typed(rule.code), rule, "2026-11-22");
    assert.equal(problems, [{ field: "validFrom", text: "没有改动，不用保存" }], rule.name);
    const changed = readRuleForm(typed(rule.code, { maxNewDomainsPerOrderOrg: "7" }), rule, "2026-11-22");
    const keys = changed.rule && differences(rule, changed.rule).map(({ key }) => key);
    assert.equal(keys, ["maxNewDomainsPerOrderOrg", "origins", "sources"], rule.name);
    assert.equal(changed.rule?.origins.maxNewDomainsPerOrderOrg, [about.source]);
  }
});

test("are shown to 主管 and 管理员 with their sources", async ({ world }) => {
  const boss = await world.signInAs("吴九");
  assert.match((await boss.get("/console/provinces")).text, /provinces\/320000">江苏<\/a>/);
  const { text } = await boss.get(path);
  assert.match(
    text,
    /没有固定电话的<\/dt><dd>不行，必须有<small class="dim">（腾讯云备案常见问题：主体信息，约2021年）/,
  );
  assert.match(text, /还没有改过/);
  assert.is((await boss.get("/console/provinces/810000")).status, 404);
});

test("take a new version that the public page shows at once", async ({ world }) => {
  const boss = await world.signInAs("吴九");
  await boss.get(`${path}/change`);
  const sent = typed(P, {
    minAgeOrgLeader: "22",
    "notes.9.text": "电话要保持畅通。",
    "notes.9.source": "管局来电",
  });
  const { status, location, text } = await boss.post(`${path}/change`, sent);
  assert.equal([status, location], [303, `${path}?saved=1`], text);
  const found = await inForce(world);
  assert.equal([found?.own, found?.version, found?.rule.minAgeOrgLeader], [true, 1, 22]);
  assert.equal(found?.rule.notes.at(-1), { text: "电话要保持畅通。", source: "管局来电" });
  const shown = (await world.visitor().get(`/help/provinces/${P}`)).text;
  assert.match(shown, /单位的负责人应满22周岁。<small class="dim">（2026年12月江苏管局通知）/);
  assert.not.match((await world.visitor(hosts.second).get(`/help/provinces/${P}`)).text, /22周岁/);
  const history = (await boss.get(path)).text;
  assert.match(
    history,
    /本公司第1版.*来电告知.*单位负责人的最小年龄：<span class="dim">没有查到<\/span> → 22/s,
  );
});

test("tell the second of two who change one province at once", async ({ world }) => {
  const boss = await world.signInAs("吴九");
  await boss.get(`${path}/change`);
  const { status, text } = await boss.post(`${path}/change`, typed(P, { minAgeOrgLeader: "30" }));
  assert.is(status, 409);
  assert.match(text, /有人改过这里/);
  assert.match(text, /name="minAgeOrgLeader" value="30"/);
  assert.is((await inForce(world))?.rule.minAgeOrgLeader, 22);
});

test("say beside each field what is wrong", async ({ world }) => {
  const boss = await world.signInAs("吴九");
  await boss.get(`${path}/change`);
  const today = await dayOfToday(world.db);
  const { status, text } = await boss.post(`${path}/change`, {
    ...typed(P, { minAgeOrgLeader: "abc", smsHours: "9999", "conflicts.0.newer.source": "" }),
    ...{ source: "", validFrom: addDays(today, -1), seen: "1" },
  });
  assert.is(status, 422);
  for (const field of ["minAgeOrgLeader", "smsHours", "conflicts.0.newer.source", "source", "validFrom"])
    assert.ok(text.includes(`href="#${field}"`), field);
  const odd = { reviewDaysMin: "50", reviewDaysMax: "10", "extraMaterials.0.least": "3" };
  const other = (await boss.post(`${path}/change`, { ...typed(P, odd), seen: "1" })).text;
  assert.match(other, /href="#extraMaterials.0.least"/);
  const order = { reviewDaysMin: "50", reviewDaysMax: "10", "conflicts.0.older.source": "NOPE-7" };
  const last = (await boss.post(`${path}/change`, { ...typed(P, order), seen: "1" })).text;
  assert.match(last, /最短几个工作日：不能大于“最长几个工作日”/);
  assert.match(last, /href="#conflicts.0.older.source">[^<]*没有代号是NOPE-7的来源/);
});

test("announce a version of a day to come", async ({ world }) => {
  const boss = await world.signInAs("吴九");
  await boss.get(`${path}/change`);
  const day = addDays(await dayOfToday(world.db), 10);
  const { status } = await boss.post(`${path}/change`, {
    ...typed(P, { minAgeOrgLeader: "25" }),
    ...{ validFrom: day, seen: "1" },
  });
  assert.is(status, 303);
  assert.is((await inForce(world))?.rule.minAgeOrgLeader, 22);
  const shown = (await world.visitor().get(`/help/provinces/${P}`)).text;
  assert.match(shown, new RegExp(`自<time datetime="${day}">[^]*起有变化[^]*单位负责人的最小年龄：25`));
});

test("go back to the default", async ({ world }) => {
  const boss = await world.signInAs("吴九");
  await boss.get(path);
  assert.is((await boss.post(`${path}/reset`, { note: "用默认的" })).status, 303);
  const found = await inForce(world);
  assert.equal([found?.own, found?.rule.minAgeOrgLeader], [false, null]);
  assert.match((await boss.get(path)).text, /恢复默认。/);
  const rows = await world.db<{ detail: { reset: boolean } }[]>`
    select detail from audit_log where action = 'change-province-rule' order by id`;
  assert.equal(
    rows.map(({ detail }) => detail.reset),
    [false, false, true],
  );
});

test.run();
