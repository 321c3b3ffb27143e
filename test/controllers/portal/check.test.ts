import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import {
  addPictures,
  bringTo,
  complete,
  draft,
  freshParts,
  registrantNamed,
  reviewed,
  staffNamed,
} from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World; zhang: Browser }>("the summary of a filing");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

const zhangIn = (world: World) => registrantNamed(world.people, "张三");
const stateOf = async (world: World, number: string) =>
  (await findFiling(world.db, number, zhangIn(world))).state;

test("says all findings at once, page by page, each with the way to its field", async ({ world, zhang }) => {
  const filing = await draft(world.store, zhangIn(world), freshParts());
  const { status, text } = await zhang.get(`/filings/${filing.number}/check`);
  assert.is(status, 200);
  const count = Number(/预审报告：(\d+)处必须修改/.exec(text)?.[1]);
  assert.ok(count > 15, `${count} findings`);
  assert.match(text, /已按全国规则检查<span class="n">\d+<\/span>项/);
  const base = `/filings/${filing.number}`;
  assert.match(text, `href="${base}/subject?at=province#province"`);
  assert.match(text, `href="${base}/websites/1?at=siteName#siteName"`);
  assert.match(text, new RegExp(`href="${base}/materials#m-certificate-\\d+"`));
  const at = (words: string) => text.indexOf(words);
  assert.ok(
    at(">主办单位</a> <small") < at(">网站</a> <small") && at(">网站</a> <small") < at(">核验材料</a>"),
  );
});

test("leads to a form that says everything beside the fields", async ({ world, zhang }) => {
  const filing = await draft(world.store, zhangIn(world), freshParts());
  const { text } = await zhang.get(`/filings/${filing.number}/subject?all`);
  assert.match(text, /<p class="err">请填写名称<\/p>/);
  assert.not.match((await zhang.get(`/filings/${filing.number}/subject`)).text, "请填写名称");
});

test("says what stays here because the bureau's interface has no place for it", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const read = async () => (await zhang.get(`/filings/${filing.number}/check`)).text;
  assert.not.match(await read(), "只保存在本系统");
  await addBureau(world.store, world.people.isps.first);
  const text = await read();
  assert.match(text, /只保存在本系统，供审核和联系使用，不会报到管局：[^<]*主体负责人应急联系电话/);
  assert.not.match(text, "管局的接口还不能接收");
});

test("shows everything that was filled in, personal numbers masked", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const { text } = await zhang.get(`/filings/${filing.number}/check`);
  assert.match(text, "预审报告：可以提交");
  assert.match(text, "和浙江要求检查");
  for (const words of [
    "示例茶业（杭州）有限公司",
    "浙江省杭州市滨江区",
    "330108********0010",
    "138****5678",
    "同主体负责人",
    "203.0.113.20-203.0.113.23",
    "一号云",
    "已就绪",
  ])
    assert.ok(text.includes(words), words);
  for (const secret of ["330108199001010010", "13800005678", "zhangsan@example.cn"])
    assert.not.match(text, secret);
  assert.match(text, /138\*\*\*\*5678<\/span> <span class="tag ok">已验证/);
});

test("sends the filing in once, however often the button is pressed", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const path = `/filings/${filing.number}/submission`;
  const form = formOf((await zhang.get(`/filings/${filing.number}/check`)).text, path);
  const sent = await Promise.all([1, 2].map(() => zhang.post(path, { ...form, agree: "1" })));
  assert.equal(
    sent.map(({ status, location }) => [status, location]),
    [1, 2].map(() => [303, `/filings/${filing.number}`]),
  );
  const events = await eventsOf(world.db, filing.id);
  assert.is(events.filter(({ action }) => action === "submit").length, 1);
  assert.is(await stateOf(world, filing.number), "initial_review");
});

