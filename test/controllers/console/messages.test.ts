import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { messagesOf, writeMessage } from "../../../src/models/message/message.ts";
import { testWorld, type World } from "../../support/app.ts";
import { pageOf, send, submitted, words } from "../../support/console.ts";
import { registrantNamed } from "../../support/filings.ts";

const test = suite("messages on the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());
test.before.each(async () => {
  await world.db`update messages set read_at = now()`;
});

async function asked(): Promise<Filing> {
  const filing = await submitted(world);
  const actor = registrantNamed(world.people, "张三");
  await writeMessage(world.store, { filingId: filing.id, actor, requestId: newId() }, "门牌要不要改？");
  return filing;
}

test("wait in a list until somebody answers", async () => {
  const filing = await asked();
  const browser = await world.signInAs("周八");
  const list = await browser.get("/console/messages");
  assert.match(list.text, `${pageOf(filing)}#messages`);
  assert.match(words(list.text), "新留言1");
  assert.match((await browser.get(pageOf(filing))).text, "门牌要不要改？");
  const answer = await send(browser, pageOf(filing, "messages"), { body: "请按执照填写。" });
  assert.is(answer.status, 303);
  const [, reply] = await messagesOf(world.store, filing);
  assert.is(reply?.author, "周八");
  assert.not.match((await browser.get("/console/messages")).text, pageOf(filing));
});

test("that need no answer are put away", async () => {
  const filing = await asked();
  const browser = await world.signInAs("李四");
  await send(browser, pageOf(filing, "messages/read"));
  assert.match((await browser.get("/console/messages")).text, "没有等待答复的留言");
});

test("without words are not sent", async () => {
  const filing = await asked();
  const answer = await send(await world.signInAs("李四"), pageOf(filing, "messages"), { body: " " });
  assert.is(answer.status, 422);
  assert.match(answer.text, "请写下要说的话");
  assert.is((await messagesOf(world.store, filing)).length, 1);
});

test("are not there for another provider", async () => {
  const filing = await asked();
  const other = await world.signInAs("冯二");
  assert.not.match((await other.get("/console/messages")).text, filing.number);
  assert.is((await send(other, pageOf(filing, "messages"), { body: "您好" })).status, 404);
});

test.run();
