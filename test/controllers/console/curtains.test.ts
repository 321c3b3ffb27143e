import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { maybeCurtain, orderCurtain } from "../../../src/models/curtain/curtain.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { drafted, looks, send, words } from "../../support/console.ts";
import { bringTo, registrantNamed } from "../../support/filings.ts";
import { readPdf } from "../../support/pdf.ts";

const test = suite("curtain orders on the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

const order = {
  recipient: "钱多多",
  phone: "13900001111",
  address: "浙江省杭州市滨江区示例路100号",
  remark: "工作日送",
};

async function ordered(): Promise<Filing> {
  const filing = await bringTo(world.store, world.people, await drafted(world), "photo_due");
  const actor = registrantNamed(world.people, "张三");
  await orderCurtain(world.store, { filingId: filing.id, actor, requestId: newId() }, order);
  return filing;
}

const parcel = { courier: "顺丰速运", trackingNumber: "sf 1234567890" };

test("show whoever posts them where to, and write each look down", async () => {
  const filing = await ordered();
  const page = await (await world.signInAs("周八")).get("/console/curtains");
  for (const part of [order.recipient, order.phone, order.address, order.remark])
    assert.match(page.text, part);
  const written = (await looks(world, "open-curtain")).filter(({ filingId }) => filingId === filing.id);
  assert.equal(
    written.map(({ actorId }) => actorId),
    [world.people.staff.周八.id],
  );
});

test("wait no longer where the filing went on without, and no address is shown then", async () => {
  const filing = await ordered();
  const browser = await world.signInAs("周八");
  assert.match((await browser.get("/console/curtains")).text, filing.number);
  await world.db`update filings set state = 'cancelled' where id = ${filing.id}`;
  for (const path of ["/console/curtains", "/console/curtains/labels"])
    assert.not.match((await browser.get(path)).text, filing.number);
  assert.is((await browser.get("/console/curtains?state=constructor")).status, 200);
});

test("are posted under a number, told to the registrant, and masked from then on", async () => {
  const filing = await ordered();
  const browser = await world.signInAs("周八");
  const answer = await send(browser, `/console/curtains/${filing.number}/parcel`, parcel);
  assert.is(answer.status, 303);
  const curtain = await maybeCurtain(world.store, filing);
  assert.is(curtain?.state, "posted");
  assert.is(curtain?.trackingNumber, "SF1234567890");
  const [notice] = await world.db`
    select 1 from notices where filing_id = ${filing.id} and template = 'curtain-posted'`;
  assert.ok(notice);
  const page = await browser.get("/console/curtains?state=posted");
  assert.match(page.text, "SF1234567890");
  assert.match(page.text, "139****1111");
  assert.not.match(page.text, order.phone);
  assert.not.match(page.text, order.address);
});

test("keep what was typed when the number is wrong, and say what is", async () => {
  const filing = await ordered();
  const answer = await send(await world.signInAs("周八"), `/console/curtains/${filing.number}/parcel`, {
    courier: "中通快递",
    trackingNumber: "单号",
  });
  assert.is(answer.status, 422);
  assert.match(answer.text, "快递单号应为6–32位字母和数字");
  assert.match(answer.text, 'value="单号"');
  assert.is((await maybeCurtain(world.store, filing))?.state, "ordered");
});

test("say so when the curtain is not where the page thought", async () => {
  const filing = await ordered();
  const browser = await world.signInAs("周八");
  const early = await send(browser, `/console/curtains/${filing.number}/receipt`);
  assert.is(early.status, 409);
  assert.match(early.text, "没有找到对应的幕布");
  await send(browser, `/console/curtains/${filing.number}/parcel`, parcel);
  const twice = await send(browser, `/console/curtains/${filing.number}/parcel`, parcel);
  assert.is(twice.status, 409);
  assert.is((await send(browser, `/console/curtains/${filing.number}/loss`)).status, 303);
  assert.is((await maybeCurtain(world.store, filing))?.state, "lost");
});

test("print labels of what waits to be posted", async () => {
  const filing = await ordered();
  const page = await (await world.signInAs("周八")).get("/console/curtains/labels");
  assert.match(words(page.text), new RegExp(`${order.recipient} 收\\s${order.phone}`));
  const own = async () =>
    (await looks(world, "print-labels")).filter(({ filingId }) => filingId === filing.id).length;
  assert.is(await own(), 1);
  const pdf = await (await world.signInAs("周八")).get("/console/curtains/labels.pdf?skip=2");
  assert.is(pdf.headers.get("content-disposition"), 'attachment; filename="labels.pdf"');
  assert.is(pdf.headers.get("cache-control"), "no-store");
  assert.match(readPdf(pdf.bytes).text, order.address);
  assert.is(await own(), 2);
});

test("are nothing for another provider, nor for who only administers", async () => {
  const filing = await ordered();
  const other = await world.signInAs("冯二");
  assert.not.match((await other.get("/console/curtains")).text, order.phone);
  assert.is((await send(other, `/console/curtains/${filing.number}/parcel`, parcel)).status, 404);
  assert.is((await (await world.signInAs("郑十")).get("/console/curtains")).status, 403);
});

test.run();
