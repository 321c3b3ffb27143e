import { suite } from "uvu";
import * as assert from "uvu/assert";
import { captchaText } from "../../../src/models/captcha/captchas.ts";
import { hosts, testWorld, type World } from "../../support/app.ts";
import { password } from "../../support/people.ts";

const test = suite("login");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.before.each(async () => {
  await world.db`truncate rate_limits, known_devices, account_sessions, codes cascade`;
});
test.after(() => world.close());

const holder = () => `account:${world.people.registrants.张三.id}`;
const wrong = "qingshan-lvshui-43";

/** Through both steps, by user name. */
async function signedIn(remember = false) {
  const visitor = world.visitor();
  await visitor.follow(await visitor.post("/login", { login: "zhangsan", password }));
  const code = await world.codeFor("login", holder());
  const answer = await visitor.post("/login/code", { code, ...(remember ? { remember: "1" } : {}) });
  await visitor.follow(answer);
  return { visitor, answer };
}

for (const login of ["zhangsan", "ZHANGSAN", "zhangsan@example.cn", "ZhangSan@Example.cn"])
  test(`takes ${login} and asks a new device for the code of the mail`, async () => {
    const visitor = world.visitor();
    const answer = await visitor.post("/login", { login, password });
    assert.is(answer.location, "/login/code");
    assert.is((await world.db`select 1 from account_sessions`).length, 0);
    const page = await visitor.follow(answer);
    assert.match(page.text, "z***n@example.cn");
    const wrongCode = await visitor.post("/login/code", { code: "" });
    assert.is(wrongCode.status, 422);
    const inside = await visitor.post("/login/code", { code: await world.codeFor("login", holder()) });
    assert.is(inside.location, "/");
    assert.match((await visitor.get("/")).text, "张三");
  });

test("asks a remembered device for no code, and one that is not for it again", async () => {
  const { visitor } = await signedIn(true);
  await visitor.follow(await visitor.post("/logout"));
  assert.is((await visitor.post("/login", { login: "zhangsan", password })).location, "/");
  const other = world.visitor();
  assert.is((await other.post("/login", { login: "zhangsan", password })).location, "/login/code");
});

test("sends the code by short message to who asks for that", async () => {
  const visitor = world.visitor();
  await visitor.follow(await visitor.post("/login", { login: "zhangsan", password }));
  assert.is((await visitor.post("/login/code", { act: "sms" })).status, 422, "not within a minute");
  await world.letAMinutePass();
  const page = await visitor.post("/login/code", { act: "sms" });
  assert.match(page.text, "138****5678");
  const [notice] = await world.db`select channel from notices order by created_at desc limit 1`;
  assert.is(notice?.channel, "sms");
});

test("greets with the last login", async () => {
  await signedIn();
  await world.letAMinutePass();
  const { visitor } = await signedIn();
  assert.match(visitor.last, "上次登录");
  assert.match(visitor.last, "203.0.113.*");
  assert.match(visitor.last, "Windows上的Chrome");
});

test("answers a wrong password and an unknown name with the same words", async () => {
  const shape = (text: string, login: string) =>
    text
      .replaceAll(login, "…")
      .replace(/value="[\w-]{80,}"/g, "")
      .replace(/content="[^"]*"/g, "");
  const known = await world.visitor().post("/login", { login: "zhangsan", password: wrong });
  const unknown = await world.visitor().post("/login", { login: "nobody99", password: wrong });
  assert.is(known.status, 422);
  assert.is(unknown.status, 422);
  assert.is(shape(known.text, "zhangsan"), shape(unknown.text, "nobody99"));
  assert.match(known.text, "用户名（电子邮箱）或密码不对");
});

test("does not know an account of another provider at this host", async () => {
  const here = await world.visitor(hosts.first).post("/login", { login: "qianyi", password });
  assert.is(here.status, 422);
  const neutral = await world.visitor(hosts.neutral).post("/login", { login: "qianyi", password });
  assert.is(neutral.location, "/login/code");
});

