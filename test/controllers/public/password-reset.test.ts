import { suite } from "uvu";
import * as assert from "uvu/assert";
import { captchaText } from "../../../src/models/captcha/captchas.ts";
import { testWorld, type World } from "../../support/app.ts";
import { password } from "../../support/people.ts";

const test = suite("a forgotten password");
let world: World;
test.before(async () => {
  world = await testWorld({ loginCode: "off" });
});
test.before.each(async () => {
  await world.db`truncate rate_limits, codes cascade`;
});
test.after(() => world.close());

const fresh = "hongqi-piaopiao-17";

async function ask(login: string, channel = "mail") {
  const visitor = world.visitor();
  await visitor.get("/password/reset");
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(visitor.last)?.[1] ?? "";
  const captcha = captchaText(world.store.vault, captchaId);
  const answer = await visitor.post("/password/reset", { login, channel, captchaId, captcha });
  const page = await visitor.follow(answer);
  return { visitor, answer, page };
}

const zhangsan = () => `account:${world.people.registrants.张三.id}`;

test("is set anew with the code of the mail, and ends every session", async () => {
  const zhang = await world.signInAs("张三");
  const { visitor } = await ask("zhangsan@example.cn");
  const code = await world.codeFor("password-reset", zhangsan());
  const answer = await visitor.post("/password/reset/code", { code, password: fresh, passwordAgain: fresh });
  assert.is(answer.location, "/login?after=reset");
  assert.is((await zhang.get("/account")).status, 303);
  assert.is((await world.visitor().post("/login", { login: "zhangsan", password })).status, 422);
  assert.is((await world.visitor().post("/login", { login: "zhangsan", password: fresh })).location, "/");
  const told = await world.db`select 1 from notices where template = 'password-changed'`;
  assert.is(told.length, 1);
});

test("is not told from one of nobody: same page, same statements, same answers to a try", async () => {
  const known = await ask("wangwu");
  const unknown = await ask("nobody99");
  assert.is(known.answer.location, unknown.answer.location);
  const strip = (text: string) => text.replace(/value="[\w-]{80,}"/g, "");
  assert.is(strip(known.page.text), strip(unknown.page.text));
  assert.is((await world.db`select 1 from codes`).length, 2);
  const form = { code: "000000", password: fresh, passwordAgain: fresh };
  const [one, two] = [
    await known.visitor.post("/password/reset/code", form),
    await unknown.visitor.post("/password/reset/code", form),
  ];
  assert.match(one.text, "还可以再试4次");
  assert.is(strip(one.text), strip(two.text));
  assert.is(
    (
      await world.db`select 1 from notices where template = 'code-password-reset' and created_at > now() - interval '1 minute'
    and address_sealed is not null and code_id = any(select id from codes where holder like 'nobody:%')`
    ).length,
    0,
  );
});

test("stays when the new one is weak, and the code is still good", async () => {
  const { visitor } = await ask("wangwu");
  const code = await world.codeFor("password-reset", `account:${world.people.registrants.王五.id}`);
  const weak = await visitor.post("/password/reset/code", {
    code,
    password: "12345678",
    passwordAgain: "12345678",
  });
  assert.is(weak.status, 422);
  assert.match(weak.text, "太容易被猜到");
  const good = await visitor.post("/password/reset/code", { code, password: fresh, passwordAgain: fresh });
  assert.is(good.status, 303);
});

test("is not set by somebody who asked in another browser and knows the code", async () => {
  await ask("zhangsan");
  const code = await world.codeFor("password-reset", zhangsan());
  const answer = await world
    .visitor()
    .post("/password/reset/code", { code, password: fresh, passwordAgain: fresh });
  assert.is(answer.location, "/password/reset");
});

test("is asked about with a captcha", async () => {
  const visitor = world.visitor();
  const answer = await visitor.post("/password/reset", { login: "zhangsan" });
  assert.is(answer.status, 422);
  assert.match(answer.text, 'value="zhangsan"');
});

test("is asked for five times an hour, whoever's it is", async () => {
  for (const login of ["wangwu", "nobody99"]) {
    for (let i = 0; i < 5; i++) assert.is((await ask(login)).answer.status, 303);
    assert.is((await ask(login)).answer.status, 429);
  }
});

test.run();
