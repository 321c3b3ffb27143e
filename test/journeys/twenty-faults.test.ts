import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Filing } from "../../src/models/filing/rows.ts";
import { complete, registrantNamed } from "../support/filings.ts";
import type { Person, Way } from "../support/journey-person.ts";
import { wayName } from "../support/journey-person.ts";
import { applicant } from "../support/journey-registrant.ts";
import { comesSignedIn } from "../support/journey-scene.ts";
import { type JourneyWorld, startJourneyWorld } from "../support/journey-world.ts";
import { type Fault, faults, faultyParts, leadsTo, named } from "../support/twenty-faults.ts";

const test = suite<{ world: JourneyWorld }>("a filing with twenty faults");
test.before(async (context) => {
  context.world = await startJourneyWorld();
});
test.after(({ world }) => world.close());

let serial = 300;

async function faulty(world: JourneyWorld): Promise<Filing> {
  const { certNo, domain } = applicant(++serial);
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), {
    ...{ certNo, domain },
    ...faultyParts(),
  });
  await world.db`
    update materials set retired_at = now() where filing_id = ${filing.id} and slot in ('certificate', 'form')`;
  return filing;
}

/** Every way out of the report with the words of its line. */
const lines = (at: Person) =>
  at.page.locator("#report a[href*='#']").evaluateAll((links) =>
    links.map((link) => ({
      href: link.getAttribute("href") ?? "",
      text: link.closest("li")?.textContent?.replace(/\s+/g, " ") ?? "",
    })),
  );

/** A link of the report leads to a control that is there, visible, named, and has the focus. */
async function isLedTo(at: Person, fault: Fault): Promise<void> {
  const { href = "" } = (await lines(at)).find((line) => leadsTo(fault, line.href)) ?? {};
  await at.page.locator(`#report a[href="${href}"]`).first().click();
  await at.quiet();
  const control = at.page.locator(`[id="${href.split("#")[1]}"]`);
  assert.ok(await control.isVisible(), `${named(fault)}: nothing to see at ${href}`);
  if (fault.slot) return;
  const labelled = await control.evaluate((one) => ((one as HTMLInputElement).labels?.length ?? 0) > 0);
  assert.ok(labelled, `${named(fault)} has no name`);
  assert.ok(
    await control.evaluate((one) => one === document.activeElement),
    `${named(fault)} has not the focus`,
  );
}

async function openReport(at: Person, filing: Filing): Promise<void> {
  await at.open(`/filings/${filing.number}/check`);
}

const ways: Way[] = [
  { js: true, width: 1280 },
  { js: false, width: 360 },
];

for (const way of ways) {
  test(`shows all of them at once, each with a way to its place, ${wayName(way)}`, async ({ world }) => {
    const filing = await faulty(world);
    const at = await comesSignedIn(world, way, "张三");
    await openReport(at, filing);
    const found = await lines(at);
    const missing = faults.filter(
      (fault) => !found.some(({ href, text }) => leadsTo(fault, href) && fault.says.test(text)),
    );
    assert.equal(missing.map(named), []);
    assert.match(await at.page.locator("#report-t").innerText(), /\d+处必须修改，\d+处建议核对/);
    await at.looksRight("the report with twenty faults");
    for (const fault of faults) {
      await isLedTo(at, fault);
      await openReport(at, filing);
    }
    await at.page.locator("#agree").check();
    const answer = at.page.waitForResponse((one) => /submission$/.test(one.url()));
    await at.press("提交初审");
    assert.is((await answer).status(), 422);
    assert.ok(await at.page.locator("#agree").isChecked());
    assert.is((await lines(at)).length, found.length, "the whole report stands there again");
    assert.equal(at.faults, []);
    await at.leaves();
  });

  test(`loses each as it is corrected, going from one to the next, ${wayName(way)}`, async ({ world }) => {
    const filing = await faulty(world);
    const at = await comesSignedIn(world, way, "张三");
    await openReport(at, filing);
    const typed = faults.filter(({ right }) => right !== undefined);
    await isLedTo(at, typed[0] as Fault);
    for (let steps = 0; steps < 60 && !at.page.url().includes("/check"); steps++) {
      const key = new URL(at.page.url()).searchParams.get("at") ?? "";
      const fault = typed.find((one) => at.page.url().includes(`/${one.page}?`) && one.key === key);
      if (fault) await at.page.locator(`#${key}`).fill(fault.right ?? "");
      if (!(await at.page.getByRole("button", { name: "保存，改下一处" }).count())) break;
      await at.press("保存，改下一处");
    }
    await openReport(at, filing);
    const left = await lines(at);
    const staying = typed.filter((fault) => left.some(({ href }) => leadsTo(fault, href)));
    // Corrected numbers still want the code that is sent to them.
    assert.equal(staying.map(named), []);
    const others = faults.filter(({ right }) => right === undefined);
    assert.equal(
      others.filter((fault) => !left.some(({ href }) => leadsTo(fault, href))).map(named),
      [],
      "what was not corrected stays",
    );
    assert.equal(at.faults, []);
    await at.leaves();
  });
}

test("shows the reviewer the warnings that were left", async ({ world }) => {
  const { certNo, domain } = applicant(++serial);
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), {
    ...{ certNo, domain, subject: { phone: "086-010-88881234" } },
  });
  const registrant = await comesSignedIn(world, { js: true, width: 1280 }, "张三");
  await openReport(registrant, filing);
  const [warning] = (await lines(registrant)).filter(({ text }) => text.includes("建议核对"));
  assert.match(warning?.text ?? "", "区号010");
  await registrant.page.locator("#agree").check();
  await registrant.press("提交初审");
  const reviewer = await comesSignedIn(world, { js: true, width: 1280 }, "李四");
  await reviewer.open(`/console/filings/${filing.number}`);
  const link = reviewer.page
    .getByRole("list", { name: "预审发现" })
    .getByRole("link", { name: "主体负责人办公电话" });
  const place = (await link.getAttribute("href"))?.slice(1) ?? "";
  await link.click();
  assert.ok(await reviewer.page.locator(`[id="${place}"]`).evaluate((one) => one === document.activeElement));
  const row = reviewer.page.locator("tr").filter({ has: reviewer.page.locator(`[id="${place}"]`) });
  assert.match(await row.innerText(), "区号010");
  await registrant.leaves();
  await reviewer.leaves();
});

test.run();
