import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { offered, openChange, recordOf } from "../../support/moves.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("the pages of 转移 and 认领");
let world: World;
let bureau: number;
let zhang: Browser;
let wang: Browser;
test.before(async () => {
  world = await testWorld();
  bureau = await addBureau(world.store, world.people.isps.first);
  [zhang, wang] = [await world.signInAs("张三"), await world.signInAs("王五")];
});
test.before.each(async () => {
  await world.db`truncate rate_limits`;
});
test.after(() => world.close());

const page = "/account/transfers";
const accountId = () => registrantNamed(world.people, "张三").accountId;

/** Fills the form of 转移, asks for the code and sends it. */
async function give(record: { subjectId: number }, to: string) {
  await zhang.get(page);
  const first = {
    ...formOf(zhang.last, page),
    record: String(record.subjectId),
    to,
    channel: "mail",
    act: "send",
  };
  const sent = await zhang.post(page, first);
  const holder = `transfer:${accountId()}:${record.subjectId}:${to.toLowerCase()}`;
  const code = await world.codeFor("transfer", holder);
  const done = await zhang.post(page, { ...formOf(sent.text, page), code, act: "confirm" });
  return { sent, done, shown: await zhang.follow(done) };
}

test("lead a record from one account to the other", async () => {
  const record = await recordOf(world, bureau);
  const { done } = await give(record, "wangwu");
  assert.is(done.location, "/account/transfers?offered");
  const inbox = await wang.get(page);
  const move = /href="(\/account\/transfers\/\d+)"/.exec(inbox.text)?.[1] ?? "";
  assert.match((await wang.get(move)).text, record.number);
  const taken = await wang.post(move, { act: "accept" });
  assert.is(taken.location, "/account/transfers?accepted");
  assert.is((await wang.get(`/records/${record.subjectId}`)).status, 200);
  assert.is((await zhang.get(`/records/${record.subjectId}`)).status, 404);
  assert.is((await zhang.get(`/filings/${record.filing.number}`)).status, 404);
  assert.is((await wang.get(`/filings/${record.filing.number}`)).status, 200);
  assert.is((await wang.post(move, { act: "accept" })).location, "/account/transfers?accepted");
  assert.is((await wang.post(move, { act: "decline" })).location, "/account/transfers?over");
});

test("answer the same whoever the other name belongs to, or nobody", async () => {
  const seen: string[] = [];
  for (const to of ["wangwu", "qianyi", "nobody"]) {
    const record = await recordOf(world, bureau);
    const { sent, done, shown } = await give(record, to);
    assert.is(done.location, "/account/transfers?offered");
    const plain = (text: string) =>
      text
        .replace(/value="[\w-]{36,}"/g, "")
        .replace(`value="${record.subjectId}"`, "")
        .replaceAll(to, "name")
        .replaceAll(record.number, "number");
    const form = /<form method="post" action="\/account\/transfers"[\s\S]*?<\/form>/.exec(sent.text)?.[0];
    const waiting = new RegExp(`<li><h3><span class="n">${record.number}[\\s\\S]*?</li>`).exec(
      shown.text,
    )?.[0];
    const row = plain(waiting ?? "none").replace(/transfers\/\d+|<time[\s\S]*?<\/time>/g, "");
    seen.push(plain(form ?? "none") + row);
  }
  assert.not.match(seen[0] ?? "", "none");
  assert.is(seen[0], seen[1]);
  assert.is(seen[1], seen[2]);
});

test("say in a sentence why a record cannot go", async () => {
  const record = await recordOf(world, bureau);
  await openChange(world, record.subjectId);
  const send = (changes: object) =>
    zhang.post(page, { record: String(record.subjectId), to: "wangwu", act: "send", ...changes });
  assert.match((await send({})).text, "还有备案单在办理");
  assert.match((await send({ to: "ZhangSan" })).text, "这是您自己的用户名");
  assert.match((await send({ to: "a b" })).text, "用户名以字母开头");
  assert.match((await send({ record: "999999" })).text, "请选择要转移的备案");
  for (const answer of [await send({}), await send({ to: "" })]) assert.is(answer.status, 422);
});

test("let the giver take it back, and the receiver decline", async () => {
  const [one, two] = [await recordOf(world, bureau), await recordOf(world, bureau)];
  const [first, second] = [
    await offered(world, one.subjectId, "wangwu"),
    await offered(world, two.subjectId, "wangwu"),
  ];
  assert.is(
    (await zhang.post(`${page}/${first}`, { act: "withdraw" })).location,
    "/account/transfers?withdrawn",
  );
  assert.is((await wang.post(`${page}/${first}`, { act: "accept" })).location, "/account/transfers?over");
  assert.is((await wang.post(`${page}/${second}`, { act: "withdraw" })).status, 404);
  assert.is(
    (await wang.post(`${page}/${second}`, { act: "decline" })).location,
    "/account/transfers?declined",
  );
  const qian = await world.signInAs("钱一");
  assert.is((await qian.get(`${page}/${second}`)).status, 404);
});

test("claim a record by number, password and certificate, and merge with the owner's code", async () => {
  const record = await recordOf(world, bureau);
  const claim = (changes: object = {}) =>
    wang.post("/records/claim", {
      ...{ number: `${record.number}-1`, icpPassword: "Example1", certNo: record.certNo, ...changes },
    });
  world.lookups.password = () => "wrong";
  const wrong = await claim({ icpPassword: "Geheim42" });
  assert.is(wrong.status, 422);
  assert.match(wrong.text, "对不上");
  assert.not.match(wrong.text, "Geheim42");
  world.lookups.password = () => "right";
  assert.is((await claim()).location, "/records/claim?done=asked");
  const inbox = await zhang.get(page);
  const move = /href="(\/account\/transfers\/\d+)">查看并确认/.exec(inbox.text)?.[1] ?? "";
  const sent = await zhang.post(move, { act: "send", channel: "sms" });
  const code = await world.codeFor("transfer", `merge:${accountId()}:${move.split("/").at(-1)}`);
  const done = await zhang.post(move, { ...formOf(sent.text, move), act: "accept", code });
  assert.is(done.location, "/account/transfers?given");
  assert.is((await wang.get(`/records/${record.subjectId}`)).status, 200);
});

test("let 主管 move a record on behalf, with a reason", async () => {
  const record = await recordOf(world, bureau);
  const wu = await world.signInAs("吴九");
  const address = `/console/records/${record.subjectId}/transfer`;
  assert.match((await wu.get(address)).text, "zhangsan");
  assert.is((await wu.post(address, { to: "wangwu", reason: "" })).status, 422);
  assert.match((await wu.post(address, { to: "qianyi", reason: "x" })).text, "没有这个用户名");
  const done = await wu.post(address, { to: "wangwu", reason: "原经办人离职，看过单位公函" });
  assert.is(done.location, `${address}?moved`);
  assert.match((await wu.follow(done)).text, "原经办人离职，看过单位公函");
  assert.is((await zhang.get(`/records/${record.subjectId}`)).status, 404);
});

test.run();
