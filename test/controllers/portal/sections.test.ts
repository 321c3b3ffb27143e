import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import type { Values } from "../../../src/vocabulary/filing.ts";
import * as sample from "../../rules/sample.ts";
import { type Answer, type Browser, testWorld, type World } from "../../support/app.ts";
import {
  act,
  bringTo,
  complete,
  draft,
  freshParts,
  registrantNamed,
  reviewed,
  staffNamed,
} from "../../support/filings.ts";
import { type Fields, formOf } from "../../support/form.ts";

const test = suite<{ world: World; zhang: Browser }>("the forms of a filing");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

const zhangIn = (world: World) => registrantNamed(world.people, "张三");

/** A form, with what is typed into it. */
class Form {
  readonly path: string;
  readonly browser: Browser;
  fields: Fields;
  constructor(browser: Browser, path: string, html: string) {
    [this.browser, this.path] = [browser, path];
    this.fields = formOf(html, path);
  }
  send(typed: Fields, act?: string): Promise<Answer> {
    return this.browser.post(this.path, { ...this.fields, ...typed, ...(act ? { act } : {}) });
  }
}

async function open(browser: Browser, path: string): Promise<Form> {
  const { status, text } = await browser.get(path);
  assert.is(status, 200);
  return new Form(browser, path, text);
}

const blank = async (world: World) => {
  const filing = await draft(world.store, zhangIn(world), freshParts());
  return { filing, subject: `/filings/${filing.number}/subject` };
};

async function stored(world: World, number: string): Promise<{ subject: Values; version: number }> {
  const filing = await findFiling(world.db, number, zhangIn(world));
  const { subject } = arrange(await sectionsOf(world.store, filing));
  return { subject: subject.values, version: subject.version };
}

const { certNo: _, ...company } = sample.company;
const typedCompany = company as Fields;

test("saves a blank form, says all that is missing, and lets one go on", async ({ world, zhang }) => {
  const { filing, subject } = await blank(world);
  const form = await open(zhang, subject);
  const { status, text } = await form.send({ investor: "示例茶业" });
  assert.is(status, 422);
  assert.match(text, /<title>有9处要改：主办单位/);
  assert.match(text, /<a href="#name">请填写名称<\/a>/);
  assert.match(text, /<a href="#province">请选择省<\/a>/);
  assert.match(text, new RegExp(`href="/filings/${filing.number}/websites/1">先跳过，以后再改`));
  assert.is((await stored(world, filing.number)).subject.investor, "示例茶业");
});

test("shows back what was just typed, and masks what comes from the database", async ({ world, zhang }) => {
  const { filing, subject } = await blank(world);
  const form = await open(zhang, subject);
  const typed = await form.send({ ...typedCompany, name: "", idNo: "330108199001010010" });
  assert.is(typed.status, 422);
  assert.match(typed.text, /name="mobile"[^>]* value="13800005678"/);
  assert.match(typed.text, /name="idNo"[^>]* value="330108199001010010"/);
  const later = await zhang.get(subject);
  assert.match(later.text, /name="mobile"[^>]* value="138\*\*\*\*5678"/);
  assert.match(later.text, /name="email"[^>]* value="z\*\*\*n@example.cn"/);
  assert.not.match(later.text, "330108199001010010");
  // Sent back as they were shown, or empty, they stay.
  const again = await open(zhang, subject);
  await again.send({ name: "示例茶业", idNo: "" }, "draft");
  const { subject: values } = await stored(world, filing.number);
  assert.is(values.name, "示例茶业");
  assert.is(values.mobile, "13800005678");
  assert.is(values.idNo, "330108199001010010");
});

