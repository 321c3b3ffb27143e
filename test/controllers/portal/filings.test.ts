import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { maybeFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import {
  act,
  addPictures,
  bringTo,
  complete,
  draft,
  freshParts,
  registrantNamed,
  reviewed,
  staffNamed,
} from "../../support/filings.ts";

const test = suite<{ world: World; zhang: Browser }>("the page of a filing");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

const filed = (world: World) => complete(world.store, registrantNamed(world.people, "张三"), freshParts());

test("says first what to do now, in every state it can be in", async ({ world, zhang }) => {
  const filing = await filed(world);
  const says = async (words: RegExp) => {
    const { status, text } = await zhang.get(`/filings/${filing.number}`);
    assert.is(status, 200);
    assert.match(text, words);
    assert.ok(text.indexOf("备案内容") > text.search(words));
  };
  await says(/核对信息，提交初审/);
  await act(world.store, filing, "submit", registrantNamed(world.people, "张三"), { declared: true });
  await says(/等待信息初审/);
  await reviewed(world.store, filing, "approve", staffNamed(world.people, "李四"));
  await says(/拍摄核验照片，上传后提交核验/);
  await addPictures(world.store, filing, ["photo"]);
  await says(/已就绪，可以提交核验/);
  await act(world.store, filing, "submit-verification", registrantNamed(world.people, "张三"));
  await says(/等待信息核验/);
  await reviewed(world.store, filing, "verify", staffNamed(world.people, "赵六"));
  await says(/等待提交管局/);
  for (const [state, words] of [
    ["uploading", /正在提交管局/],
    ["upload_failed", /正在提交管局/],
    ["sms_pending", /完成短信核验，还剩2[34]小时/],
    ["at_bureau", /等待管局审核[\s\S]*管局审核最多30个工作日/],
    ["approved", /等待备案号/],
    ["bureau_returned", /审核员正在处理/],
    ["numbered", /备案成功/],
    ["cancelled", /已取消/],
    ["closed", /已关闭/],
  ] as const) {
    await world.db`update filings set state = ${state}, sms_until = now() + interval '24 hours' where id = ${filing.id}`;
    await says(words);
  }
});

test("shows each returned place with its reason and the way to its field", async ({ world, zhang }) => {
  const filing = await filed(world);
  await bringTo(world.store, world.people, filing, "initial_review");
  const { subject, websites } = arrange(await sectionsOf(world.store, filing));
  const reasons = [
    { sectionId: subject.id, field: "residence", reason: "as-certificate", note: "请写110号" },
    { sectionId: websites[0]?.id ?? 0, slot: "form", reason: "date" },
  ];
  await reviewed(world.store, filing, "return-initial", staffNamed(world.people, "李四"), { reasons });
  const { text } = await zhang.get(`/filings/${filing.number}`);
  assert.match(text, /改好2处，再次提交/);
  assert.match(text, /请写110号/);
  assert.match(text, new RegExp(`href="/filings/${filing.number}/subject\\?at=residence#residence"`));
  assert.match(text, new RegExp(`href="/filings/${filing.number}/materials#m-form-${websites[0]?.id}"`));
  assert.match((await zhang.get("/filings/returned")).text, /请写110号/);
});

test("is not there for other accounts and other providers", async ({ world }) => {
  const filing = await filed(world);
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    for (const page of ["", "/history", "/curtain", "/messages", "/cancellation"])
      assert.is((await stranger.get(`/filings/${filing.number}${page}`)).status, 404, `${name} ${page}`);
    for (const move of ["withdrawal", "verification", "sms-check", "curtain/receipt"]) {
      await stranger.get("/filings");
      const answer = await stranger.post(`/filings/${filing.number}/${move}`, { requestId: newId() });
      assert.is(answer.status, 404, `${name} ${move}`);
    }
  }
});

