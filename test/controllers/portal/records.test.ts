import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readXlsx } from "../../../src/lib/spreadsheet/xlsx.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import * as sample from "../../rules/sample.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { looks } from "../../support/console.ts";
import { complete, registrantNamed } from "../../support/filings.ts";
import { password } from "../../support/people.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite<{ world: World; record: number; zhang: Browser }>("what an account has on record");
test.before(async (context) => {
  const world = await testWorld();
  const bureau = await addBureau(world.store, world.people.isps.first);
  const zhang = registrantNamed(world.people, "张三");
  const filing = await complete(world.store, zhang);
  context.world = world;
  context.record = await numberFiling(world.store, filing, bureau, "浙ICP备00000001号");
  const first17 = "91330108MA3000077";
  const person = await complete(world.store, zhang, {
    domain: "blog.cn",
    certNo: first17 + creditCodeCheck(first17),
    subject: { name: "=cmd|' /C calc'!A0（杭州）有限公司" },
    website: { siteName: "<b>另一个网站</b>" },
    access: { ips: ["203.0.113.40-203.0.113.60"] },
  });
  await numberFiling(world.store, person, bureau, "浙ICP备00000002号");
  await world.db`
    insert into access_ips (id, isp_id, access_id, first_ip, last_ip)
    select id, isp_id, section_id, first_ip, last_ip from filing_ips`;
  context.zhang = await world.signInAs("张三");
});
test.after((context) => context.world.close());

test("lists subjects with their websites, numbers and domains", async ({ zhang, record }) => {
  const { status, text } = await zhang.get("/records");
  assert.is(status, 200);
  assert.match(text, new RegExp(`href="/records/${record}">示例茶业（杭州）有限公司`));
  for (const words of ["浙ICP备00000001号-1", "浙ICP备00000002号-1", "example.cn", "blog.cn"])
    assert.ok(text.includes(words), words);
  assert.ok(text.includes("&#60;b&#62;另一个网站") || text.includes("&lt;b&gt;另一个网站"));
});

test("shows one record with its contents, numbers of persons masked", async ({ zhang, record }) => {
  const { status, text } = await zhang.get(`/records/${record}`);
  assert.is(status, 200);
  assert.match(text, /主体备案号<b class="n">浙ICP备00000001号<\/b>/);
  assert.match(text, /138\*\*\*\*5678/);
  assert.match(text, /203\.0\.113\.18/);
  assert.match(text, /接入编号/);
  for (const key of ["idNo", "mobile", "emergency", "email"])
    assert.not(text.includes(String(sample.company[key])), key);
});

test("tells what to put at the foot of the website, by the rule of the province", async ({
  world,
  zhang,
  record,
}) => {
  assert.match((await zhang.get(`/records/${record}`)).text, /&gt;浙ICP备00000001号-1&lt;\/a&gt;/);
  await world.db`update subjects set province = '440000' where id = ${record}`;
  assert.match((await zhang.get(`/records/${record}`)).text, /&gt;浙ICP备00000001号&lt;\/a&gt;/);
  await world.db`update subjects set province = '330000' where id = ${record}`;
});

test("is not there for other accounts and providers, nor under a strange address", async ({
  world,
  zhang,
  record,
}) => {
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    for (const noun of ["", "/history", "/change", "/cancellation"])
      assert.is((await stranger.get(`/records/${record}${noun}`)).status, 404, name + noun);
    assert.match((await stranger.get("/records")).text, /还没有备案号/);
    const { text } = await stranger.post("/records/export", { format: "csv" });
    assert.is(text.trim().split("\r\n").length, 1, "the headings alone");
  }
  for (const id of ["0", "x", "1e3", "9".repeat(30)])
    assert.is((await zhang.get(`/records/${id}`)).status, 404, id);
  assert.match((await world.visitor().get("/records")).location ?? "", /^\/login/);
});

/** Field, what is typed, and whether the address must not say it. */
const searches: [string, string, boolean][] = [
  ["number", "浙ICP备00000001号", false],
  ["number", "浙icp备00000001号-1", false],
  ["name", "示例茶业", true],
  ["name", "示例茶业（杭州）", false],
  ["siteName", String(sample.website.siteName), false],
  ["domain", "https://www.example.cn/index.html", false],
  ["homePage", "http://www.example.cn/", false],
  ["ip", "203.0.113.18", false],
  ["certNo", String(sample.company.certNo), true],
  ["certNo", String(sample.company.idNo), true],
  ["person", String(sample.company.person), true],
  ["phone", String(sample.company.mobile), true],
];

test("is found by every field, and what is personal never stands in the address", async ({ zhang }) => {
  for (const [field, typed, personal] of searches) {
    const sent = await zhang.post("/records", { [field]: typed });
    assert.is(sent.status, 303, field);
    assert.is(
      /^\/records\?search=[0-9a-f-]{36}$/.test(sent.location ?? ""),
      personal,
      `${field} ${sent.location}`,
    );
    const { text } = await zhang.follow(sent);
    assert.ok(text.includes("浙ICP备00000001号"), `${field} ${typed}`);
  }
});