test("goes from section to section and on to the materials", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const base = `/filings/${filing.number}`;
  const steps = [
    ["subject", "websites/1", "1/3 主办单位"],
    ["websites/1", "websites/1/accesses/1", "2/3 网站"],
    ["websites/1/accesses/1", "materials", "3/3 网站接入"],
  ] as const;
  for (const [at, next, words] of steps) {
    const form = await open(zhang, `${base}/${at}`);
    assert.match(zhang.last, words);
    const answer = await form.send({});
    assert.is(answer.status, 303, at);
    assert.is(answer.location, `${base}/${next}`);
  }
  const access = arrange(await sectionsOf(world.store, filing)).websites[0]?.accesses[0];
  assert.is(access?.values.provider, "一号云");
});

test("keeps a draft and stays on the page", async ({ world, zhang }) => {
  const { subject } = await blank(world);
  const form = await open(zhang, subject);
  const answer = await form.send({ name: "示例" }, "draft");
  assert.is(answer.status, 303);
  assert.is(answer.location, subject);
  const { text } = await zhang.get(subject);
  assert.match(text, /草稿已保存，<time/);
  assert.match(text, /name="name"[^>]* value="示例"/);
});

test("saves by itself while typing, and says what is wrong with the field just changed", async ({
  world,
  zhang,
}) => {
  const { filing, subject } = await blank(world);
  const form = await open(zhang, subject);
  const first = await form.send({ mobile: "1380000" }, "autosave");
  assert.is(first.status, 200);
  assert.not.match(first.text, "<html");
  assert.match(first.text, /id="saved-text"[^>]*hx-swap-oob="true">草稿已保存/);
  assert.match(first.text, /id="mobile-e" hx-swap-oob="innerHTML">[\s\S]*手机号码应为11位，现在是7位/);
  assert.not.match(first.text, "请填写");
  const version = /name="version" id="version" value="(\d+)"/.exec(first.text)?.[1] ?? "";
  assert.is(Number(version), (await stored(world, filing.number)).version);
  // Corrected: the sentence goes away, under the version that the first answer brought.
  const second = await form.send({ mobile: "13800005678", version, shown: "mobile" }, "autosave");
  assert.match(second.text, /id="mobile-e" hx-swap-oob="innerHTML"><\/div>/);
  assert.match(second.text, /<div id="proof" hx-swap-oob="true">/);
});

test("says nothing of fields that the page does not show", async ({ world, zhang }) => {
  const { filing } = await blank(world);
  const form = await open(zhang, `/filings/${filing.number}/websites/1`);
  const { text } = await form.send({ siteName: "茶" }, "autosave");
  assert.match(text, /id="siteName-e"/);
  assert.not.match(text, /id="leader\w+-e"/);
});

test("tells the second of two windows, loses nothing, and lets it save knowingly", async ({
  world,
  zhang,
}) => {
  const { filing, subject } = await blank(world);
  await (await open(zhang, subject)).send({ ...typedCompany }, "draft");
  const [one, two] = [await open(zhang, subject), await open(zhang, subject)];
  await one.send({ name: "甲茶业有限公司", mobile: "13800009999" }, "draft");

  const quiet = await two.send({ name: "乙茶业有限公司" }, "autosave");
  assert.match(quiet.text, /没有自动保存：别的窗口已经保存过/);
  assert.not.match(quiet.text, /id="version"/);

  const told = await two.send({ name: "乙茶业有限公司", address: "示例路2号" });
  assert.is(told.status, 409);
  assert.match(told.text, /别的窗口已经保存过这一页/);
  assert.match(told.text, /别的窗口保存的是：甲茶业有限公司/);
  assert.match(told.text, /name="name"[^>]* value="乙茶业有限公司"/);
  // The stars of the number as it was before were never touched: what the other window saved stays.
  assert.match(told.text, /name="mobile"[^>]* value="138\*\*\*\*9999"/);
  assert.is((await stored(world, filing.number)).subject.name, "甲茶业有限公司");

  const knowing = new Form(zhang, subject, told.text);
  assert.is((await knowing.send({}, "autosave")).status, 204);
  assert.is((await knowing.send({}, "draft")).status, 303);
  const { subject: values } = await stored(world, filing.number);
  assert.is(values.name, "乙茶业有限公司");
  assert.is(values.address, "示例路2号");
  assert.is(values.mobile, "13800009999");
});

