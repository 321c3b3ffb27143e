import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addDays } from "../../src/lib/dates.ts";
import { FORMAT, type RuleFile } from "../../src/models/province-rule/check.ts";
import { dayOfToday } from "../../src/models/province-rule/in-force.ts";
import { provinceRule, provinceRuleFile } from "../../src/vocabulary/province-rules.ts";
import type { ProvinceRow } from "../../src/vocabulary/province-schema.ts";
import { testWorld, type World } from "../support/app.ts";
import { drafted } from "../support/console.ts";
import { cli, temporaryDataDir } from "../support/installation.ts";

const test = suite("openbeian rules");
let world: World;
let settings: Record<string, string>;
let today: string;
const { dataDir, remove } = temporaryDataDir();

test.before.each(async () => {
  mkdirSync(dataDir, { recursive: true });
  world = await testWorld();
  today = await dayOfToday(world.db);
  settings = { DATABASE_URL: world.url, SECRET_KEYS: world.config.secretKeys ?? "", DATA_DIR: dataDir };
});
test.after.each(() => world.close());
test.after(remove);

const run = (...args: string[]) => cli(["rules", ...args], settings);

let files = 0;
function file(content: unknown): string {
  const path = join(dataDir, `rules-${++files}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const P = "330000";
const part = (rule: unknown, validFrom = ""): unknown => ({
  ...{ format: FORMAT, part: true, rules: [{ validFrom, note: "", rule }] },
});
const changed = (changes: Partial<ProvinceRow>): ProvinceRow => ({ ...provinceRule(P), ...changes });

const versions = async (): Promise<number> =>
  (await world.db<{ n: number }[]>`select count(*) as n from province_rules`)[0]?.n ?? -1;

test("export what import takes back: the same file changes nothing", async () => {
  const path = join(dataDir, "all.json");
  const written = await run("export", "--out", path);
  assert.is(written.code, 0, written.err);
  const exported = JSON.parse(readFileSync(path, "utf8")) as RuleFile;
  assert.equal(
    exported.rules.map(({ rule }) => rule),
    [provinceRuleFile.national, ...provinceRuleFile.provinces],
  );
  assert.is((await run("check", path)).code, 0);
  const back = await run("import", path, "--yes", "--json");
  assert.equal([back.code, JSON.parse(back.out).versions, await versions()], [0, 0, 0]);
});

test("change the findings and the public page at the next request of a running web process", async () => {
  const filing = await drafted(world, {});
  const owner = await world.signInAs("张三");
  const visitor = world.visitor();
  const findings = async () => (await owner.get(`/filings/${filing.number}/check`)).text;
  const shown = async () => (await visitor.get(`/help/provinces/${P}`)).text;
  assert.not.match(await findings(), /90周岁/);
  assert.not.match(await shown(), /90周岁/);

  const path = file(part(changed({ minAgeOrgLeader: 90 })));
  const dry = await run("import", path, "--dry-run");
  assert.match(dry.out, /minAgeOrgLeader: 没有查到 → 90\n.*would write 1 versions/s);
  assert.not.match(await shown(), /90周岁/);

  const done = await run("import", path, "--yes", "--note", "试验");
  assert.is(done.code, 0, done.err);
  assert.match(await findings(), /90周岁/);
  assert.match(await shown(), /单位的负责人应满90周岁/);
  assert.is((await run("import", path, "--yes")).out.trim(), "nothing to change: every row reads so already");
  assert.match(
    (await run("history", "浙江")).out,
    /version 1, installation.*by operator: 试验\n {2}minAgeOrgLeader/,
  );
});

test("let a rule begin by itself on its day", async () => {
  const path = file(part(changed({ minAgeOrgLeader: 91 })));
  const day = addDays(today, 30);
  assert.is((await run("import", path, "--yes", "--from", day)).code, 0);
  const shown = async () => (await world.visitor().get(`/help/provinces/${P}`)).text;
  assert.match(await shown(), new RegExp(`自<time datetime="${day}">[^]*单位负责人的最小年龄[^]*91`));
  assert.not.match(await shown(), /应满91周岁/);
  const later = JSON.parse((await run("show", P, "--on", day, "--json")).out);
  assert.equal([later.rule.minAgeOrgLeader, later.validFrom], [91, day]);
  // The day comes: a version that was written thirty days ago.
  await world.db`
    insert into province_rules (province, version, valid_from, rule)
    select province, version + 1, ${addDays(today, -1)}::date, rule from province_rules where province = ${P}`;
  assert.match(await shown(), /应满91周岁/);
});

test("write for one provider alone", async () => {
  const path = file(part(changed({ minAgeOrgLeader: 88 })));
  assert.is((await run("import", path, "--isp", "yi", "--yes")).code, 0);
  const at = async (host: string) => (await world.visitor(host).get(`/help/provinces/${P}`)).text;
  assert.match(await at("yi.example"), /应满88周岁/);
  assert.not.match(await at("er.example"), /应满88周岁/);
});

test("tell every fault of a file at once, and change nothing", async () => {
  const broken = {
    format: FORMAT,
    rules: [
      { rule: { ...provinceRule(P), minAge: 3, minAgeIndividual: "old", formVariant: "x" } },
      {
        rule: {
          ...provinceRule("110000"),
          reviewDaysMin: 20,
          sources: ["NOPE-1"],
          origins: { colour: ["T17"] },
        },
      },
      { validFrom: "soon", rule: provinceRule("120000") },
      { rule: { ...provinceRule("310000"), extraMaterials: [{ nam: "x" }] } },
    ],
  };
  const path = file(broken);
  const { code, out } = await run("check", path, "--json");
  assert.is(code, 1);
  const { problems } = JSON.parse(out) as { problems: { province: string; key: string; problem: string }[] };
  const told = problems.map(({ province, key }) => `${province} ${key}`);
  for (const one of [
    ...["浙江 minAge", "浙江 minAgeIndividual", "浙江 formVariant", "北京 reviewDaysMin", "北京 sources"],
    ...["北京 origins.colour", "天津 validFrom", "上海 extraMaterials[0].nam", "上海 extraMaterials[0].name"],
    ...["河北 ", "新疆 "],
  ])
    assert.ok(told.includes(one), `${one} in ${told.join("; ")}`);
  const refused = await run("import", path, "--yes");
  assert.equal([refused.code, await versions()], [1, 0]);
  assert.match(refused.err, /faults, so nothing was changed/);
});

test("refuse what is no file of rules, a day that is over, and to write unasked", async () => {
  const good = file(part(changed({ minAgeOrgLeader: 88 })));
  for (const [args, words] of [
    [["check", join(dataDir, "none.json")], /can't be read \(ENOENT\)/],
    [["check", file("{")], /is no JSON/],
    [["import", good, "--from", "2020-01-01", "--yes"], /is over/],
    [["import", good, "--from", "morgen", "--yes"], /--from is a day such as/],
    [["import", good], /add --yes/],
    [["show", "Hongkong"], /there is no province/],
    [["export", "--isp", "nobody"], /there is no provider/],
  ] as [string[], RegExp][]) {
    const { code, err } = await run(...args);
    assert.is(code, 1, args.join(" "));
    assert.match(err, words);
  }
  assert.match((await run("check", file({ rules: [] }))).out, /see openbeian rules export/);
  assert.is(await versions(), 0);
});

test("export every version, and show the rules in force with their sources", async () => {
  const path = file(part(changed({ minAgeOrgLeader: 88 })));
  await run("import", path, "--yes");
  const all = JSON.parse((await run("export", "--province", "浙江", "--all")).out) as RuleFile;
  assert.equal(
    all.rules.map(({ validFrom, rule }) => [validFrom, rule.minAgeOrgLeader]),
    [
      [provinceRuleFile.holdsFrom, null],
      [today, 88],
    ],
  );
  const again = await run("import", file(all), "--yes", "--json");
  assert.is(JSON.parse(again.out).versions, 0);
  const shown = await run("show", "江苏");
  assert.match(shown.out, /没有固定电话的　不行，必须有（腾讯云备案常见问题：主体信息，约2021年）/);
  assert.match(shown.out, /说法不同　单位要有固定电话（TSUBJ），以前说/);
});

test.run();