test("is not found by what does not stand in it, and all that is asked for must hold", async ({ zhang }) => {
  const found = async (fields: Record<string, string>) => {
    const { text } = await zhang.follow(await zhang.post("/records", fields));
    return ["浙ICP备00000001号", "浙ICP备00000002号"].map((number) => text.includes(`${number}</span>`));
  };
  assert.equal(await found({ domain: "example.cn", siteName: "另一个网站" }), [false, false]);
  assert.equal(await found({ ip: "203.0.113.50" }), [false, true]);
  assert.equal(await found({ ip: "203.0.113.61" }), [false, false]);
  assert.equal(await found({ person: "赵子龙" }), [false, false]);
  assert.equal(await found({ state: "cancelled" }), [false, false]);
  assert.equal(await found({ state: "valid" }), [true, true]);
  assert.equal(await found({ name: "%" }), [false, false]);
});

test("says what is wrong with a number, a domain, an address, and refuses persons in the address", async ({
  zhang,
}) => {
  const wrong = await zhang.post("/records", { number: "浙ICP备1", domain: "cn", ip: "300.1.1.1" });
  assert.is(wrong.status, 422);
  assert.match(wrong.text, /有3处要改/);
  const { text } = await zhang.get(`/records?person=${encodeURIComponent("张三丰")}`);
  assert.match(text, /不能写在地址里/);
});

test("keeps a search for a person to whoever searched", async ({ world, zhang }) => {
  const { location } = await zhang.post("/records", { person: "张三" });
  assert.is((await (await world.signInAs("王五")).get(location ?? "")).status, 404);
});

test("goes on below the last of a page", async ({ zhang, record }) => {
  const { text } = await zhang.get(`/records?before=${record + 1}`);
  assert.ok(text.includes("浙ICP备00000001号") && !text.includes("浙ICP备00000002号"));
});

test("is shown as cancelled with the day, website by website", async ({ world, zhang, record }) => {
  await world.db`update websites set cancelled_at = '2026-11-20 10:00+08' where subject_id = ${record}`;
  for (const path of ["/records", `/records/${record}`]) {
    const { text } = await zhang.get(path);
    assert.match(text, /已注销/, path);
    assert.match(text, /11月20日.{0,20}注销/, path);
  }
  await world.db`update websites set cancelled_at = null where subject_id = ${record}`;
});

const rowsOf = (text: string): string[] => text.replace("\ufeff", "").trim().split("\r\n");

test("is exported as csv that no spreadsheet takes for a formula, numbers masked", async ({
  world,
  zhang,
}) => {
  const answer = await zhang.post("/records/export", { format: "csv" });
  assert.is(answer.status, 200);
  assert.match(answer.headers.get("content-disposition") ?? "", /attachment; filename="export\.csv"/);
  assert.ok(answer.text.startsWith("\ufeff"), "a byte order mark");
  const rows = rowsOf(answer.text);
  assert.is(rows.length, 3);
  assert.ok(rows.some((row) => row.includes("'=cmd|' /C calc'!A0（杭州）有限公司")));
  assert.not.match(answer.text, /(^|,|")[=+@]/m);
  for (const key of ["idNo", "mobile", "email"])
    assert.not(answer.text.includes(String(sample.company[key])), key);
  assert.ok(answer.text.includes("138****5678"));
  const [look] = (await looks(world, "export-records")).slice(-1);
  assert.equal(look?.detail, { what: "records", format: "csv", full: false, by: [] });
});

test("is exported in full for the password alone", async ({ world, zhang }) => {
  const wrong: Record<string, string>[] = [{ full: "1" }, { full: "1", password: "falsch-falsch" }];
  for (const fields of wrong) {
    const refused = await zhang.post("/records/export", { format: "csv", ...fields });
    assert.is(refused.status, 422);
    assert.match(refused.text, /登录密码/);
  }
  const { text } = await zhang.post("/records/export?number=浙ICP备00000001号", {
    format: "csv",
    full: "1",
    password,
  });
  assert.is(rowsOf(text).length, 2, "what the list shows");
  assert.ok(text.includes(String(sample.company.idNo)));
  const [look] = (await looks(world, "export-records")).slice(-1);
  assert.equal(look?.detail, { what: "records", format: "csv", full: true, by: ["number"] });
});

test("is exported as a workbook that can be opened, its cells texts", async ({ zhang }) => {
  const { bytes, headers } = await zhang.post("/records/export", { format: "xlsx" });
  assert.match(headers.get("content-type") ?? "", /spreadsheetml/);
  const path = join(mkdtempSync(join(tmpdir(), "export-")), "a.xlsx");
  writeFileSync(path, bytes);
  const rows: string[][] = [];
  for await (const row of readXlsx(path, () => {})) rows.push(row);
  assert.is(rows.length, 3);
  assert.is(rows[0]?.[0], "主体备案号");
  assert.is(new Set(rows[0]).size, rows[0]?.length, "no heading twice");
  assert.ok(rows.flat().includes("=cmd|' /C calc'!A0（杭州）有限公司"), "as text, not as a formula");
});

test.run();
