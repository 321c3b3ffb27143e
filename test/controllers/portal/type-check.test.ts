import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { BeianStatus } from "../../../src/gateways/bureau/lookups.ts";
import { keptPassword } from "../../../src/models/filing/icp-password.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { recheckType } from "../../../src/models/type-check/recheck.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import { type Answer, type Browser, testWorld, type World } from "../../support/app.ts";
import { act, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { type Fields, formOf } from "../../support/form.ts";
import { silent } from "../../support/lookups.ts";
import { cloudServer, stock } from "../../support/products.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

type Shared = { world: World; zhang: Browser; bureauId: number };
const test = suite<Shared>("the check before a filing is opened");

test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.registrants.张三.ispId);
  shared.zhang = await shared.world.signInAs("张三");
});
test.before.each(async ({ world }) => {
  world.lookups.status = () => ({ filed: false });
  world.lookups.password = () => "right";
  await world.db`delete from rate_limits`;
});
test.after(({ world }) => world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");
let serial = 0;
const answers = (changes: Fields = {}): Fields => {
  const first17 = `91330108MA6${String(++serial).padStart(6, "0")}`;
  const certNo = first17 + creditCodeCheck(first17);
  return { nature: "4", certType: "1", certNo, domain: `yanzheng${serial}.cn`, ...changes };
};

const subject: BeianStatus = { filed: true, subjectNumber: "京ICP备2020000001号" };
const site: BeianStatus = {
  filed: true,
  subjectNumber: "京ICP备2020000001号",
  websiteNumber: "京ICP备2020000001号-2",
  websiteName: "示例茶叶网",
};
/** What the bureau says of the certificate, and of the domain. */
const says = (certificate: BeianStatus, domain: BeianStatus) => (question: { type: number }) =>
  question.type === 0 ? domain : certificate;
const none: BeianStatus = { filed: false };

async function check(browser: Browser, changes: Fields = {}, kind = ""): Promise<Answer> {
  const path = kind ? `/filings/new?kind=${kind}` : "/filings/new";
  const form = formOf((await browser.get(path)).text, "/filings/new");
  return browser.post("/filings/new", { ...form, ...answers(changes) });
}

const filingAt = async (world: World, { location }: Answer): Promise<Filing> =>
  findFiling(world.db, location?.split("/")[2] ?? "", owner(world));

test("opens a first filing at once when nothing is filed, and keeps what was found", async ({
  world,
  zhang,
}) => {
  const asked = world.lookups.asked.length;
  const filing = await filingAt(world, await check(zhang));
  assert.is(filing.kind, "first");
  assert.is(world.lookups.asked.length, asked + 2);
  const [row] = await world.db`
    select path, bureau, evidence::text as evidence from type_checks where filing_id = ${filing.id}`;
  assert.equal([row?.path, row?.bureau], ["first", "answered"]);
  assert.not.match(String(row?.evidence), "91330108");
});

test("completes a subject that is filed elsewhere by its number and password", async ({ world, zhang }) => {
  world.lookups.status = says(subject, none);
  const sent = await check(zhang);
  const { text } = await zhang.follow(sent);
  assert.match(text, "新增网站");
  assert.match(text, "主办单位：在别的接入商已有备案");
  const path = sent.location ?? "";
  const empty = await zhang.post(path, {});
  assert.is(empty.status, 422);
  assert.match(empty.text, '<a href="#number">请填写主体备案号</a>');
  const foreign = await zhang.post(path, { number: "京ICP备2020000009号", password: "Example1" });
  assert.match(foreign.text, "和管局登记的不一致");
  assert.not.match(foreign.text, "Example1");
  const made = await zhang.post(path, { number: "京ICP备2020000001号-1", password: "Example1" });
  assert.is(made.status, 303);
  const filing = await filingAt(world, made);
  const { subject: section } = arrange(await sectionsOf(world.store, filing));
  assert.equal([filing.kind, section.values.number], ["add", "京ICP备2020000001号"]);
  assert.is(await keptPassword(world.store, filing), "b326b65027680eff6d7509023e983790");
  const again = await zhang.get(path);
  assert.is(again.location, `/filings/${filing.number}`);
});

test("joins a website that is filed elsewhere, once however often it is sent", async ({ world, zhang }) => {
  world.lookups.status = says(subject, site);
  const sent = await check(zhang, {}, "join");
  const path = sent.location ?? "";
  const { text } = await zhang.get(path);
  assert.match(text, /name="siteName"[^>]* value="示例茶叶网"/);
  const values = {
    ...{ number: "京ICP备2020000001号-2", password: "Example1" },
    ...{ name: "示例茶业有限公司", siteName: "示例茶叶网" },
  };
  const main = await zhang.post(path, { ...values, number: "京ICP备2020000001号" });
  assert.match(main.text, "这是主体备案号");
  const made = await Promise.all([zhang.post(path, values), zhang.post(path, values)]);
  assert.equal(new Set(made.map(({ location }) => location)).size, 1);
  const filing = await filingAt(world, made[0] as Answer);
  assert.is(filing.kind, "join");
  const page = await zhang.get(`/filings/${filing.number}/subject`);
  assert.match(page.text, "新增接入只增加一条接入");
  assert.not.match(page.text, "<textarea");
  assert.is((await zhang.post(`/filings/${filing.number}/subject`, { name: "别的" })).status, 303);
});

test("says a wrong password beside its field, and stops after too many", async ({ world, zhang }) => {
  world.lookups.status = says(subject, none);
  world.lookups.password = () => "wrong";
  const { location } = await check(zhang);
  const values = { number: "京ICP备2020000001号", password: "Falsch12" };
  const wrong = await zhang.post(location ?? "", values);
  assert.is(wrong.status, 422);
  assert.match(wrong.text, '<a href="#password">备案密码不对');
  for (let tries = 0; tries < 8; tries++) await zhang.post(location ?? "", values);
  world.lookups.password = () => "right";
  assert.match((await zhang.post(location ?? "", values)).text, "备案密码错得太多");
  await world.db`delete from rate_limits`;
  world.lookups.password = () => "too_many_tries";
  assert.match((await zhang.post(location ?? "", values)).text, "备案密码错得太多");
});

test("lets the registrant choose while the bureau is silent, and asks again later", async ({
  world,
  zhang,
}) => {
  world.lookups.status = silent;
  world.lookups.password = silent;
  const sent = await check(zhang);
  const path = sent.location ?? "";
  const { text } = await zhang.get(path);
  assert.match(text, "管局的查询系统现在没有回应");
  assert.is((await zhang.post(path, { act: "choose" })).status, 422);
  assert.is((await zhang.post(path, { act: "choose", path: "add_elsewhere" })).location, path);
  const made = await zhang.post(path, { number: "京ICP备2020000001号", password: "Example1" });
  const filing = await filingAt(world, made);
  const [row] = await world.db<{ id: string; password: string }[]>`
    select id, password from type_checks where filing_id = ${filing.id}`;
  assert.is(row?.password, "unchecked");
  const [job] = await world.db`
    select 1 from graphile_worker.jobs where key = ${`recheck-type:${row?.id}`}`;
  assert.ok(job);
  try {
    await recheckType(world.store, world.lookups, row?.id ?? "");
    assert.unreachable("a silent bureau was taken for an answer");
  } catch (error) {
    assert.is((error as Error).name, "GatewayFailed");
  }
  world.lookups.status = () => none;
  assert.is(await recheckType(world.store, world.lookups, row?.id ?? ""), "contradicts");
  const events = await world.db<{ action: string }[]>`
    select action from filing_events where filing_id = ${filing.id} order by seq`;
  assert.is(events.at(-1)?.action, "doubt-type");
  const after = await findFiling(world.db, filing.number, owner(world));
  assert.equal([after.kind, after.state], [filing.kind, filing.state]);
});

test("is settled by our own records where the subject and the domain are here", async (shared) => {
  const { world, zhang, bureauId } = shared;
  const parts = freshParts();
  const filed = await complete(world.store, owner(world), parts);
  const record = await numberFiling(world.store, filed, bureauId, "浙ICP备2026000777号");
  world.lookups.status = silent;
  const both = await zhang.follow(await check(zhang, parts));
  assert.match(both.text, "已经备案");
  assert.match(both.text, `/records/${record}`);
  world.lookups.status = () => none;
  const { location } = await check(zhang, { certNo: parts.certNo });
  const page = await zhang.get(location ?? "");
  assert.match(page.text, "浙ICP备2026000777号");
  const filing = await filingAt(world, await zhang.post(location ?? "", {}));
  assert.equal([filing.kind, filing.subjectId], ["add", record]);
  await act(world.store, filing, "cancel", owner(world));

  const wang = await world.signInAs("王五");
  const other = await wang.follow(await check(wang, { certNo: parts.certNo }));
  assert.match(other.text, "请用那个账号登录后办理");
  assert.is((await wang.post(await newest(world), {})).status, 422);
  const foreign = await wang.follow(await check(wang, { domain: parts.domain }));
  assert.match(foreign.text, "域名已由别人备案");
});

const newest = async (world: World): Promise<string> => {
  const [row] = await world.db<{ id: string }[]>`select id from type_checks order by created_at desc limit 1`;
  return `/filings/new/${row?.id}`;
};

test("is nobody else's, and over after a day", async ({ world, zhang }) => {
  world.lookups.status = says(subject, none);
  const { location } = await check(zhang);
  const wang = await world.signInAs("王五");
  assert.is((await wang.get(location ?? "")).status, 404);
  await wang.get("/filings/new");
  assert.is((await wang.post(location ?? "", {})).status, 404);
  await world.db`update type_checks set expires_at = now() where id = ${location?.split("/")[3] ?? ""}`;
  assert.is((await zhang.get(location ?? "")).status, 404);
});

test("locks what was checked, in the form and behind it", async ({ world, zhang }) => {
  const filing = await filingAt(world, await check(zhang));
  const base = `/filings/${filing.number}`;
  const { text } = await zhang.get(`${base}/subject`);
  assert.not.match(text, 'name="certNo"');
  assert.match(text, `href="${base}/type-check"`);
  const form = formOf(text, `${base}/subject`);
  await zhang.post(`${base}/subject`, {
    ...form,
    act: "draft",
    certNo: "91330108MA27XL1Q75",
    nature: "5",
    name: "甲",
  });
  const site = await zhang.get(`${base}/websites/1`);
  await zhang.post(`${base}/websites/1`, {
    ...formOf(site.text, `${base}/websites/1`),
    ...{ act: "draft", domains: "anders.cn", siteName: "茶" },
  });
  const { subject: section, websites } = arrange(await sectionsOf(world.store, filing));
  assert.equal([section.values.nature, section.values.name], ["4", "甲"]);
  assert.is.not(section.values.certNo, "91330108MA27XL1Q75");
  assert.equal(websites[0]?.values.domains, [filing.domain, "anders.cn"]);
});

test("takes other values by another check that leads the same way, and by no other", async ({
  world,
  zhang,
}) => {
  const filing = await filingAt(world, await check(zhang));
  const path = `/filings/${filing.number}/type-check`;
  const form = formOf((await zhang.get(path)).text, path);
  const changes = answers();
  assert.is((await zhang.post(path, { ...form, ...changes })).status, 303);
  const { subject: section, websites } = arrange(await sectionsOf(world.store, filing));
  assert.is(section.values.certNo, changes.certNo);
  assert.equal(websites[0]?.values.homePages, [`www.${changes.domain}`]);
  world.lookups.status = says(subject, site);
  const other = await zhang.post(path, { ...formOf((await zhang.get(path)).text, path), ...answers() });
  assert.is(other.status, 422);
  assert.match(other.text, "要办理的是“新增接入”");
  world.lookups.status = () => none;
  const taken = await filingAt(world, await check(zhang));
  const held = await zhang.post(path, {
    ...formOf((await zhang.get(path)).text, path),
    ...answers({ domain: taken.domain ?? "" }),
  });
  assert.is(held.status, 422);
  assert.match(held.text, taken.number);
});

test("asks for a product where the provider wants one, and fills in what it knows", async ({
  world,
  zhang,
}) => {
  const ispId = owner(world).ispId;
  await world.db`update isps set settings = settings || '{"products": {"required": true}}' where id = ${ispId}`;
  await stock(
    world.store,
    world.people,
    cloudServer({ key: "203.0.113.77", ips: ["203.0.113.77"], secret: "Secret-77" }),
  );
  const { location } = await check(zhang);
  assert.match(location ?? "", /^\/filings\/new\//);
  const empty = await zhang.post(location ?? "", {});
  assert.match(empty.text, '<a href="#productType">请选择产品类型</a>');
  const product = { productType: "cloud_server", productKey: "203.0.113.77" };
  const wrong = await zhang.post(location ?? "", { ...product, productProof: "Falsch-77" });
  assert.is(wrong.status, 422);
  assert.not.match(wrong.text, "Falsch-77");
  const filing = await filingAt(
    world,
    await zhang.post(location ?? "", { ...product, productProof: "Secret-77" }),
  );
  const { websites } = arrange(await sectionsOf(world.store, filing));
  assert.equal(websites[0]?.accesses[0]?.values.ips, ["203.0.113.77"]);
  await world.db`update isps set settings = settings - 'products' where id = ${ispId}`;
});

test("is not asked too often", async ({ world, zhang }) => {
  world.lookups.status = says(subject, site);
  for (let times = 0; times < 61; times++) {
    const { status, text } = await check(zhang);
    if (times === 60) {
      assert.is(status, 422);
      assert.match(text, "验证得太频繁了");
    }
  }
});

test.run();