test("answers the same save sent twice as saved", async ({ world, zhang }) => {
  const { filing, subject } = await blank(world);
  const form = await open(zhang, subject);
  const answers = await Promise.all([1, 2].map(() => form.send({ name: "示例茶业" }, "draft")));
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303],
  );
  assert.is((await stored(world, filing.number)).subject.name, "示例茶业");
});

test("draws the steps of a place without a script, and drops what no longer fits", async ({
  world,
  zhang,
}) => {
  const { filing, subject } = await blank(world);
  const form = await open(zhang, subject);
  const { status, text } = await form.send({ province: "330000", name: "示例茶业" }, "region");
  assert.is(status, 200);
  assert.match(text, /<option value="330100">杭州市<\/option>/);
  assert.not.match(text, "滨江区");
  assert.match(text, /name="name"[^>]* value="示例茶业"/);
  const whole = new Form(zhang, subject, text);
  const counties = await whole.send({ city: "330100" }, "region");
  assert.match(counties.text, "滨江区");
  const moved = await new Form(zhang, subject, counties.text).send(
    { province: "110000", county: "330108" },
    "region",
  );
  assert.match(moved.text, "海淀区");
  assert.equal(
    [(await stored(world, filing.number)).subject.city, (await stored(world, filing.number)).subject.county],
    ["", ""],
  );
});

test("asks for what the chosen 性质 needs, and keeps nothing of what it hides", async ({ world, zhang }) => {
  const { filing, subject } = await blank(world);
  await (await open(zhang, subject)).send({ ...typedCompany }, "draft");
  const form = await open(zhang, subject);
  const { text } = await form.send({ nature: "5", certType: "2" }, "update");
  assert.match(text, "<legend>个人信息</legend>");
  assert.not.match(text, 'name="person"');
  assert.match(text, /<option value="2" selected>居民身份证/);
  assert.is((await stored(world, filing.number)).subject.person, "张三");
  await new Form(zhang, subject, text).send({}, "draft");
  const { subject: values } = await stored(world, filing.number);
  assert.equal([values.person, values.idNo, values.investor], [undefined, undefined, undefined]);
});

test("keeps nobody else's particulars where both persons are the same", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), { ...freshParts(), website: sample.leader });
  const path = `/filings/${filing.number}/websites/1`;
  const form = await open(zhang, path);
  assert.match(zhang.last, /name="leaderName"/);
  const same = await form.send({ samePerson: "1" }, "update");
  assert.not.match(same.text, /name="leaderName"/);
  assert.is((await new Form(zhang, path, same.text).send({}, "draft")).status, 303);
  const [website] = arrange(await sectionsOf(world.store, filing)).websites;
  assert.is(website?.values.leaderIdNo, undefined);
  assert.is(website?.values.samePerson, "1");
});

test("takes 与证件完全一致 of a certificate that the rule is wrong about", async ({ world, zhang }) => {
  const certNo = "91330108MA2EXAMP0X";
  const filing = await draft(world.store, zhangIn(world), { domain: "confirmed.cn", certNo });
  const path = `/filings/${filing.number}/subject`;
  const form = await open(zhang, path);
  const box = /name="confirmed" value="([^"]+)"/.exec(zhang.last)?.[1] ?? "";
  assert.match(box, /^credit-code-check:certNo:/);
  await form.send({ ...typedCompany, confirmed: box }, "draft");
  const { text } = await zhang.get(`${path}?all`);
  assert.match(text, /name="confirmed" value="[^"]+" checked/);
  assert.not.match(text, /class="err">统一社会信用代码的最后一位/);
  await (await open(zhang, path)).send({ confirmed: [] }, "draft");
  assert.match((await zhang.get(path)).text, /class="err">统一社会信用代码的最后一位/);
});