test("lets nobody in with a session that was there before the login", async () => {
  const visitor = world.visitor();
  visitor.setCookie("session", "planted-by-somebody-else");
  await visitor.follow(await visitor.post("/login", { login: "zhangsan", password }));
  await visitor.post("/login/code", { code: await world.codeFor("login", holder()) });
  const secret = visitor.cookies.get(visitor.cookieName("session"));
  assert.ok(secret && secret !== "planted-by-somebody-else");
  const [session] = await world.db<{ id: string }[]>`select id from account_sessions`;
  assert.not.equal(session?.id, secret, "the table holds a digest");
  const thief = world.visitor();
  thief.setCookie("session", session?.id ?? "");
  assert.is((await thief.get("/account")).status, 303, "the digest opens nothing");
});

test("ends the session on both sides at 退出", async () => {
  const { visitor } = await signedIn();
  const secret = visitor.cookies.get(visitor.cookieName("session")) ?? "";
  await visitor.post("/logout");
  visitor.setCookie("session", secret);
  assert.is((await visitor.get("/account")).status, 303);
});

test("ends a session that was idle too long, and one that is too old however busy", async () => {
  const { visitor } = await signedIn();
  await world.db`update account_sessions set expires_at = now() - interval '1 second'`;
  assert.is((await visitor.get("/account")).status, 303);
  await world.letAMinutePass();
  const again = (await signedIn()).visitor;
  await world.db`update account_sessions set created_at = now() - interval '8 days'`;
  assert.is((await again.get("/account")).status, 303);
});

test("asks for a captcha after three failures and takes none without it", async () => {
  const visitor = world.visitor();
  for (let i = 0; i < 3; i++) await visitor.post("/login", { login: "zhangsan", password: wrong });
  assert.match(visitor.last, 'name="captchaId"');
  const bare = await visitor.post("/login", { login: "zhangsan", password });
  assert.match(bare.text, "验证码不对");
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(visitor.last)?.[1] ?? "";
  const captcha = captchaText(world.store.vault, captchaId);
  const answered = await visitor.post("/login", { login: "zhangsan", password, captchaId, captcha });
  assert.is(answered.location, "/login/code");
});

test("stops looking at passwords after ten tries for one name, from wherever they come", async () => {
  const relaxed = await testWorld({ captcha: "off" });
  for (let i = 0; i < 10; i++) {
    const visitor = relaxed.visitor();
    visitor.address = `198.51.100.${i}`;
    await visitor.post("/login", { login: "zhangsan", password: wrong });
  }
  const owner = await relaxed.visitor().post("/login", { login: "zhangsan", password });
  const nobody = relaxed.visitor();
  for (let i = 0; i < 10; i++) await nobody.post("/login", { login: "nobody99", password: wrong });
  const unknown = await nobody.post("/login", { login: "nobody99", password: wrong });
  await relaxed.close();
  assert.is(owner.status, 429);
  assert.match(owner.text, "尝试次数太多");
  assert.is(unknown.status, 429, "also for a name that is nobody's");
});

test("counts tries that come at once", async () => {
  const relaxed = await testWorld({ captcha: "off" });
  const visitors = await Promise.all(
    Array.from({ length: 14 }, async () => {
      const visitor = relaxed.visitor();
      await visitor.get("/login");
      return visitor;
    }),
  );
  const answers = await Promise.all(
    visitors.map((visitor) => visitor.post("/login", { login: "zhangsan", password: wrong })),
  );
  await relaxed.close();
  assert.is(answers.filter(({ status }) => status === 422).length, 10);
  assert.is(answers.filter(({ status }) => status === 429).length, 4);
});

test("keeps a locked account out with the words for a wrong password", async () => {
  await world.db`update accounts set state = 'locked' where user_name = 'wangwu'`;
  const answer = await world.visitor().post("/login", { login: "wangwu", password });
  await world.db`update accounts set state = 'active' where user_name = 'wangwu'`;
  assert.match(answer.text, "用户名（电子邮箱）或密码不对");
});

test("throws out a session when its account is locked", async () => {
  const wang = await world.signInAs("王五");
  assert.is((await wang.get("/account")).status, 200);
  await world.db`update accounts set state = 'locked' where user_name = 'wangwu'`;
  assert.is((await wang.get("/account")).status, 303);
  await world.db`update accounts set state = 'active' where user_name = 'wangwu'`;
});

test.run();
