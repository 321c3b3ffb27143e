import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "../../support/app.ts";
import { cutAndCodes } from "../../support/cuts.ts";
import { formOf } from "../../support/form.ts";
import { addBureau } from "../../support/records.ts";

type Shared = { world: World; ids: Awaited<ReturnType<typeof cutAndCodes>> };
const test = suite<Shared>("the pages of 断开接入, 网络回调 and 基础代码");
test.before(async (shared) => {
  shared.world = await testWorld();
  await addBureau(shared.world.store, shared.world.people.isps.first);
  shared.ids = await cutAndCodes(shared.world);
});
test.after(({ world }) => world.close());

test("ask for a reason where nothing is cut, and take one answer, however often it is sent", async ({
  world,
  ids,
}) => {
  const sun = await world.signInAs("孙七");
  const path = `/console/cuts/${ids.cut}`;
  assert.match((await sun.get("/console/cuts")).text, path);
  const opened = await sun.get(path);
  assert.match(opened.text, /203\.0\.113\.7/);
  const form = formOf(opened.text, path);
  const hasty = await sun.post(path, form);
  assert.is(hasty.status, 422);
  assert.match(hasty.text, /请选已断开还是不用断开/);
  const bare = await sun.post(path, { ...form, answer: "not_needed", note: " " });
  assert.match(bare.text, /请写明为什么不用断开/);
  const long = await sun.post(path, { ...form, answer: "done", note: "断".repeat(501) });
  assert.match(long.text, /最多500个字，现在是501个字/);
  const answer = { ...form, answer: "done", note: "断".repeat(500) };
  assert.equal((await sun.post(path, answer)).location, "/console/cuts");
  assert.equal((await sun.post(path, answer)).location, "/console/cuts");
  const other = await sun.post(path, { ...form, answer: "not_needed", note: "已迁走" });
  assert.is(other.status, 409);
  assert.match(other.text, /已经处理过了/);
});

test("send an event again from the task or from the list", async ({ world, ids }) => {
  await world.db`update hook_deliveries set state = 'failed', settled_at = now(), tries = 10`;
  const sun = await world.signInAs("孙七");
  const path = `/console/deliveries/${ids.delivery}`;
  const form = formOf((await sun.get(`/console/cuts/${ids.cut}`)).text, path);
  assert.is((await sun.post(path, form)).location, `/console/cuts/${ids.cut}`);
  const admin = await world.signInAs("郑十");
  const list = await admin.get("/console/settings/hook");
  assert.match(list.text, /crm\.example\.cn/);
  assert.match(list.text, /修改：<code>openbeian hook set https:\/\/… --isp [a-z]+<\/code>/);
  assert.not.match(list.text, /\/console\/cuts\//);
  assert.is((await admin.post(path, formOf(list.text, path))).location, "/console/settings/hook");
});

test("adopt a table once, and say so when somebody else was quicker", async ({ world, ids }) => {
  const admin = await world.signInAs("郑十");
  assert.match((await admin.get("/console/settings/codes")).text, /核实意见/);
  const path = `/console/settings/codes/${ids.table}`;
  const opened = await admin.get(path);
  assert.match(opened.text, /属实/);
  const form = formOf(opened.text, path);
  assert.is(
    (await admin.post(path, { ...form, act: "adopted" })).location,
    "/console/settings/codes?decided=adopted",
  );
  assert.is((await admin.post(path, { ...form, act: "adopted" })).status, 303);
  const late = await admin.post(path, { ...form, act: "dismissed" });
  assert.is(late.status, 409);
  assert.match((await admin.get(path)).text, /已采用/);
});

test.run();