test("proves a mobile number with a code, keeping all that was typed", async ({ world, zhang }) => {
  const { filing, subject } = await blank(world);
  const { subject: section } = arrange(await sectionsOf(world.store, filing));
  const holder = `filing:${filing.id}:${section.id}:mobile`;

  const none = await (await open(zhang, subject)).send({ mobile: "" }, "code");
  assert.is(none.status, 422);
  assert.match(none.text, /<a href="#mobile">请先填写11位的手机号码/);

  const form = await open(zhang, subject);
  const sent = await form.send({ ...typedCompany, name: "示例茶业" }, "code");
  assert.is(sent.status, 200);
  assert.match(sent.text, /已发到<span class="n">138\*\*\*\*5678<\/span>/);
  assert.match(sent.text, /秒后可以重发/);
  assert.match(sent.text, /name="name"[^>]* value="示例茶业"/);
  const [notice] = await world.db<{ channel: string; template: string; filingId: number }[]>`
    select channel, template, filing_id from notices where filing_id = ${filing.id}`;
  assert.equal([notice?.channel, notice?.template], ["sms", "code-phone-proof"]);

  const soon = await new Form(zhang, subject, sent.text).send({}, "code");
  assert.is(soon.status, 422);
  assert.match(soon.text, /刚刚发过，请在\d+秒后再重发/);

  const code = await world.codeFor("phone-proof", holder);
  const wrong = await new Form(zhang, subject, soon.text).send({
    code: code === "000000" ? "000001" : "000000",
  });
  assert.is(wrong.status, 422);
  assert.match(wrong.text, /<a href="#code">验证码不对，还可以再试4次<\/a>/);

  const right = await new Form(zhang, subject, wrong.text).send({ code });
  assert.is(right.status, 303);
  assert.match((await zhang.get(subject)).text, /已验证<\/span> <span class="n">138\*\*\*\*5678/);

  // Another number is another proof.
  const other = await (await open(zhang, subject)).send({ mobile: "13800007777" });
  assert.is(other.status, 422);
  assert.match(other.text, /<a href="#code">手机号码还没有验证/);
});

test("says that a code is out of time, and does not try it while saving by itself", async ({
  world,
  zhang,
}) => {
  const { filing, subject } = await blank(world);
  const { subject: section } = arrange(await sectionsOf(world.store, filing));
  const sent = await (await open(zhang, subject)).send({ ...typedCompany }, "code");
  const code = await world.codeFor("phone-proof", `filing:${filing.id}:${section.id}:mobile`);
  await new Form(zhang, subject, sent.text).send({ code: "123" }, "autosave");
  const [tries] = await world.db<{ tries: number }[]>`select tries from codes order by id desc limit 1`;
  assert.is(tries?.tries, 0);
  await world.db`update codes set expires_at = now() - interval '1 second' where purpose = 'phone-proof'`;
  const late = await (await open(zhang, subject)).send({ code }, "draft");
  assert.is(late.status, 422);
  assert.match(late.text, "验证码已经失效，请重新发送");
});

test("sends no more than ten codes a day to one number", async ({ world, zhang }) => {
  const { subject } = await blank(world);
  const ask = async () => (await open(zhang, subject)).send({ mobile: "13600001111" }, "code");
  for (let count = 0; count < 10; count++) {
    assert.is((await ask()).status, 200);
    await world.letAMinutePass();
  }
  const { status, text } = await ask();
  assert.is(status, 422);
  assert.match(text, "今天发的验证码太多了");
});

test("shows why a field was returned beside it, and marks what was changed since", async ({
  world,
  zhang,
}) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  await bringTo(world.store, world.people, filing, "initial_review");
  const [website] = arrange(await sectionsOf(world.store, filing)).websites;
  await reviewed(world.store, filing, "return-initial", staffNamed(world.people, "李四"), {
    reasons: [{ sectionId: website?.id ?? 0, field: "siteName", reason: "other", note: "请写得更具体" }],
  });
  const path = `/filings/${filing.number}/websites/1`;
  const form = await open(zhang, path);
  assert.match(zhang.last, /审核退回的1处/);
  assert.match(zhang.last, /<p class="err">退回：请写得更具体<\/p>/);
  assert.not.match(zhang.last, "退回后改过");
  await form.send({ siteName: "杭州示例茶叶商城" }, "draft");
  assert.match((await zhang.get(path)).text, "退回后改过");
});

