import { suite } from "uvu";
import * as assert from "uvu/assert";
import { factFinding } from "../../../src/controllers/console/filing-findings.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import { CONFIRMED, confirmation } from "../../../src/rules/index.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { again, drafted, looks, pageOf, sectionOf, send, submitted, words } from "../../support/console.ts";
import { act, bringTo, registrantNamed, reviewed, staffNamed } from "../../support/filings.ts";

const test = suite("the page of a filing on the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

const MOBILE = "13800005678";
const IDENTITY = "330108199001010010";

test("shows every field with numbers masked, and writes the look down", async () => {
  const filing = await submitted(world);
  const page = await (await world.signInAs("李四")).get(pageOf(filing));
  const text = words(page.text);
  for (const part of [
    "示例茶业（杭州）有限公司",
    "浙江省杭州市滨江区",
    "138****5678",
    "330108********0010",
    "张三",
  ])
    assert.match(text, part);
  for (const secret of [MOBILE, IDENTITY, "zhangsan@example.cn"]) assert.not.match(page.text, secret);
  const written = (await looks(world, "open-filing")).filter(({ filingId }) => filingId === filing.id);
  assert.equal(
    written.map(({ actorId }) => actorId),
    [world.people.staff.李四.id],
  );
});

test("shows 客服 everything personal masked, and no pictures", async () => {
  const filing = await submitted(world);
  const page = await (await world.signInAs("周八")).get(pageOf(filing));
  assert.match(words(page.text), "张*");
  assert.not.match(page.text, "张三");
  assert.not.match(page.text, "/materials/");
  assert.not.match(page.text, "disclosures");
});

test("masks the name of a person in lists for 客服 alone", async () => {
  const subject = { name: "欧阳云", nature: "5", certType: "2", certNo: IDENTITY, idNo: IDENTITY };
  const draft = await drafted(world, { subject });
  await world.db`update filings set state = 'initial_review', due_at = now() where id = ${draft.id}`;
  const list = async (name: "李四" | "周八") =>
    words((await (await world.signInAs(name)).get("/console/queue?stage=initial")).text);
  assert.match(await list("李四"), "欧阳云");
  assert.match(await list("周八"), "欧*云");
  assert.not.match(await list("周八"), "欧阳云");
});

const disclose = (browser: Browser, number: string, place: string, headers = {}, why = "") =>
  send(browser, `/console/filings/${number}/disclosures`, { place, ...(why ? { why } : {}) }, headers);

test("shows a masked value when asked, for that view only, with a reason in the audit log", async () => {
  const filing = await submitted(world);
  const subject = await sectionOf(world, filing, "subject");
  const browser = await world.signInAs("李四");
  const shown = await disclose(browser, filing.number, `${subject}.mobile`, {}, "call");
  assert.is(shown.status, 200);
  assert.match(shown.text, MOBILE);
  assert.not.match(shown.text, IDENTITY);
  assert.not.match((await browser.get(pageOf(filing))).text, MOBILE);
  const part = await disclose(browser, filing.number, `${subject}.idNo`, {
    "hx-target": `v-${subject}-idNo`,
  });
  assert.is(words(part.text).trim(), IDENTITY);
  assert.equal(
    (await looks(world, "show-value")).map(({ detail }) => detail),
    [
      { sectionId: subject, field: "mobile", reason: "call" },
      { sectionId: subject, field: "idNo", reason: "review" },
    ],
  );
});

test("shows values to nobody whose role does not see them, and none that is not in the filing", async () => {
  const [filing, other] = [await submitted(world), await submitted(world)];
  const place = `${await sectionOf(world, filing, "subject")}.mobile`;
  assert.is((await disclose(await world.signInAs("周八"), filing.number, place)).status, 403);
  assert.is((await disclose(await world.signInAs("冯二"), filing.number, place)).status, 404);
  const reviewer = await world.signInAs("李四");
  assert.is((await disclose(reviewer, other.number, place)).status, 404);
  assert.is((await disclose(reviewer, filing.number, "1.made-up")).status, 404);
});

test("marks what was returned and what changed since, with the old value", async () => {
  const filing = await submitted(world);
  const registrant = registrantNamed(world.people, "张三");
  const website = (await sectionsOf(world.store, filing)).find(({ kind }) => kind === "website");
  if (!website) throw new Error("no website");
  await reviewed(world.store, filing, "return-initial", staffNamed(world.people, "李四"), {
    reasons: [{ sectionId: website.id, field: "siteName", reason: "name-unrelated" }],
  });
  await saveSection(world.store, registrant, {
    filingId: filing.id,
    sectionId: website.id,
    version: website.version,
    values: { ...website.values, siteName: "示例茶业官方商城" },
  });
  await act(world.store, filing, "submit", registrant, { declared: true });
  const page = await (await world.signInAs("李四")).get(pageOf(filing));
  assert.match(page.text, "<del>示例茶叶商城</del> <ins>示例茶业官方商城</ins>");
  assert.match(page.text, "上次退回：网站名称与主办单位或网站内容不符");
  assert.match(words(page.text), "上次提交后改了1处");
  const list = await (await world.signInAs("李四")).get("/console/queue?stage=again");
  assert.match(list.text, "第2次");
});

test("names on top each place with something to look at, and what the registrant has confirmed", async () => {
  const certNo = "91330108MA2EXAMP00";
  const subject = { phone: "086-010-88881234", certNo };
  const draft = await drafted(world, { subject });
  const section = (await sectionsOf(world.store, draft)).find(({ kind }) => kind === "subject");
  if (!section) throw new Error("no subject");
  const values = { ...section.values, certNo };
  const confirmed = ["credit-code-check", "credit-code-province"].map((rule) =>
    confirmation(rule, "certNo", values),
  );
  await saveSection(world.store, registrantNamed(world.people, "张三"), {
    ...{ filingId: draft.id, sectionId: section.id, version: section.version },
    values: { ...values, [CONFIRMED]: confirmed },
  });
  await world.db`update filings set state = 'initial_review', due_at = now() where id = ${draft.id}`;
  const { text } = await (await world.signInAs("李四")).get(pageOf(draft));
  assert.match(text, `<a class="tag warn" href="#f-${section.id}-phone">主体负责人办公电话</a>`);
  assert.match(text, `id="f-${section.id}-phone"`);
  assert.match(text, new RegExp(`<a class="tag dim" href="#f-${section.id}-certNo">`));
  assert.match(text, /<span class="tag info">主办者已确认<\/span>/);
  assert.match(text, /title="[^"]{8,}">区号010/, "each sentence carries its source");
});

test("lists what only a person can judge, by field and by picture, at the stage it belongs to", async () => {
  const filing = await submitted(world);
  const reviewer = await world.signInAs("李四");
  const { text } = await reviewer.get(pageOf(filing));
  const fields = Number(/人工核对填报内容（(\d+)）/.exec(text)?.[1]);
  const pictures = Number(/人工核对材料（(\d+)）/.exec(text)?.[1]);
  assert.ok(fields > 0 && pictures > 0);
  assert.is(
    text.match(/<label class="pick" title="[^"]+"><input type="checkbox"><span>/g)?.length,
    fields + pictures,
  );
  const waiting = await bringTo(world.store, world.people, await drafted(world), "photo_due");
  assert.not.match((await reviewer.get(pageOf(waiting))).text, "人工核对");
});

test("gives what is asked about a blank field no link to a line that is not there", async () => {
  const filing = await submitted(world);
  const { text } = await (await world.signInAs("李四")).get(pageOf(filing));
  const leads = [...text.matchAll(/<p class="small"><a href="#(f-[^"]+)"/g)].map(([, id]) => id);
  assert.ok(leads.length > 0);
  for (const id of leads) assert.match(text, `id="${id}"`);
});

test("leads to the papers that the system fills in", async () => {
  const filing = await submitted(world);
  const reviewer = await world.signInAs("李四");
  const { text } = await reviewer.get(pageOf(filing));
  const form = new RegExp(`<a href="(${pageOf(filing)}/forms/verification\\?section=\\d+)">核验单</a>`);
  const [, path = ""] = form.exec(text) ?? [];
  const opened = await reviewer.get(path);
  assert.is(opened.status, 200);
  assert.match(opened.text, "示例茶业（杭州）有限公司");
});

test("links what a rule says of another filing with that filing", () => {
  const finding = {
    ...{ rule: "email-used-elsewhere", severity: "warning" as const, message: "请核对", source: "" },
    ...{ section: { kind: "subject" as const, id: 1 }, field: "email" },
  };
  const others = [
    { number: "20261101-0001", shares: ["email" as const] },
    { number: "20261101-0002", shares: ["phone" as const] },
  ];
  assert.equal(factFinding(finding, others).others, ["20261101-0001"]);
  assert.equal(factFinding({ ...finding, rule: "required" }, others).others, []);
});

test("names other filings of the same person", async () => {
  const [one, two] = [await submitted(world), await submitted(world)];
  const page = await (await world.signInAs("李四")).get(pageOf(one));
  assert.match(page.text, `/console/filings/${two.number}`);
  assert.match(page.text, "同一电话");
});

test("tells the history with the names of staff", async () => {
  const filing = await bringTo(world.store, world.people, await drafted(world), "photo_due");
  const page = words((await (await world.signInAs("赵六")).get(pageOf(filing))).text);
  assert.match(page, "李四初审通过");
  assert.match(page, "主办者提交初审");
});

test("exists for staff of its own provider alone", async () => {
  const filing = await submitted(world);
  assert.is((await (await world.signInAs("冯二")).get(pageOf(filing))).status, 404);
  assert.is((await (await world.signInAs("郑十")).get(pageOf(filing))).status, 403);
  const visitor = await world.visitor().get(pageOf(filing));
  assert.is(visitor.location, `/console/login?next=${encodeURIComponent(pageOf(filing))}`);
  assert.is((await again(world, filing)).state, "initial_review");
});

test("looks at pictures without a script too: another one, turned, enlarged", async () => {
  const filing = await submitted(world);
  const rows = await world.db<
    { id: number }[]
  >`select id from materials where filing_id = ${filing.id} order by id`;
  const browser = await world.signInAs("李四");
  const page = await browser.get(`${pageOf(filing)}?picture=${rows[1]?.id}&turn=1&zoom=2`);
  assert.match(page.text, 'data-turn="1" data-zoom="2"');
  assert.match(page.text, `<img src="${pageOf(filing)}/materials/${rows[1]?.id}/full"`);
});

test.run();
