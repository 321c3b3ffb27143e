import { suite } from "uvu";
import * as assert from "uvu/assert";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import * as sample from "../../rules/sample.ts";
import { testWorld, type World } from "../../support/app.ts";
import { complete, registrantNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite<{ world: World; record: number }>("what an account has on record");
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
    website: { siteName: "<b>另一个网站</b>" },
  });
  await numberFiling(world.store, person, bureau, "浙ICP备00000002号");
});
test.after((context) => context.world.close());

test("lists subjects with their websites, numbers and domains", async ({ world, record }) => {
  const { status, text } = await (await world.signInAs("张三")).get("/records");
  assert.is(status, 200);
  assert.match(text, new RegExp(`href="/records/${record}">示例茶业（杭州）有限公司`));
  for (const words of ["浙ICP备00000001号-1", "浙ICP备00000002号-1", "example.cn", "blog.cn"])
    assert.ok(text.includes(words), words);
  assert.ok(text.includes("&#60;b&#62;另一个网站") || text.includes("&lt;b&gt;另一个网站"));
});

test("shows one record with its contents, numbers of persons masked", async ({ world, record }) => {
  const { status, text } = await (await world.signInAs("张三")).get(`/records/${record}`);
  assert.is(status, 200);
  assert.match(text, /主体备案号<b class="n">浙ICP备00000001号<\/b>/);
  assert.match(text, /138\*\*\*\*5678/);
  assert.match(text, /203\.0\.113\.18/);
  for (const key of ["idNo", "mobile", "emergency", "email"])
    assert.not(text.includes(String(sample.company[key])), key);
});

test("tells what to put at the foot of the website, by the rule of the province", async ({
  world,
  record,
}) => {
  const zhang = await world.signInAs("张三");
  assert.match((await zhang.get(`/records/${record}`)).text, /&gt;浙ICP备00000001号-1&lt;\/a&gt;/);
  await world.db`update subjects set province = '440000' where id = ${record}`;
  assert.match((await zhang.get(`/records/${record}`)).text, /&gt;浙ICP备00000001号&lt;\/a&gt;/);
});

test("is not there for other accounts and providers, nor under a strange address", async ({
  world,
  record,
}) => {
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    assert.is((await stranger.get(`/records/${record}`)).status, 404, name);
    assert.match((await stranger.get("/records")).text, /还没有备案号/);
  }
  const zhang = await world.signInAs("张三");
  for (const id of ["0", "x", "1e3", "9".repeat(30)])
    assert.is((await zhang.get(`/records/${id}`)).status, 404, id);
  assert.match((await world.visitor().get("/records")).location ?? "", /^\/login/);
});

test.run();
