import type { CDPSession, Request } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Person } from "../support/journey-person.ts";
import { comesSignedIn, completeDraft } from "../support/journey-scene.ts";
import { type JourneyWorld, startJourneyWorld } from "../support/journey-world.ts";

const test = suite<{ world: JourneyWorld }>("a form while it is filled in");
test.before(async (context) => {
  context.world = await startJourneyWorld();
});
test.after(({ world }) => world.close());

/** 主办单位 of a draft without fault, at the computer. */
async function atSubject(world: JourneyWorld, js = true): Promise<Person> {
  const filing = await completeDraft(world);
  const at = await comesSignedIn(world, { js, width: 1280 }, "张三");
  await at.open(`/filings/${filing.number}/subject`);
  return at;
}

const marks = (at: Person, key: string) => at.page.locator(`#${key}-e`);
const focused = (at: Person): Promise<string> => at.page.evaluate(() => document.activeElement?.id ?? "");

/** What is posted from now on. */
function posts(at: Person): Request[] {
  const seen: Request[] = [];
  at.page.on("request", (request) => {
    if (request.method() === "POST") seen.push(request);
  });
  return seen;
}

/** A line on which every answer takes so many milliseconds. */
async function slowLine(at: Person, latency: number): Promise<CDPSession> {
  const session = await at.page.context().newCDPSession(at.page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency, downloadThroughput: 50_000, uploadThroughput: 50_000 },
  });
  return session;
}

test("says what is wrong with a field when it is left, without taking the focus from the next one", async ({
  world,
}) => {
  const at = await atSubject(world);
  const { page } = at;
  await page.locator("#emergency").fill("1390000");
  await page.keyboard.press("Tab");
  await page.keyboard.type("0571");
  await marks(at, "emergency").getByText("11位").waitFor();
  assert.is(await page.locator("#emergency").getAttribute("aria-invalid"), "true");
  assert.is(await page.locator("#emergency").inputValue(), "1390000", "what is wrong stays as typed");
  assert.is(await focused(at), "phone");
  await page.locator("#emergency").fill("13900001234");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.querySelector("#emergency-e")?.textContent?.trim() === "");
  assert.is(await page.locator("#emergency").getAttribute("aria-invalid"), null);
  assert.is(await page.locator("#phone").inputValue(), "0571");
  assert.match(await page.locator("#counts").innerText(), /1处必须修改/, "the number that was only begun");
  await at.quiet();
  assert.equal(at.faults, []);
  await at.leaves();
});

test("asks for nothing while the keys are pressed", async ({ world }) => {
  const at = await atSubject(world);
  const seen = posts(at);
  await at.page.locator("#investor").pressSequentially("甲乙丙丁投资有限公司", { delay: 60 });
  assert.is(seen.length, 0);
  await at.page.keyboard.press("Tab");
  await at.quiet();
  await at.page.waitForTimeout(400);
  assert.is(seen.length, 1, "once, when the field is left");
  await at.page.waitForTimeout(2500);
  assert.is(seen.length, 1, "and not again while nothing changes");
  await at.leaves();
});

test("says nothing yet of the field that somebody pauses in", async ({ world }) => {
  const at = await atSubject(world);
  const saved = at.page.waitForResponse((answer) => answer.request().method() === "POST");
  await at.page.locator("#emergency").fill("");
  await at.page.locator("#emergency").pressSequentially("139");
  await (await saved).finished();
  await at.quiet();
  assert.is((await marks(at, "emergency").innerText()).trim(), "");
  assert.is(await focused(at), "emergency");
  await at.page.keyboard.press("Tab");
  await marks(at, "emergency").getByText("11位").waitFor();
  await at.leaves();
});

for (const js of [true, false])
  test(`shows the usual spelling of a number, ${js ? "with" : "without"} JavaScript`, async ({ world }) => {
    const at = await atSubject(world, js);
    await at.type({ phone: "（０５７１）８８８８　１２３４", investor: "  示例茶业（杭州）有限公司 " });
    if (js) await at.page.keyboard.press("Tab");
    else await at.press("只保存草稿");
    await marks(at, "phone").getByText("已改写为").waitFor();
    await at.quiet();
    if (js) assert.is(await at.page.locator("#phone").inputValue(), "086-0571-88881234");
    else assert.match(await at.page.locator("#phone").inputValue(), /^086-?0571.*1234$|\*/);
    assert.is(await at.page.locator("#investor").inputValue(), "示例茶业（杭州）有限公司");
    assert.not.match(await marks(at, "investor").innerText(), "已改写");
    assert.equal(at.faults, []);
    await at.leaves();
  });

test("looks again at the number when the place changes that its region must fit", async ({ world }) => {
  const at = await atSubject(world);
  await at.page.locator("#province").selectOption("110000");
  await marks(at, "phone").locator("p").first().waitFor();
  await at.quiet();
  assert.match(await marks(at, "phone").innerText(), /北京|地区|区号/);
  await at.page.locator("#province").selectOption("330000");
  await at.page.waitForFunction(() => document.querySelector("#phone-e")?.textContent?.trim() === "");
  assert.equal(at.faults, []);
  await at.leaves();
});

test("loses no sign that is typed while a slow answer is on its way", async ({ world }) => {
  const at = await atSubject(world);
  const { page } = at;
  const session = await slowLine(at, 1500);
  await page.locator("#nature").selectOption("1");
  await page.locator("#investor").fill("");
  await page.locator("#investor").pressSequentially("甲乙丙丁戊己庚辛投资有限公司", { delay: 150 });
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("集团");
  assert.is(await focused(at), "investor");
  await session.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  });
  await page.waitForTimeout(300);
  await at.quiet();
  assert.is(await page.locator("#investor").inputValue(), "甲乙丙丁戊己庚辛投资集团有限公司");
  assert.is(await page.locator("#nature").inputValue(), "1");
  await at.goOn("只保存草稿", "主办");
  assert.is(await page.locator("#investor").inputValue(), "甲乙丙丁戊己庚辛投资集团有限公司");
  assert.equal(at.faults, []);
  await at.leaves();
});

test("takes two quick changes on a slow line in their order", async ({ world }) => {
  const at = await atSubject(world);
  const { page } = at;
  await slowLine(at, 800);
  await page.locator("#emergency").fill("139");
  await page.keyboard.press("Tab");
  await page.waitForTimeout(500);
  await page.locator("#emergency").fill("13900001235");
  await page.keyboard.press("Tab");
  await at.quiet();
  await page.waitForTimeout(500);
  await at.quiet();
  assert.is(
    (await marks(at, "emergency").innerText()).trim(),
    "",
    "the older answer is not said of the newer number",
  );
  await page.locator("#nature").selectOption("1");
  await page.locator("#certType").selectOption({ index: 1 });
  const chosen = await page.locator("#certType").inputValue();
  await at.quiet();
  await page.waitForTimeout(500);
  await at.quiet();
  assert.is(await page.locator("#nature").inputValue(), "1");
  assert.ok(chosen !== "");
  await at.goOn("只保存草稿", "主办");
  assert.equal(at.faults, []);
  await at.leaves();
});

test("is silent about a line that is down until somebody saves", async ({ world }) => {
  const at = await atSubject(world);
  await at.page.context().setOffline(true);
  await at.type({ investor: "断网投资有限公司" });
  await at.page.keyboard.press("Tab");
  await at.page.locator("#saved-text").getByText("还没有保存").waitFor();
  assert.is(await at.page.locator("#line").count(), 0);
  await at.page.context().setOffline(false);
  await at.page.locator("#saved-text").getByText("草稿已保存").waitFor();
  await at.leaves();
});

test.run();
