import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "../../support/app.ts";
import { password } from "../../support/people.ts";

const test = suite("an account");
let world: World;
test.before(async () => {
  world = await testWorld({ captcha: "off", loginCode: "off" });
});
test.before.each(async () => {
  await world.db`truncate rate_limits, codes cascade`;
});
test.after(() => world.close());

const holder = () => `account:${world.people.registrants.王五.id}`;
const fresh = "hongqi-piaopiao-17";

test("shows its address and number masked", async () => {
  const { text } = await (await world.signInAs("张三")).get("/account");
  assert.match(text, "z***n@example.cn");
  assert.match(text, "138****5678");
  assert.not.match(text, "13800005678");
});

test("takes a new name as it was meant", async () => {
  const wang = await world.signInAs("王五");
  const answer = await wang.post("/account", { name: "　王伍 ", customerNumber: "Ｃ100", remark: "" });
  assert.is(answer.status, 303);
  const page = await wang.get("/account");
  assert.match(page.text, 'value="王伍"');
  assert.match(page.text, 'value="C100"');
  assert.is((await wang.post("/account", { name: " " })).status, 422);
});

test("changes its address when the code sent to the new one is typed in", async () => {
  const wang = await world.signInAs("王五");
  const asked = await wang.post("/account/email", { value: "wangwu2@example.cn", current: password });
  assert.match(asked.text, "wangwu2@example.cn");
  const before = await world.visitor().post("/login", { login: "wangwu2@example.cn", password });
  assert.is(before.status, 422, "until then it is not theirs");
  const done = await wang.post("/account/email", { code: await world.codeFor("email-change", holder()) });
  assert.is(done.status, 303);
  assert.is((await world.visitor().post("/login", { login: "wangwu2@example.cn", password })).location, "/");
});

test("changes its number by a code in a short message", async () => {
  const wang = await world.signInAs("王五");
  await wang.post("/account/mobile", { value: "139 0000 7777", current: password });
  await wang.post("/account/mobile", { code: await world.codeFor("mobile-change", holder()) });
  assert.match((await wang.get("/account")).text, "139****7777");
});

test("asks for the password before it sends a code anywhere", async () => {
  const wang = await world.signInAs("王五");
  const answer = await wang.post("/account/email", { value: "new@example.cn", current: fresh });
  assert.match(answer.text, "登录密码不对");
  assert.match(answer.text, 'value="new@example.cn"');
  assert.is((await world.db`select 1 from codes`).length, 0);
});

test("does not tell that an address is somebody else's, but writes to that person", async () => {
  const wang = await world.signInAs("王五");
  const answer = await wang.post("/account/email", { value: "zhangsan@example.cn", current: password });
  assert.match(answer.text, "验证码已经发出");
  const tried = await wang.post("/account/email", { code: "123456" });
  assert.match(tried.text, "还可以再试4次");
  const told = await world.db`select account_id from notices where template = 'account-exists'`;
  assert.is(told.at(-1)?.accountId, world.people.registrants.张三.id);
});

test("ends its other sessions with a new password, and goes on in this one under a new secret", async () => {
  const here = await world.signInAs("张三");
  const there = await world.signInAs("张三");
  const secret = here.cookies.get(here.cookieName("session"));
  const wrong = await here.post("/account/password", {
    current: fresh,
    password: fresh,
    passwordAgain: fresh,
  });
  assert.match(wrong.text, "现在的密码不对");
  const answer = await here.post("/account/password", {
    current: password,
    password: fresh,
    passwordAgain: fresh,
  });
  assert.is(answer.status, 303);
  assert.is((await there.get("/account")).status, 303);
  assert.is((await here.get("/account")).status, 200);
  assert.not.equal(here.cookies.get(here.cookieName("session")), secret);
});

test("lists its devices and signs the others out", async () => {
  const here = await world.signInAs("钱一");
  const there = await world.signInAs("钱一");
  assert.match((await here.get("/account/sessions")).text, "Linux上的Chrome");
  await here.post("/account/sessions");
  assert.is((await there.get("/account")).status, 303);
  assert.is((await here.get("/account")).status, 200);
});

test.run();
