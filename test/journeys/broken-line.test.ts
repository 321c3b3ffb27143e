import { suite } from "uvu";
import * as assert from "uvu/assert";
import { act, registrantNamed, reviewed, staffNamed } from "../support/filings.ts";
import { type Way, wayName } from "../support/journey-person.ts";
import { applicant } from "../support/journey-registrant.ts";
import { comesSignedIn, completeDraft, countOf } from "../support/journey-scene.ts";
import { type JourneyWorld, startJourneyWorld } from "../support/journey-world.ts";

const ways: Way[] = [
  { js: true, width: 360 },
  { js: false, width: 360 },
];

const test = suite<{ world: JourneyWorld }>("what goes wrong on the way");
test.before(async (context) => {
  context.world = await startJourneyWorld();
});
test.after(({ world }) => world.close());

test("saves by itself what was typed before the window was closed", async ({ world }) => {
  const filing = await completeDraft(world);
  const at = await comesSignedIn(world, { js: true, width: 360 }, "张三");
  await at.open(`/filings/${filing.number}/subject`);
  const saved = at.page.waitForResponse((answer) => answer.request().method() === "POST");
  await at.type({ investor: "甲投资有限公司" });
  assert.is((await saved).status(), 200);
  await at.page.close({ runBeforeUnload: false });
  const again = await at.anotherWindow();
  await again.open(`/filings/${filing.number}/subject`);
  assert.is(await again.page.locator("#investor").inputValue(), "甲投资有限公司");
  await at.leaves();
});

test("keeps what was typed while the line is down, and saves it afterwards", async ({ world }) => {
  const filing = await completeDraft(world);
  const at = await comesSignedIn(world, { js: true, width: 360 }, "张三");
  await at.open(`/filings/${filing.number}/subject`);
  await at.page.context().setOffline(true);
  await at.type({ investor: "乙投资有限公司" });
  await at.press("保存并继续");
  await at.sees("主办单位");
  await at.reads("没有连上服务器，刚才的内容还没有保存");
  assert.not.match(await at.page.locator("#saved-text").innerText(), "草稿已保存");
  assert.is(await at.page.locator("#investor").inputValue(), "乙投资有限公司");
  await at.page.context().setOffline(false);
  await at.goOn("保存并继续", "网站");
  await at.open(`/filings/${filing.number}/subject`);
  assert.is(await at.page.locator("#investor").inputValue(), "乙投资有限公司");
  await at.leaves();
});

test("says at once that a filing submitted elsewhere takes nothing any more", async ({ world }) => {
  const filing = await completeDraft(world);
  const at = await comesSignedIn(world, { js: true, width: 360 }, "张三");
  await at.open(`/filings/${filing.number}/subject`);
  await act(world.store, filing, "submit", registrantNamed(world.people, "张三"), { declared: true });
  await at.type({ investor: "戊投资有限公司" });
  await at.page.locator("#line").waitFor();
  await at.reads("现在不能修改，刚才填的没有保存");
  await at.leaves();
});

test("keeps the saved draft when a page without scripts is sent into a dead line", async ({ world }) => {
  const filing = await completeDraft(world);
  const at = await comesSignedIn(world, { js: false, width: 360 }, "张三");
  await at.open(`/filings/${filing.number}/subject`);
  await at.type({ investor: "丙投资有限公司" });
  await at.press("只保存草稿");
  await at.reads("草稿已保存");
  await at.page.context().setOffline(true);
  await at.type({ investor: "丁投资有限公司" });
  await at.page.getByRole("button", { name: "保存并继续" }).click();
  await at.page.context().setOffline(false);
  await at.open(`/filings/${filing.number}/subject`);
  assert.is(await at.page.locator("#investor").inputValue(), "丙投资有限公司");
  await at.leaves();
});

