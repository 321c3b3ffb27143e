import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { Conflict } from "../../../src/models/errors.ts";
import { addAccess, addWebsite } from "../../../src/models/filing/change-sections.ts";
import { type Beginning, createFiling } from "../../../src/models/filing/create.ts";
import { keptPassword } from "../../../src/models/filing/icp-password.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { openRecord, type RecordTree } from "../../../src/models/record/tree.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { act, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

type Shared = { world: World; zhang: Browser; record: RecordTree; filing: Filing | undefined };
const test = suite<Shared>("the forms of a filing on record");

const owner = (world: World) => registrantNamed(world.people, "张三");

test.before(async (shared) => {
  const world = await testWorld();
  const filed = await complete(world.store, owner(world), freshParts());
  const bureau = await addBureau(world.store, owner(world).ispId);
  const id = await numberFiling(world.store, filed, bureau, "浙ICP备2026000888号");
  Object.assign(shared, { world, zhang: await world.signInAs("张三") });
  shared.record = await openRecord(world.store, owner(world), id);
});
test.after.each(async (shared) => {
  if (shared.filing) await act(shared.world.store, shared.filing, "cancel", owner(shared.world));
  shared.filing = undefined;
});
test.after(({ world }) => world.close());

async function begun(shared: Shared, scoped: Pick<Extract<Beginning, { scope: string }>, "kind" | "scope">) {
  const { world, record } = shared;
  const site = record.websites[0];
  const targets = { subject: record.id, website: site?.id, access: site?.accesses[0]?.id };
  const { accountId, ispId } = owner(world);
  const made = await createFiling(world.store, owner(world), {
    ...{ ...scoped, subjectId: record.id, targetId: targets[scoped.scope] ?? 0 },
    ...{ accountId, ispId, requestId: newId() },
  });
  if ("taken" in made) throw new Error("taken");
  shared.filing = made;
  return { filing: made, base: `/filings/${made.number}` };
}

test("show what stands on record beside what is new, and list that alone", async (shared) => {
  const { world, zhang } = shared;
  const { filing, base } = await begun(shared, { kind: "change", scope: "subject" });
  assert.match((await zhang.get(`${base}/check`)).text, "还没有修改任何内容");
  const page = await zhang.get(`${base}/subject`);
  assert.not.match(page.text, "改前：");
  assert.not.match(page.text, 'id="code"');
  const form = formOf(page.text, `${base}/subject`);
  await zhang.post(`${base}/subject`, {
    ...form,
    act: "draft",
    address: "龙井路99号",
    mobile: "13900001234",
  });
  const { text } = await zhang.get(`${base}/subject`);
  assert.match(text, /已修改<\/span> 改前：/);
  assert.match(text, "改前：138****");
  assert.match(text, 'id="code"');
  const summary = (await zhang.get(`${base}/check`)).text;
  assert.match(summary, "龙井路99号");
  assert.not.match(summary, "网站名称</dt>");
  assert.match(summary, "改前：");
  const { subject } = arrange(await sectionsOf(world.store, filing));
  assert.is(subject.before?.address, shared.record.values.address);
});

test("count the same steps on every page", async (shared) => {
  const { zhang } = shared;
  const { base } = await begun(shared, { kind: "change", scope: "website" });
  const counted = async (page: string) =>
    /第2步，共\d步/.exec((await zhang.get(`${base}/${page}`)).text)?.[0];
  assert.is(await counted("materials"), "第2步，共5步");
  assert.is(await counted("check"), "第2步，共5步");
});

test("show what is not about the filing as text, and take nothing there", async (shared) => {
  const { zhang } = shared;
  const { base } = await begun(shared, { kind: "change", scope: "website" });
  const { text, status } = await zhang.get(`${base}/subject`);
  assert.is(status, 200);
  assert.match(text, "这次变更不包括这一部分");
  assert.not.match(text, "<fieldset");
  assert.is((await zhang.post(`${base}/subject`, { name: "别的" })).status, 303);
  assert.match((await zhang.get(base)).text, "变更网站，备案单号");
});

test("keep their websites and accesses", async (shared) => {
  const { world, zhang } = shared;
  const { filing, base } = await begun(shared, { kind: "change", scope: "subject" });
  assert.is((await zhang.get(`${base}/websites/new`)).location, base);
  const { websites } = arrange(await sectionsOf(world.store, filing));
  const tries = [
    () => addWebsite(world.store, owner(world), { filingId: filing.id, seen: 1 }),
    () =>
      addAccess(world.store, owner(world), { filingId: filing.id, websiteId: websites[0]?.id ?? 0, seen: 1 }),
  ];
  for (const add of tries)
    try {
      await add();
      assert.unreachable("a section was added");
    } catch (error) {
      assert.instance(error, Conflict);
    }
});

test("say what goes with a subject before it is cancelled, and ask why", async (shared) => {
  const { zhang } = shared;
  const { base } = await begun(shared, { kind: "cancel", scope: "subject" });
  const { text } = await zhang.get(`${base}/reason`);
  assert.match(text, "将要注销");
  assert.match(text, "浙ICP备2026000888号-1");
  const form = formOf(text, `${base}/reason`);
  const empty = await zhang.post(`${base}/reason`, form);
  assert.is(empty.status, 422);
  const draft = await zhang.post(`${base}/reason`, { ...form, act: "draft", explanation: "网站停办" });
  assert.is(draft.location, `${base}/reason`);
  assert.match((await zhang.get(`${base}/check`)).text, "网站停办");
});

test("take the password again, sealed as its hash, and count wrong ones", async (shared) => {
  const { world, zhang } = shared;
  const { filing, base } = await begun(shared, { kind: "change", scope: "subject" });
  assert.match((await zhang.get(base)).text, "备案密码");
  await zhang.get(`${base}/password`);
  assert.is((await zhang.post(`${base}/password`, {})).status, 422);
  world.lookups.password = () => "wrong";
  assert.match((await zhang.post(`${base}/password`, { password: "Falsch12" })).text, "备案密码不对");
  world.lookups.password = () => "right";
  assert.is((await zhang.post(`${base}/password`, { password: "Example1" })).location, base);
  const now = await findFiling(world.db, filing.number, owner(world));
  assert.is(await keptPassword(world.store, now), "b326b65027680eff6d7509023e983790");
});

test("tell a second window what the first one saved", async (shared) => {
  const { zhang } = shared;
  const { base } = await begun(shared, { kind: "change", scope: "website" });
  const path = `${base}/websites/1`;
  const form = formOf((await zhang.get(path)).text, path);
  await zhang.post(path, { ...form, act: "draft", siteName: "示例茶叶知识网" });
  const second = await zhang.post(path, { ...form, act: "draft", siteName: "示例茶叶商城" });
  assert.is(second.status, 409);
  assert.match(second.text, "示例茶叶知识网");
});

test.run();
