import { suite } from "uvu";
import * as assert from "uvu/assert";
import { supplementsOf } from "../../../src/models/supplement/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { asFile, smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("补传资料");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

test("is asked for on the console, sent on the portal, and answered with a reason", async ({ world }) => {
  const { store, people } = world;
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "initial_review");
  const [zhang, li] = [await world.signInAs("张三"), await world.signInAs("李四")];
  const path = `/filings/${filing.number}/supplements`;
  const ask = formOf((await li.get(`/console${path}`)).text, `/console${path}`);
  assert.is((await li.post(`/console${path}`, { ...ask, place: "", wish: "" })).status, 422);
  const [, other = ""] = /value="(other-\d+)"/.exec((await li.get(`/console${path}`)).text) ?? [];
  const wish = { ...ask, place: other, wish: "请补传股东会决议" };
  assert.is((await li.post(`/console${path}`, wish)).status, 303);

  assert.match((await zhang.get("/")).text, /补传资料/);
  assert.match((await zhang.get(`/filings/${filing.number}`)).text, /请您补传1份/);
  const page = await zhang.get(path);
  assert.match(page.text, /现在要做：补传其他材料[\s\S]*请补传股东会决议/);
  const form = formOf(page.text, path);
  assert.is(
    (await zhang.post(path, { ...form, picture: asFile(Buffer.from("no picture"), "a.jpg") })).status,
    422,
  );
  const sent = await zhang.post(path, { ...form, picture: asFile(await smallPhoto(), "a.jpg") });
  assert.is(sent.status, 303);
  assert.match((await zhang.get(path)).text, /处理中/);

  const [one] = await supplementsOf(store, filing);
  assert.match(
    (await li.get("/console/supplements")).text,
    new RegExp(`${filing.number}/supplements#s-${one?.id}`),
  );
  const at = `/console/supplements/${one?.id}`;
  await store.db`update materials set state = 'ready' where supplement_id = ${one?.id ?? 0}`;
  const decision = formOf((await li.get(`/console${path}`)).text, `${at}/decision`);
  assert.is((await li.post(`${at}/decision`, { ...decision, act: "reject" })).status, 422);
  assert.is((await li.post(`${at}/decision`, { ...decision, act: "nonsense" })).status, 422);
  assert.is((await li.post(`${at}/claim`, { requestId: decision.requestId ?? "" })).status, 303);
  assert.is((await li.post(`${at}/decision`, { ...decision, act: "reject", reason: "看不清" })).status, 303);
  assert.match((await zhang.get(path)).text, /没有收下的原因：[\s\S]*看不清/);
});

test("is photographed with the phone by a link for what staff asked for", async ({ world }) => {
  const { store, people } = world;
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "initial_review");
  const [zhang, li] = [await world.signInAs("张三"), await world.signInAs("李四")];
  const path = `/filings/${filing.number}/supplements`;
  const console = await li.get(`/console${path}`);
  const [, place = ""] = /value="(other-\d+)"/.exec(console.text) ?? [];
  await li.post(`/console${path}`, {
    ...formOf(console.text, `/console${path}`),
    place,
    wish: "请补传股东会决议",
  });
  const form = formOf((await zhang.get(path)).text, `${path}/handover`);
  assert.is((await zhang.post(`${path}/handover`, form)).status, 303);
  const open = await zhang.get(path);
  const address = /href="https:\/\/[^/]+(\/u\/\w+)"/.exec(open.text)?.[1] ?? "";
  assert.match(open.text, 'hx-trigger="every 4s"');
  const phone = world.visitor();
  assert.match((await phone.get(address)).text, "其他材料");
  const sent = { picture: asFile(await smallPhoto(), "a.jpg"), requestId: form.requestId ?? "" };
  assert.is((await phone.post(address, sent)).status, 303);
  const done = await phone.get(address);
  assert.match(done.text, "已上传，可以回到电脑上继续");
  assert.not.match(done.text, 'name="picture"');
  assert.is((await supplementsOf(store, filing))[0]?.state, "received");
  assert.match((await zhang.get(path)).text, "处理中");
});

test("ends the link for a supplement when its registrant does, or staff need it no more", async ({
  world,
}) => {
  const { store, people } = world;
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "initial_review");
  const [zhang, li] = [await world.signInAs("张三"), await world.signInAs("李四")];
  const path = `/filings/${filing.number}/supplements`;
  const console = await li.get(`/console${path}`);
  const [, place = ""] = /value="(other-\d+)"/.exec(console.text) ?? [];
  await li.post(`/console${path}`, { ...formOf(console.text, `/console${path}`), place, wish: "请补传章程" });
  const link = async () => {
    const form = formOf((await zhang.get(path)).text, `${path}/handover`);
    await zhang.post(`${path}/handover`, form);
    return /href="https:\/\/[^/]+(\/u\/\w+)"/.exec((await zhang.get(path)).text)?.[1] ?? "";
  };
  const first = await link();
  assert.is((await world.visitor().get(first)).status, 200);
  const end = formOf(zhang.last, `${path}/handover/end`);
  assert.is((await zhang.post(`${path}/handover/end`, end)).status, 303);
  assert.is((await world.visitor().get(first)).status, 404);
  const second = await link();
  await store.db`update supplements set state = 'dropped' where filing_id = ${filing.id}`;
  assert.is((await world.visitor().get(second)).status, 404);
});

test.run();