test("refuses in words: without the declaration, with an error, without a proof", async ({
  world,
  zhang,
}) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const base = `/filings/${filing.number}`;
  const form = formOf((await zhang.get(`${base}/check`)).text, `${base}/submission`);
  const silent = await zhang.post(`${base}/submission`, form);
  assert.is(silent.status, 422);
  assert.match(silent.text, /<a href="#agree">请勾选“我已核对”，再提交。<\/a>/);

  await world.db`delete from phone_proofs where filing_id = ${filing.id}`;
  const unproved = await zhang.post(`${base}/submission`, { ...form, agree: "1" });
  assert.is(unproved.status, 422);
  assert.match(unproved.text, "手机号码还没有验证，请先用短信验证码验证");
  assert.match(unproved.text, `href="${base}/subject?at=code#code"`);

  const poor = await draft(world.store, zhangIn(world), freshParts());
  const early = await zhang.post(`/filings/${poor.number}/submission`, { agree: "1", requestId: newId() });
  assert.is(early.status, 422);
  assert.match(early.text, "必需的核验材料还没有传齐");
  assert.is(await stateOf(world, filing.number), "draft");
});

test("is only read once the filing is locked, and says so to whoever is late", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const base = `/filings/${filing.number}`;
  const form = formOf((await zhang.get(`${base}/check`)).text, `${base}/submission`);
  await bringTo(world.store, world.people, filing, "initial_review");
  const { text } = await zhang.get(`${base}/check`);
  assert.match(text, "只能查看，不能修改");
  assert.not.match(text, ">修改<");
  assert.not.match(text, "提交初审</button>");
  const late = await zhang.post(`${base}/submission`, { ...form, agree: "1" });
  assert.is(late.status, 409);
  assert.match(late.text, "备案单已经不在这一步了");
});

/** Sent back by the initial review with one field and the form. */
async function returned(world: World) {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  await bringTo(world.store, world.people, filing, "initial_review");
  const [website] = arrange(await sectionsOf(world.store, filing)).websites;
  const sectionId = website?.id ?? 0;
  await reviewed(world.store, filing, "return-initial", staffNamed(world.people, "李四"), {
    reasons: [
      { sectionId, field: "siteName", reason: "name-unrelated" },
      { sectionId, slot: "form", reason: "sign-or-seal" },
    ],
  });
  return { filing, sectionId };
}

test("marks what was changed since the return, and names what was not touched", async ({ world, zhang }) => {
  const { filing } = await returned(world);
  const base = `/filings/${filing.number}`;
  const before = await zhang.get(`${base}/check`);
  assert.is(before.text.match(/审核退回的这一处还没有改/g)?.length, 2);
  const site = formOf((await zhang.get(`${base}/websites/1`)).text, `${base}/websites/1`);
  await zhang.post(`${base}/websites/1`, { ...site, siteName: "杭州示例茶叶网", act: "draft" });
  await addPictures(world.store, filing, ["form"]);
  const { text } = await zhang.get(`${base}/check`);
  assert.match(text, /杭州示例茶叶网<\/span> <span class="tag info">退回后改过/);
  assert.is(text.match(/退回后改过/g)?.length, 2);
  assert.not.match(text, "还没有改");
  const form = formOf(text, `${base}/submission`);
  assert.is((await zhang.post(`${base}/submission`, { ...form, agree: "1" })).status, 303);
  assert.is(await stateOf(world, filing.number), "initial_review");
});

test("goes straight back to the verification when only the photo was changed", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  await bringTo(world.store, world.people, filing, "verification");
  const [website] = arrange(await sectionsOf(world.store, filing)).websites;
  await reviewed(world.store, filing, "return-verification", staffNamed(world.people, "赵六"), {
    reasons: [{ sectionId: website?.id ?? 0, slot: "photo", reason: "face" }],
  });
  await addPictures(world.store, filing, ["photo"]);
  const base = `/filings/${filing.number}`;
  const { text } = await zhang.get(`${base}/check`);
  assert.match(text, "提交核验</button>");
  const form = formOf(text, `${base}/submission`);
  assert.is((await zhang.post(`${base}/submission`, { ...form, agree: "1" })).status, 303);
  assert.is(await stateOf(world, filing.number), "verification");
});

test("is not there for others, and takes nothing that no page of ours sent", async ({ world, zhang }) => {
  const filing = await complete(world.store, zhangIn(world), freshParts());
  const base = `/filings/${filing.number}`;
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    assert.is((await stranger.get(`${base}/check`)).status, 404);
    assert.is((await stranger.post(`${base}/submission`, { agree: "1" })).status, 404);
  }
  assert.is((await zhang.post(`${base}/submission`, { agree: "1", csrf: "forged" })).status, 403);
  const odd = await zhang.post(`${base}/submission`, { agree: "1", requestId: "1; drop table filings" });
  assert.is(odd.status, 303);
});

test.run();
