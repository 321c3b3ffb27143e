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

test.run();
