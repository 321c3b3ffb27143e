import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { again, pageOf, send, submitted, words } from "../../support/console.ts";

const test = suite("correcting on behalf");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

type Place = { filing: Filing; browser: Browser; path: (field: string) => string; version: string };

/** A filing that 李四 holds, and the addresses of its website's fields. */
async function held(): Promise<Place> {
  const filing = await submitted(world);
  const browser = await world.signInAs("李四");
  await send(browser, pageOf(filing, "claim"));
  const [website] = arrange(await sectionsOf(world.store, filing)).websites;
  const path = (field: string) => pageOf(filing, `corrections/${website?.id}/${field}`);
  const version = String(
    (await sectionsOf(world.store, filing)).find(({ id }) => id === website?.id)?.version,
  );
  return { filing, browser, path, version };
}

test("saves the field, keeps both values, and tells the registrant", async () => {
  const { filing, browser, path, version } = await held();
  assert.match((await browser.get(path("siteName"))).text, 'value="示例茶叶商城"');
  const answer = await send(browser, path("siteName"), {
    version,
    siteName: "示例茶业商城",
    note: "电话里说好的",
  });
  assert.is(answer.status, 303);
  assert.is((await again(world, filing)).siteName, "示例茶业商城");
  const told = "网站名称由“示例茶叶商城”改为“示例茶业商城”";
  const own = await browser.get(pageOf(filing));
  assert.match(words(own.text), `李四代为更正：${told}，理由：电话里说好的`);
  const portal = await (await world.signInAs("张三")).get(`/filings/${filing.number}/history`);
  assert.match(portal.text, told);
  assert.not.match(portal.text, "电话里说好的");
  const [notice] = await world.db`
    select 1 from notices where filing_id = ${filing.id} and template = 'message-received'`;
  assert.ok(notice);
});

test("marks what it changed, also in a first round", async () => {
  const { filing, browser, path, version } = await held();
  await send(browser, path("siteName"), { version, siteName: "示例茶业商城" });
  const page = await browser.get(pageOf(filing));
  assert.match(page.text, "<del>示例茶叶商城</del> <ins>示例茶业商城</ins>");
});

test("refuses what changes nothing, and a page that was drawn before another save", async () => {
  const { browser, path, version } = await held();
  const same = await send(browser, path("siteName"), { version, siteName: "示例茶叶商城" });
  assert.is(same.status, 422);
  assert.match(same.text, "没有改动");
  await send(browser, path("siteName"), { version, siteName: "示例茶业商城" });
  const stale = await send(browser, path("siteName"), { version, siteName: "示例茶园" });
  assert.is(stale.status, 409);
});

test("asks for the claim, and for the provider", async () => {
  const { filing, path, version } = await held();
  const other = await world.signInAs("赵六");
  const answer = await send(other, path("siteName"), { version, siteName: "示例茶园" });
  assert.is(answer.status, 409);
  assert.match(answer.text, "正由另一位审核员办理");
  assert.is((await (await world.signInAs("冯二")).get(path("siteName"))).status, 404);
  assert.is((await (await world.signInAs("周八")).get(path("siteName"))).status, 403);
  assert.is((await again(world, filing)).siteName, "示例茶叶商城");
});

test("shows numbers masked, and takes the mask back as unchanged", async () => {
  const { filing, browser } = await held();
  const { subject } = arrange(await sectionsOf(world.store, filing));
  const path = pageOf(filing, `corrections/${subject.id}/mobile`);
  const page = await browser.get(path);
  assert.not.match(page.text, "13800005678");
  const back = await send(browser, path, { version: String(subject.version), mobile: "138****5678" });
  assert.is(back.status, 422);
});

test("does not take a domain that another filing has", async () => {
  const other = await submitted(world);
  const { filing, browser, path, version } = await held();
  const answer = await send(browser, path("domains"), { version, domains: other.domain ?? "" });
  assert.is(answer.status, 409);
  assert.match(answer.text, "证件号码或域名已有另一件备案");
  assert.is((await again(world, filing)).domain, filing.domain);
  const [hold] =
    await world.db`select 1 from filing_holds where filing_id = ${filing.id} and kind = 'domain'`;
  assert.ok(hold);
});

test("shows 客服 no corrected value", async () => {
  const { filing, browser, path, version } = await held();
  await send(browser, path("siteName"), { version, siteName: "示例茶业专卖店" });
  const page = await (await world.signInAs("周八")).get(pageOf(filing));
  assert.not.match(page.text, "由“示例茶叶商城”改为");
});

test.run();
