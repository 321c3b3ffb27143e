import { suite } from "uvu";
import * as assert from "uvu/assert";
import { captchaText } from "../../../src/models/captcha/captchas.ts";
import { hosts, testWorld, type World } from "../../support/app.ts";
import { type Recorded, recordOf } from "../../support/moves.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("a forgotten number");
let world: World;
let record: Recorded;
test.before(async () => {
  world = await testWorld();
  record = await recordOf(world, await addBureau(world.store, world.people.isps.first));
});
test.before.each(async () => {
  await world.db`truncate rate_limits, codes cascade`;
});
test.after(() => world.close());

async function ask(q: string, host = hosts.first) {
  const visitor = world.visitor(host);
  await visitor.get("/recovery");
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(visitor.last)?.[1] ?? "";
  const answer = await visitor.post("/recovery", {
    q,
    captchaId,
    captcha: captchaText(world.store.vault, captchaId),
  });
  return { visitor, answer, page: await visitor.follow(answer) };
}

const holder = () => `record:${record.subjectId}`;

test("is shown by domain or certificate, after the code of the phone on record", async () => {
  for (const q of [`https://www.${record.domain}/`, record.certNo.toLowerCase()]) {
    const { visitor, answer, page } = await ask(q);
    assert.is(answer.location, "/recovery/code");
    assert.not.match(page.text, record.number);
    const done = await visitor.post("/recovery/code", { code: await world.codeFor("recovery", holder()) });
    assert.is(done.location, "/recovery/code");
    const shown = await visitor.follow(done);
    assert.match(shown.text, record.number);
    assert.match(shown.text, `${record.number}-1`);
    await world.letAMinutePass();
  }
});

/** The page without what differs each time: the token, and the two digits that a stranger cannot judge. */
const plain = (text: string) =>
  text.replace(/value="[\w-]{80,}"/g, "").replace(/<span class="n">\d\d<\/span>/, "");

test("is not told from one that is not there: same answer, same page, same answers to a try", async () => {
  const [known, unknown] = [await ask(record.domain), await ask("meiyou-zhege.cn")];
  assert.equal(
    [known.answer.status, known.answer.location],
    [unknown.answer.status, unknown.answer.location],
  );
  assert.is(plain(known.page.text), plain(unknown.page.text));
  assert.match(unknown.page.text, /<span class="n">\d\d<\/span>/);
  for (let turn = 0; turn < 6; turn++) {
    const [one, two] = [
      await known.visitor.post("/recovery/code", { code: "000000" }),
      await unknown.visitor.post("/recovery/code", { code: "000000" }),
    ];
    assert.is(one.status, 422);
    assert.is(plain(one.text), plain(two.text));
  }
  assert.is((await world.db`select 1 from notices where template = 'code-recovery'`).length > 0, true);
  assert.is((await world.db`select 1 from codes where holder like 'nobody:%'`).length, 1);
});

test("is looked for with a captcha, and shows no digit of a phone before it", async () => {
  const visitor = world.visitor();
  const { status, text } = await visitor.post("/recovery", { q: record.domain });
  assert.is(status, 422);
  assert.not.match(text, "尾号");
  assert.is((await visitor.get("/recovery/code")).location, "/recovery");
});

test("is asked for five times an hour, there or not, and sent five times however it is asked for", async () => {
  for (const q of [record.domain, "meiyou-zhege.cn"]) {
    for (let turn = 0; turn < 5; turn++) assert.is((await ask(q)).answer.status, 303);
    assert.is((await ask(q)).answer.status, 429);
  }
  await world.letAMinutePass();
  const before = (await world.db`select 1 from notices where template = 'code-recovery'`).length;
  assert.is((await ask(record.certNo)).answer.status, 303);
  assert.is((await world.db`select 1 from notices where template = 'code-recovery'`).length, before);
});

test("is not found at another provider's host", async () => {
  await ask(record.domain, hosts.second);
  assert.is((await world.db`select 1 from codes where holder = ${holder()}`).length, 0);
  await ask(record.domain, hosts.neutral);
  assert.is((await world.db`select 1 from codes where holder = ${holder()}`).length, 1);
});

test("stands in no address and is refused when it is neither domain nor certificate", async () => {
  const { answer } = await ask("张三");
  assert.is(answer.status, 422);
  assert.match(answer.text, "请填写域名");
});

test("has a password that nobody here holds: the page says how the bureau gives one, and checks one for who is signed in", async () => {
  const page = await world.visitor().get("/recovery/password");
  assert.match(page.text, "本系统不保存备案密码");
  assert.not.match(page.text, 'name="icpPassword"');
  const zhang = await world.signInAs("张三");
  await zhang.get("/recovery/password");
  const send = (icpPassword: string) =>
    zhang.post("/recovery/password", { number: record.number, icpPassword });
  const wasRight = await send("Example1");
  assert.match(wasRight.text, "的备案密码是对的");
  world.lookups.password = () => "wrong";
  const wasWrong = await send("Geheim42");
  assert.is(wasWrong.status, 422);
  assert.not.match(wasWrong.text, "Geheim42");
  for (let turn = 0; turn < 3; turn++) await send("x");
  assert.match((await send("x")).text, "试的次数太多了");
});

test.run();
