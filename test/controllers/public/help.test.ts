import { suite } from "uvu";
import * as assert from "uvu/assert";
import { slots } from "../../../src/rules/slots.ts";
import { provinceShortName, provinces } from "../../../src/vocabulary/divisions.ts";
import { provinceRule } from "../../../src/vocabulary/province-rules.ts";
import { questionGroups } from "../../../src/vocabulary/questions.ts";
import { hosts, testWorld, type World } from "../../support/app.ts";

const test = suite<{ world: World }>("the pages of help");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

const pages = [
  "/help",
  "/help/guide",
  "/help/preparation",
  "/help/materials",
  "/help/provinces",
  "/help/provinces/330000",
];

test("are open to everybody, and kept by caches only while nobody's name stands on them", async ({
  world,
}) => {
  const [visitor, zhang] = [world.visitor(), await world.signInAs("张三")];
  for (const path of pages) {
    const open = await visitor.get(path);
    assert.is(open.status, 200, path);
    const seconds = path.startsWith("/help/provinces") ? 0 : 600;
    assert.is(open.headers.get("cache-control"), `public, max-age=${seconds}`, path);
    assert.match(open.headers.get("vary") ?? "", /Cookie/);
    assert.equal(open.headers.getSetCookie(), [], path);
    const own = await zhang.get(path);
    assert.match(own.text, /张三/);
    assert.is(own.headers.get("cache-control"), "no-store", path);
  }
});

test("answer every question under an anchor of its own", async ({ world }) => {
  const { text } = await world.visitor().get("/help");
  const questions = questionGroups.flatMap((group) => group.questions);
  assert.ok(questions.length >= 12);
  assert.is(new Set(questions.map(({ id }) => id)).size, questions.length);
  for (const { id, ask } of questions) assert.ok(text.includes(`<details id="${id}"><summary>${ask}`), id);
});

test("list for a 性质 and a province what the upload page will ask for", async ({ world }) => {
  const visitor = world.visitor();
  const company = (await visitor.get("/help/preparation?nature=4&province=310000")).text;
  assert.match(company, /企业，上海：首次备案要准备的材料/);
  assert.match(company, /□ <a href="\/help\/materials#certificate">主办单位证件/);
  assert.match(company, /可以用营业执照/);
  assert.match(company, /上海非经营性互联网信息服务备案ICP负责人授权书/);
  const person = (await visitor.get("/help/preparation?nature=5&province=440000")).text;
  assert.not.match(person, /主办单位证件</);
  assert.match(person, /居住证或暂住证/);
  const strange = await visitor.get("/help/preparation?nature=<b>&province=810000");
  assert.is(strange.status, 200);
  assert.match(strange.text, /<h2>企业：/);
});

test("list for other work what that needs, and say how long each stage takes", async ({ world }) => {
  const visitor = world.visitor();
  const change = (await visitor.get("/help/preparation?nature=4&province=330000&work=change-subject")).text;
  assert.match(change, /企业，浙江：变更主体要准备的材料/);
  assert.match(change, /变更证明/);
  assert.match(change, /<dt>管局审核<\/dt><dd>[^<]*2周/);
  const cancel = (await visitor.get("/help/preparation?nature=5&province=330000&work=cancel-website")).text;
  assert.match(cancel, /一般不用上传材料/);
  assert.match(cancel, /1–5个工作日/);
  assert.not.match(cancel, /<h3>□ 服务器/);
});

test("show of every material an example that is really there, and why it is returned", async ({ world }) => {
  const visitor = world.visitor();
  const { text } = await visitor.get("/help/materials");
  for (const { key, label } of slots)
    assert.ok(text.includes(`<li id="${key}">`) && text.includes(label), key);
  const pictures = [
    ...new Set([...text.matchAll(/src="(\/static\/samples\.[^"]+\.svg#\w+)"/g)].map(([, src]) => src)),
  ];
  assert.is(pictures.length, new Set(slots.map(({ sample }) => sample)).size);
  const [path = "", ...others] = new Set(pictures.map((src) => src?.split("#")[0]));
  assert.equal(others, []);
  const drawing = await visitor.get(path);
  assert.is(drawing.headers.get("content-type"), "image/svg+xml");
  assert.not.match(drawing.text, /<script|href="[^#]/);
  for (const src of pictures) assert.ok(drawing.text.includes(`<view id="${src?.split("#")[1]}" `), src);
});

test("name all 31 provinces, and each has its page", async ({ world }) => {
  const visitor = world.visitor();
  const { text } = await visitor.get("/help/provinces");
  for (const { code } of provinces)
    assert.ok(text.includes(`provinces/${code}"><b>${provinceShortName(code)}</b>`), code);
  for (const { code } of provinces)
    assert.is((await visitor.get(`/help/provinces/${code}`)).status, 200, code);
  for (const code of ["810000", "000000", "330100", "x"])
    assert.is((await visitor.get(`/help/provinces/${code}`)).status, 404, code);
});

test("say where a rule comes from and that it may change", async ({ world }) => {
  const { text } = await world.visitor().get("/help/provinces/310000");
  assert.match(text, /网站建设方案书。<small class="dim">（华为云备案管局咨询，2025年12月）/);
  assert.match(text, /腾讯云《各省管局要求》，2017年6月/);
  assert.match(text, /管局的要求会变/);
});

test("show a provider's own rule on its host and nowhere else", async ({ world }) => {
  const rule = { ...provinceRule("330000"), minAgeIndividual: 19, sources: ["2026年3月电话询问管局"] };
  await world.db`
    insert into province_rules (isp_id, province, version, valid_from, rule)
    values (${world.people.isps.first}, '330000', 1, '2026-03-01', ${world.db.json(rule)})`;
  const at = async (host: string) => (await world.visitor(host).get("/help/provinces/330000")).text;
  assert.match(await at(hosts.first), /个人备案应满19周岁/);
  assert.match(await at(hosts.first), /由一号云整理，自<time datetime="2026-03-01">/);
  assert.match(await at(hosts.first), /2026年3月电话询问管局/);
  for (const host of [hosts.second, hosts.neutral]) assert.match(await at(host), /个人备案应满18周岁/);
});

test.run();