test("is not there for another account or another provider, and refuses what no page of ours sent", async ({
  world,
  zhang,
}) => {
  const { filing, subject } = await blank(world);
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    for (const path of [subject, `/filings/${filing.number}/websites/1`, `/filings/${filing.number}/check`]) {
      assert.is((await stranger.get(path)).status, 404, `${name} ${path}`);
      assert.is((await stranger.post(path.replace("/check", "/submission"), { version: "2" })).status, 404);
    }
  }
  for (const missing of ["websites/2", "websites/0", "websites/x", "websites/1/accesses/2"])
    assert.is((await zhang.get(`/filings/${filing.number}/${missing}`)).status, 404, missing);
  assert.is((await zhang.post(subject, { csrf: "forged", name: "x" })).status, 403);
  assert.is((await stored(world, filing.number)).subject.name, undefined);
});

test("is only read once the filing is locked", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const subject = `/filings/${filing.number}/subject`;
  const form = await open(zhang, subject);
  await act(world.store, filing, "submit", zhangIn(world), { declared: true });
  assert.is((await zhang.get(subject)).location, `/filings/${filing.number}/check`);
  const { status, text } = await form.send({ name: "改过的名称" });
  assert.is(status, 409);
  assert.match(text, "已经不在这一步");
  assert.is((await stored(world, filing.number)).subject.name, sample.company.name);
});

test("adds websites and accesses once each, and removes them with all that is theirs", async ({
  world,
  zhang,
}) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const base = `/filings/${filing.number}`;
  const tree = async () => arrange(await sectionsOf(world.store, filing)).websites;

  await open(zhang, `${base}/websites/new`);
  const added = await Promise.all([1, 2].map(() => zhang.post(`${base}/websites/new`, { seen: "1" })));
  assert.equal(
    added.map(({ location }) => location),
    [`${base}/websites/2`, `${base}/websites/2`],
  );
  assert.is((await tree()).length, 2);
  await open(zhang, `${base}/websites/2/accesses/new`);
  const access = await zhang.post(`${base}/websites/2/accesses/new`, { seen: "1" });
  assert.is(access.location, `${base}/websites/2/accesses/2`);

  const site = await open(zhang, `${base}/websites/2`);
  assert.match(zhang.last, /3\/5|4\/6|网站2/);
  await site.send({ domains: "er.form.cn\nsecond.cn", siteName: "第二个示例网站" }, "draft");
  const second = (await tree())[1];
  await world.db`
    insert into materials (filing_id, isp_id, slot, section_id, original_bytes, digest)
    values (${filing.id}, ${filing.ispId}, 'form', ${second?.id ?? 0}, 1, ${Buffer.from(newId())})`;

  await open(zhang, `${base}/websites/2/accesses/1/removal`);
  assert.is(
    (await zhang.post(`${base}/websites/2/accesses/1/removal`, { section: String(second?.accesses[0]?.id) }))
      .status,
    303,
  );
  assert.is((await tree())[1]?.accesses.length, 1);
  await open(zhang, `${base}/websites/2/removal`);
  assert.match(zhang.last, "不能恢复");
  const gone = { section: String(second?.id) };
  assert.is((await zhang.post(`${base}/websites/2/removal`, gone)).location, base);
  assert.is((await zhang.post(`${base}/websites/2/removal`, gone)).status, 404);
  assert.is((await tree()).length, 1);
  const left = await world.db`
    select 1 from materials where section_id = ${second?.id ?? 0} and retired_at is null`;
  assert.is(left.length, 0);
  // The last one stays.
  const [first] = await tree();
  assert.is((await zhang.post(`${base}/websites/1/removal`, { section: String(first?.id) })).status, 409);
  assert.is((await tree()).length, 1);
});

test.run();
