import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addDays, isoDate } from "../../../src/lib/dates.ts";
import { newId } from "../../../src/lib/ids.ts";
import { certificatesOf } from "../../../src/models/certificate/list.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { certificate, prepareCertificates } from "../../support/certificates.ts";
import { registrantNamed } from "../../support/filings.ts";
import { draftWithPlaces, prepareAll } from "../../support/materials.ts";
import { asFile, smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World; zhang: Browser }>("the page of 证件管理");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after(({ world }) => world.close());
test.after.each(async ({ world }) => {
  await world.db`delete from certificates`;
});

const zhang = ({ people }: World) => registrantNamed(people, "张三");
const all = (world: World) => certificatesOf(world.store, zhang(world));
const form = { kind: "leader", note: "李总的身份证", holder: "李四", validUntil: "2035年1月2日" };

test("takes a paper with what is said of it, and shows it when it is ready", async ({
  world,
  zhang: browser,
}) => {
  assert.match((await browser.get("/certificates")).text, "还没有存入证件");
  await browser.get("/certificates/new");
  const sides = { picture: asFile(await smallPhoto(80)), back: asFile(await smallPhoto(120)) };
  const sent = await browser.post("/certificates/new", { ...form, ...sides, requestId: newId() });
  assert.equal([sent.status, sent.location], [303, "/certificates"]);
  assert.match((await browser.get("/certificates")).text, "处理中");
  await prepareCertificates(world);
  const { text } = await browser.get("/certificates");
  assert.match(text, "李总的身份证");
  assert.match(text, "有效期至2035年1月2日");
  assert.not.match(text, "hx-trigger");
  const thumb = /src="(\/certificates\/\d+\/thumbnail\?v=\d+)"/.exec(text)?.[1] ?? "";
  const picture = await browser.get(thumb);
  assert.is(picture.headers.get("content-type"), "image/jpeg");
  assert.match(picture.headers.get("content-security-policy") ?? "", "sandbox");
  assert.is((await (await world.signInAs("王五")).get(thumb)).status, 404);
});

const wrong: [string, Record<string, string | File>, RegExp][] = [
  ["no picture", {}, /还没有选择图片/],
  ["a PDF", { picture: asFile(Buffer.from("%PDF-1.7"), "a.pdf") }, /只收图片/],
  ["the kind of a photo", { kind: "photo" }, /请选这是什么证件/],
  ["a day that is none", { validUntil: "2035-02-30" }, /有效期请写成2035-01-02这样的日期/],
  ["too long a name", { note: "长".repeat(101) }, /证件说明最多100个字，现在是101个字/],
];
for (const [what, fields, words] of wrong)
  test(`says what to do about ${what}, and keeps what was typed`, async ({ world, zhang: browser }) => {
    await browser.get("/certificates/new");
    const picture = what === "no picture" ? new File([], "") : asFile(await smallPhoto());
    const answer = await browser.post("/certificates/new", { ...form, picture, ...fields });
    assert.is(answer.status, 422);
    assert.match(answer.text, words);
    assert.match(answer.text, 'value="李四"');
    assert.is((await all(world)).length, 0);
  });

test("warns of what ends soon and what is over", async ({ world, zhang: browser }) => {
  const today = isoDate(new Date());
  await certificate(world, zhang(world), { validUntil: addDays(today, -1) });
  await certificate(world, zhang(world), { kind: "leader", validUntil: addDays(today, 40) });
  await certificate(world, zhang(world), { validUntil: addDays(today, 41) });
  const { text } = await browser.get("/certificates");
  assert.match(text, "已经过期，请换成新的");
  assert.match(text, "不到3个月，备案时会退回");
  assert.match(text, "不到3个月，请及时换新");
  assert.match(text, "有证件快到期或已经过期");
});

test("changes, replaces and deletes, and says when it was changed elsewhere", async ({
  world,
  zhang: browser,
}) => {
  const id = await certificate(world, zhang(world));
  const path = `/certificates/${id}`;
  const seen = /name="seen" value="(\d+)"/.exec((await browser.get(path)).text)?.[1] ?? "";
  const edit = { ...form, kind: "certificate", seen, note: "新的执照" };
  assert.is((await browser.post(path, edit)).status, 303);
  assert.match((await browser.get("/certificates")).text, "新的执照");
  assert.is((await browser.post(path, edit)).status, 409);
  assert.is((await browser.post(`${path}/removal`)).status, 303);
  assert.is((await browser.get(path)).status, 404);
  assert.is((await browser.post(`${path}/removal`)).status, 404);
});

test("is chosen for a slot, which then stands with the filing", async ({ world, zhang: browser }) => {
  const { filing, subject } = await draftWithPlaces(world, zhang(world));
  const page = `/filings/${filing.number}/materials`;
  assert.not.match((await browser.get(page)).text, "选择证件");
  const id = await certificate(world, zhang(world), { note: "总公司执照" });
  const over = await certificate(world, zhang(world), { validUntil: "2020-01-01" });
  assert.match((await browser.get(page)).text, "选择证件");
  const choice = `${page}/certificate/certificate?section=${subject}`;
  const shown = await browser.get(choice);
  assert.match(shown.text, "总公司执照");
  assert.not.match(shown.text, `value="${over}"`, "what is over cannot be chosen");
  assert.match((await browser.post(choice)).text, "请选一份证件");
  const sent = await browser.post(choice, { certificate: String(id), requestId: newId() });
  assert.equal([sent.status, sent.location], [303, `${page}#m-certificate-${subject}`]);
  await prepareAll(world, filing);
  assert.is((await currentMaterials(world.db, filing.id))[0]?.state, "ready");
  assert.match((await browser.get(page)).text, "已在证件管理");
  assert.match((await browser.get("/certificates")).text, `/filings/${filing.number}`);
});

test("is made of what lies in a slot", async ({ world, zhang: browser }) => {
  const { filing, subject } = await draftWithPlaces(world, zhang(world));
  const page = `/filings/${filing.number}/materials`;
  await browser.get(page);
  const picture = asFile(await smallPhoto(44));
  await browser.post(`${page}/certificate?section=${subject}`, { picture, requestId: newId() });
  await prepareAll(world, filing);
  assert.match((await browser.get(page)).text, "存入证件管理");
  const sent = await browser.post(`${page}/certificate/keeping?section=${subject}`, { requestId: newId() });
  assert.match(sent.location ?? "", /^\/certificates\/\d+\?filing=/);
  assert.match((await browser.follow(sent)).text, "已经存入证件管理");
  assert.is((await all(world)).length, 1);
});

test("does not exist for photos and forms, nor for staff who write for somebody", async ({
  world,
  zhang: browser,
}) => {
  const { filing, website } = await draftWithPlaces(world, zhang(world));
  const form = `/filings/${filing.number}/materials/form/certificate?section=${website}`;
  assert.is((await browser.get(form)).status, 404);
  assert.is((await browser.post(form, { certificate: "1" })).status, 404);
  const staff = await world.signInAs("周八");
  assert.match((await staff.get("/certificates")).location ?? "", "/login");
});

test.run();