for (const way of ways) {
  test(`tells the second of two windows and lets it choose, ${wayName(way)}`, async ({ world }) => {
    const filing = await completeDraft(world);
    const first = await comesSignedIn(world, way, "张三");
    const second = await first.anotherWindow();
    for (const window of [first, second]) await window.open(`/filings/${filing.number}/subject`);
    await first.type({ investor: "先保存的公司" });
    await first.goOn("保存并继续", "网站");
    await second.type({ investor: "后保存的公司" });
    await second.press("保存并继续");
    const told = second.page.getByRole("heading", { name: "别的窗口已经保存过这一页" });
    await told.waitFor();
    assert.ok(await second.page.locator("[role=alert]").evaluate((box) => box === document.activeElement));
    await second.reads("别的窗口保存的是：先保存的公司");
    assert.is(await second.page.locator("#investor").inputValue(), "后保存的公司");
    await second.goOn("保存并继续", "网站");
    await first.open(`/filings/${filing.number}/subject`);
    assert.is(await first.page.locator("#investor").inputValue(), "后保存的公司");
    assert.equal([...first.faults, ...second.faults], []);
    await first.leaves();
  });

  test(`shows what was saved when one goes back, and takes it once more, ${wayName(way)}`, async ({
    world,
  }) => {
    const filing = await completeDraft(world);
    const at = await comesSignedIn(world, way, "张三");
    await at.open(`/filings/${filing.number}/subject`);
    await at.type({ investor: "回来看看的公司" });
    await at.goOn("保存并继续", "网站");
    await at.page.goBack();
    await at.sees("主办单位");
    await at.quiet();
    assert.is(await at.page.locator("#investor").inputValue(), "回来看看的公司");
    await at.type({ investor: "再改一次的公司" });
    await at.goOn("保存并继续", "网站");
    assert.equal(at.faults, []);
    await at.leaves();
  });

  test(`opens one filing and submits it once when buttons are pressed twice, ${wayName(way)}`, async ({
    world,
  }) => {
    const at = await comesSignedIn(world, way, "王五");
    const { certNo, domain } = applicant(way.js ? 201 : 202);
    await at.open("/filings/new");
    await at.choose("nature", "4", "选好性质以后，更新证件类型");
    await at.choose("certType", "1");
    await at.type({ certNo, domain });
    await at.page.getByRole("button", { name: "开始填写" }).dblclick();
    await at.quiet();
    await at.sees("主办单位");
    const opened = await world.db`select 1 from filings where domain = ${domain}`;
    assert.is(opened.length, 1);

    const filing = await completeDraft(world);
    const owner = await comesSignedIn(world, way, "张三");
    await owner.open(`/filings/${filing.number}/check`);
    await owner.page.locator("#agree").check();
    await owner.page.getByRole("button", { name: "提交初审" }).dblclick();
    await owner.quiet();
    await owner.reads("等待信息初审");
    assert.is(await countOf(world, filing, "submit"), 1);
    assert.equal([...at.faults, ...owner.faults], []);
    await at.leaves();
    await owner.leaves();
  });

  test(`refuses in words what a page offers that was left open, ${wayName(way)}`, async ({ world }) => {
    const filing = await completeDraft(world);
    const first = await comesSignedIn(world, way, "张三");
    const [form, summary, own] = [
      await first.anotherWindow(),
      await first.anotherWindow(),
      await first.anotherWindow(),
    ];
    await form.open(`/filings/${filing.number}/subject`);
    for (const window of [first, summary]) {
      await window.open(`/filings/${filing.number}/check`);
      await window.page.locator("#agree").check();
    }
    await first.press("提交初审");
    await own.open(`/filings/${filing.number}`);

    await summary.press("提交初审");
    await summary.reads("已经不在这一步了");
    await form.type({ investor: "来晚了的公司" });
    await form.press("保存并继续");
    await form.reads("已经不在这一步了");
    await act(world.store, filing, "claim", staffNamed(world.people, "李四"));
    await own.press("撤回修改");
    await own.reads("正由另一位审核员办理");
    assert.is(await countOf(world, filing, "submit"), 1);
    await own.open(`/filings/${filing.number}/check`);
    assert.not.match(await own.read(), "来晚了的公司");
    assert.equal(
      [first, form, summary, own].flatMap(({ faults }) => faults),
      [],
    );
    await first.leaves();
  });

  test(`refuses a decision on what somebody else has decided, ${wayName(way)}`, async ({ world }) => {
    const { store, people } = world;
    const filing = await completeDraft(world);
    await act(store, filing, "submit", registrantNamed(people, "张三"), { declared: true });
    const at = await comesSignedIn(world, way, "李四");
    await at.open(`/console/filings/${filing.number}`);
    await at.press(/^领取这件/);
    await at.page.locator('input[name="reason"]').first().check();
    await act(store, filing, "release", staffNamed(people, "李四"));
    await reviewed(store, filing, "approve", staffNamed(people, "吴九"));
    await at.press(/^退回/);
    await at.reads("已经不在这一步了");
    assert.is(await countOf(world, filing, "return-initial"), 0);
    // Pictures of a filing that a test made have no bytes.
    assert.equal(
      at.faults.filter((fault) => !fault.includes("/materials/")),
      [],
    );
    await at.leaves();
  });
}

test.run();