test("takes a submission back while nobody reviews it, and says why not once somebody does", async ({
  world,
  zhang,
}) => {
  const filing = await filed(world);
  await bringTo(world.store, world.people, filing, "initial_review");
  await zhang.get(`/filings/${filing.number}`);
  assert.is((await zhang.post(`/filings/${filing.number}/withdrawal`, { requestId: newId() })).status, 303);
  assert.is((await maybeFiling(world.db, filing.id))?.state, "draft");
  await bringTo(world.store, world.people, filing, "initial_review");
  await act(world.store, filing, "claim", staffNamed(world.people, "李四"));
  const refused = await zhang.post(`/filings/${filing.number}/withdrawal`, { requestId: newId() });
  assert.is(refused.status, 409);
  assert.match(refused.text, /正由另一位审核员办理/);
});

test("is cancelled only after the box is ticked, and frees its domain", async ({ world, zhang }) => {
  const filing = await draft(world.store, registrantNamed(world.people, "张三"), freshParts());
  const path = `/filings/${filing.number}/cancellation`;
  await zhang.get(path);
  const asked = await zhang.post(path, { requestId: newId() });
  assert.is(asked.status, 422);
  assert.match(asked.text, /请勾选“我确定取消”/);
  assert.is((await zhang.post(path, { requestId: newId(), sure: "1" })).status, 303);
  assert.is((await maybeFiling(world.db, filing.id))?.state, "cancelled");
  assert.is((await world.db`select 1 from filing_holds where filing_id = ${filing.id}`).length, 0);
});

test("orders one curtain, keeps what was typed wrong, and seals the address", async ({ world, zhang }) => {
  const filing = await filed(world);
  await bringTo(world.store, world.people, filing, "photo_due");
  const path = `/filings/${filing.number}/curtain`;
  const order = {
    recipient: "张三",
    phone: "13800005678",
    address: "浙江省杭州市滨江区示例路100号3幢201室",
    remark: "",
  };
  await zhang.get(path);
  const wrong = await zhang.post(path, { ...order, phone: "1380000567", requestId: newId() });
  assert.is(wrong.status, 422);
  assert.match(wrong.text, /应为11位数字，现在是10位/);
  assert.match(wrong.text, /value="1380000567"/);
  assert.is((await zhang.post(path, { ...order, requestId: newId() })).status, 303);
  assert.is((await zhang.post(path, { ...order, requestId: newId() })).status, 409);
  const [row] = await world.db<
    { addressSealed: Buffer }[]
  >`select address_sealed from curtains where filing_id = ${filing.id}`;
  assert.not.ok(row?.addressSealed.includes("示例路"));
});

test("carries a message to the reviewer once, however often it is sent", async ({ world, zhang }) => {
  const filing = await filed(world);
  const path = `/filings/${filing.number}/messages`;
  await zhang.get(path);
  assert.is((await zhang.post(path, { body: "  ", requestId: newId() })).status, 422);
  const requestId = newId();
  for (const _ of [1, 2])
    assert.is((await zhang.post(path, { body: "营业执照刚换过", requestId })).status, 303);
  assert.is((await world.db`select 1 from messages where filing_id = ${filing.id}`).length, 1);
  assert.match((await zhang.get(path)).text, /营业执照刚换过/);
});

test("lists the filings of the account a page at a time, newest first", async ({ world, zhang }) => {
  const wang = await world.signInAs("王五");
  const numbers: string[] = [];
  for (let i = 0; i < 21; i++)
    numbers.push((await draft(world.store, registrantNamed(world.people, "王五"), freshParts())).number);
  const first = (await wang.get("/filings")).text;
  assert.match(first, new RegExp(numbers.at(-1) ?? "-"));
  assert.not.match(first, new RegExp(numbers[0] ?? "-"));
  const older = /href="(\/filings\?before=\d+)"/.exec(first)?.[1] ?? "";
  assert.match((await wang.get(older)).text, new RegExp(numbers[0] ?? "-"));
  assert.not.match((await zhang.get("/filings")).text, new RegExp(numbers[5] ?? "-"));
});

test.run();
