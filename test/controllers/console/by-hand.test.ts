import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Filing, maybeFiling } from "../../../src/models/filing/rows.ts";
import { save } from "../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import { recordOfFiling } from "../../../src/models/record/rows.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World }>("a filing that the bureau's version cannot carry");

test.before(async (context) => {
  context.world = await testWorld();
  await addBureau(context.world.store, context.world.people.isps.first);
});
test.after(({ world }) => world.close());

/** An app that waits to be sent; an ordinary website where `serviceType` says so. */
async function ready({ store, people }: World, serviceType = "6"): Promise<Filing> {
  const made = await complete(store, registrantNamed(people, "张三"), freshParts());
  const filing = await bringTo(store, people, made, "ready");
  await inTransaction(store, async (inside) => {
    const site = (await sectionsOf(inside, filing)).find(({ kind }) => kind === "website");
    if (site) await save(inside, filing, site, { ...site.values, serviceType });
  });
  return filing;
}

const requestId = (browser: Browser): string =>
  /name="requestId" value="([^"]+)"/.exec(browser.last)?.[1] ?? "";

const stateOf = async ({ db }: World, { id }: Filing) => (await maybeFiling(db, id))?.state;

test("stays with 上报, who sees why and enters what was done by hand, to the number", async ({ world }) => {
  const filing = await ready(world);
  const browser = await world.signInAs("孙七");
  const page = `/console/filings/${filing.number}`;
  const { text } = await browser.get(page);
  assert.match(text, /接口版本不支持，需人工上报。接口不能报：应用服务类型（APP）。/);
  assert.match(text, /只保存在本系统：[^<]*主体负责人应急联系电话/);
  await browser.post(`${page}/upload`);
  assert.is(await stateOf(world, filing), "ready");
  await browser.get(`${page}/by-hand`);
  assert.is((await browser.post(`${page}/by-hand`, { act: "reported", evidence: " " })).status, 422);
  const evidence = "11月18日在管局网站录入，经办人孙七";
  const sent = { act: "reported", evidence, requestId: requestId(browser) };
  assert.is((await browser.post(`${page}/by-hand`, sent)).status, 303);
  assert.is(await stateOf(world, filing), "at_bureau");
  assert.match((await browser.get(page)).text, /这件是人工上报的/);
  await browser.get(`${page}/numbers`);
  const [site] = (await sectionsOf(world.store, filing)).filter(({ kind }) => kind === "website");
  const numbers = {
    ...{ subjectNumber: "浙ICP备2026000123号", [`site${site?.id}`]: "浙ICP备2026000123号-1A" },
    ...{ evidence: "公共查询页面", requestId: requestId(browser) },
  };
  assert.is((await browser.post(`${page}/numbers`, numbers)).status, 303);
  assert.is(await stateOf(world, filing), "numbered");
  const record = await recordOfFiling(world.store, filing.id);
  assert.is(record?.websites[0]?.number, "浙ICP备2026000123号-1A");
});

test("comes back when the bureau refuses it", async ({ world }) => {
  const filing = await ready(world);
  const browser = await world.signInAs("孙七");
  const path = `/console/filings/${filing.number}/by-hand`;
  for (const [act, state] of [
    ["reported", "at_bureau"],
    ["refused", "bureau_returned"],
  ] as const) {
    await browser.get(path);
    await browser.post(path, { act, evidence: "电话告知", requestId: requestId(browser) });
    assert.is(await stateOf(world, filing), state);
  }
});

test("is the only one that may be reported by hand", async ({ world }) => {
  const filing = await ready(world, "1");
  const browser = await world.signInAs("孙七");
  const path = `/console/filings/${filing.number}/by-hand`;
  assert.match((await browser.get(path)).text, /没有要人工上报的/);
  const done = await browser.post(path, { act: "reported", evidence: "电话告知" });
  assert.is(done.status, 409);
  assert.is(await stateOf(world, filing), "ready");
});

test.run();
