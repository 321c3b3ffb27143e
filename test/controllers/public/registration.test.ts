import { suite } from "uvu";
import * as assert from "uvu/assert";
import { agreementVersion } from "../../../src/forms/registration.ts";
import { captchaText } from "../../../src/models/captcha/captchas.ts";
import { type Browser, hosts, testWorld, type World } from "../../support/app.ts";
import { password } from "../../support/people.ts";

const test = suite("registration");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

let count = 0;

/** What somebody new types; nobody else has this name, address or number. */
function newcomer(changes: Record<string, string> = {}): Record<string, string> {
  count++;
  return {
    userName: `chenxiaoyu${count}`,
    password,
    passwordAgain: password,
    province: "330000",
    city: "330100",
    county: "330108",
    ispId: String(world.people.isps.first),
    name: "陈小雨",
    mobile: `1390000${String(count).padStart(4, "0")}`,
    email: `chenxiaoyu${count}@example.cn`,
    ...changes,
  };
}

/** A visitor who has accepted the agreement and looks at the form. */
async function atTheForm(host: string = hosts.first): Promise<Browser> {
  const visitor = world.visitor(host);
  visitor.address = `203.0.113.${(count % 200) + 20}`;
  await visitor.get("/agreement");
  await visitor.post("/agreement");
  await visitor.get("/register");
  return visitor;
}

/** Sends the form with its captcha answered. */
async function send(visitor: Browser, form: Record<string, string>) {
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(visitor.last)?.[1] ?? "";
  return visitor.post("/register", {
    captchaId,
    captcha: captchaText(world.store.vault, captchaId),
    ...form,
  });
}

const accountNamed = async (userName: string) => {
  const rows = await world.db`select * from accounts where user_name = ${userName}`;
  return rows[0];
};

const noticesTo = (template: string) =>
  world.db`select * from notices where template = ${template} order by created_at`;

test("begins with the agreement", async () => {
  const answer = await world.visitor().get("/register");
  assert.is(answer.location, "/agreement");
});

test("keeps an account that waits for its code, with the accepted version", async () => {
  const form = newcomer();
  const answer = await send(await atTheForm(), form);
  assert.is(answer.status, 303);
  assert.is(answer.location, "/register/activation");
  const account = await accountNamed(form.userName ?? "");
  assert.is(account?.state, "pending");
  assert.is(account?.agreementVersion, agreementVersion);
  assert.match(account?.passwordHash, /^\$argon2id\$/);
  assert.not.match(JSON.stringify(account), "陈小雨");
});

test("ends with 激活成功 when the code of the mail is typed in, and then lets in", async () => {
  const form = newcomer();
  const visitor = await atTheForm();
  const page = await visitor.follow(await send(visitor, form));
  assert.match(page.text, form.email ?? "");
  const account = await accountNamed(form.userName ?? "");
  const code = await world.codeFor("activation", `account:${account?.id}`);
  const done = await visitor.post("/register/activation", { code });
  assert.match(done.text, "激活成功");
  assert.match(done.text, "立即备案");
  const inside = await visitor.post("/login", { login: form.email ?? "", password });
  assert.is(inside.location, "/", "the browser that registered needs no second step");
});

test("is activated by the link of the mail on another device, and only when the button is pressed", async () => {
  const form = newcomer();
  await send(await atTheForm(), form);
  const account = await accountNamed(form.userName ?? "");
  const code = await world.codeFor("activation", `account:${account?.id}`);
  const [notice] =
    await world.db`select * from notices where code_id is not null order by created_at desc limit 1`;
  assert.ok(notice);
  const { accountRef } = await import("../../../src/models/account/register.ts");
  const link = `/register/activation/${accountRef(world.store.vault, account?.id)}`;
  const phone = world.visitor();
  const shown = await phone.get(`${link}?code=${code}`);
  assert.match(shown.text, `value="${code}"`);
  assert.is((await accountNamed(form.userName ?? ""))?.state, "pending");
  await phone.post(link, { code });
  assert.is((await accountNamed(form.userName ?? ""))?.state, "active");
  // Not the last sign: of that one base64url leaves bits unused.
  const forged = link.replace(/.(?=.{10}$)/, (sign) => (sign === "A" ? "B" : "A"));
  assert.is((await phone.get(forged)).status, 404);
});

test("sends another code after a minute, and then only that one is right", async () => {
  const form = newcomer();
  const visitor = await atTheForm();
  await visitor.follow(await send(visitor, form));
  const holder = `account:${(await accountNamed(form.userName ?? ""))?.id}`;
  const first = await world.codeFor("activation", holder);
  const soon = await visitor.post("/register/activation", { act: "resend" });
  assert.is(soon.status, 422);
  await world.letAMinutePass();
  assert.match((await visitor.post("/register/activation", { act: "resend" })).text, "新的验证码已经发出");
  const second = await world.codeFor("activation", holder);
  if (first !== second) assert.is((await visitor.post("/register/activation", { code: first })).status, 422);
  assert.match((await visitor.post("/register/activation", { code: second })).text, "激活成功");
});

const refused: [string, Record<string, string>, RegExp][] = [
  ["a user name of four characters", { userName: "chen" }, /用户名应为5–32位，现在是4位/],
  ["a user name that begins with a digit", { userName: "1chenxiaoyu" }, /用户名要以字母开头/],
  ["a user name with a hyphen", { userName: "chen-xiaoyu" }, /只能用字母、数字和下划线/],
  ["a short password", { password: "abc123", passwordAgain: "abc123" }, /密码至少8位，现在是6位/],
  ["a leaked password", { password: "1qaz2wsx", passwordAgain: "1qaz2wsx" }, /太容易被猜到/],
  [
    "a password made of the user name",
    { password: "chenxiaoyu1", passwordAgain: "chenxiaoyu1", userName: "chenxiaoyu" },
    /太容易被猜到/,
  ],
  ["two passwords that differ", { passwordAgain: "qingshan-lvshui-43" }, /两次输入的密码不一样/],
  ["no place", { province: "", city: "", county: "" }, /请选择首次报备接入点的省/],
  ["a place without its county", { county: "" }, /请选择首次报备接入点的区县/],
  ["a county of another city", { city: "330200" }, /请选择首次报备接入点的区县/],
  ["no name", { name: "　" }, /请填写姓名/],
  ["a number that is no mobile", { mobile: "0571-88888888" }, /11位的中国内地手机号码/],
  ["an address without a host", { email: "chenxiaoyu" }, /电子邮箱的写法不对/],
];

for (const [what, changes, sentence] of refused)
  test(`refuses ${what} and keeps what was typed`, async () => {
    const form = newcomer(changes);
    const answer = await send(await atTheForm(), form);
    assert.is(answer.status, 422);
    assert.match(answer.text, sentence);
    assert.match(answer.text, /<title>有\d+处要改：注册/);
    assert.not.match(answer.text, `value="${form.password}"`);
    if (form.email?.includes("@")) assert.match(answer.text, `value="${form.email}"`);
  });

test("finds every fault at once", async () => {
  const answer = await send(await atTheForm(), {});
  assert.match(answer.text, "有6处要改");
});

test("tells what is wrong in the order of the page", async () => {
  const taken = newcomer();
  await send(await atTheForm(), taken);
  const answer = await send(
    await atTheForm(),
    newcomer({ userName: taken.userName ?? "", province: "", email: "x" }),
  );
  const summary = answer.text.slice(answer.text.indexOf('class="errors"'));
  assert.equal(
    [...summary.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field),
    ["userName", "province", "email"],
  );
});

test("takes a user name once, in whatever case", async () => {
  const form = newcomer({ userName: "ZhangSan" });
  const answer = await send(await atTheForm(), form);
  assert.is(answer.status, 422);
  assert.match(answer.text, "用户名ZhangSan已有人使用");
});

test("takes a user name for one of two who send it at once", async () => {
  const form = newcomer();
  const both = [await atTheForm(), await atTheForm()];
  const other = { ...newcomer(), userName: form.userName ?? "" };
  const answers = await Promise.all([send(both[0] as Browser, form), send(both[1] as Browser, other)]);
  assert.equal(answers.map(({ status }) => status).sort(), [303, 422]);
});

test("frees the name of an account that was not activated within a day", async () => {
  const form = newcomer();
  await send(await atTheForm(), form);
  await world.db`update accounts set lapses_at = now() - interval '1 second' where user_name = ${form.userName ?? ""}`;
  const again = await send(await atTheForm(), newcomer({ userName: form.userName ?? "" }));
  assert.is(again.status, 303);
});

test("answers as always for an address in use, writes to its owner, and sends no code", async () => {
  const form = newcomer({ email: "Zhangsan@example.cn" });
  const visitor = await atTheForm();
  const answer = await send(visitor, form);
  const usual = await send(await atTheForm(), newcomer());
  assert.is(answer.status, usual.status);
  assert.is(answer.location, usual.location);
  const account = await accountNamed(form.userName ?? "");
  assert.is(
    (
      await world.db`select 1 from notices n join codes c on c.id = n.code_id
    where c.holder = ${`account:${account?.id}`}`
    ).length,
    0,
  );
  const told = await noticesTo("account-exists");
  assert.is(told.at(-1)?.accountId, world.people.registrants.张三.id);
  const page = await visitor.follow(answer);
  assert.match(page.text, "验证码已发到");
  const tried = await visitor.post("/register/activation", { code: "123456" });
  assert.match(tried.text, "还可以再试4次", "a try looks like any other");
});

test("writes a short message to the owner of a number in use", async () => {
  await send(await atTheForm(), newcomer({ mobile: "13800005678" }));
  const told = await noticesTo("account-exists");
  assert.is(told.at(-1)?.channel, "sms");
});

test("makes as many statements for an address in use as for a new one", async () => {
  const count = async (form: Record<string, string>) => {
    const before = (await world.db`select count(*)::int as n from codes`)[0]?.n;
    await send(await atTheForm(), form);
    return (await world.db`select count(*)::int as n from codes`)[0]?.n - before;
  };
  assert.is(await count(newcomer({ email: "zhangsan@example.cn" })), await count(newcomer()));
});

test("lets the first of two with one address be the one who has it", async () => {
  const [first, second] = [newcomer(), newcomer()];
  second.email = first.email ?? "";
  const [one, two] = [await atTheForm(), await atTheForm()];
  await send(one, first);
  await send(two, second);
  const codeOf = async (form: Record<string, string>) =>
    world.codeFor("activation", `account:${(await accountNamed(form.userName ?? ""))?.id}`);
  await one.post("/register/activation", { code: await codeOf(first) });
  const late = await two.post("/register/activation", { code: await codeOf(second) });
  assert.is(late.status, 422);
  assert.match(late.text, "刚刚用于另一个账号");
  assert.is((await accountNamed(second.userName ?? ""))?.state, "pending");
});

test("offers only the provider of the host, and all that serve the place on a neutral one", async () => {
  const query = "province=350000&city=350100&county=350102";
  const here = await world.visitor().get(`/register/place?${query}`);
  assert.match(here.text, "一号云不在这个地方提供接入");
  const neutral = await world.visitor(hosts.neutral).get(`/register/place?${query}`);
  assert.match(neutral.text, "二号云");
});

test("works through the steps of a place without a script", async () => {
  const visitor = await atTheForm();
  const form = newcomer({ act: "region", city: "", county: "" });
  const answer = await visitor.post("/register", form);
  assert.is(answer.status, 200);
  assert.match(answer.text, /<option value="330100">杭州市/);
  assert.match(answer.text, `value="${form.email}"`);
});

test("asks for no city in 北京", async () => {
  const answer = await world.visitor().get("/register/place?province=110000&city=&county=110101");
  assert.match(answer.text, /<option value="110101" selected>东城区/);
  assert.match(answer.text, "一号云");
});

test("refuses a captcha that was answered before", async () => {
  const visitor = await atTheForm();
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(visitor.last)?.[1] ?? "";
  const answered = { captchaId, captcha: captchaText(world.store.vault, captchaId) };
  assert.is((await visitor.post("/register", { ...newcomer(), ...answered })).status, 303);
  await visitor.get("/register");
  const again = await visitor.post("/register", { ...newcomer(), ...answered });
  assert.is(again.status, 422);
  assert.match(again.text, "验证码不对");
});

test("draws the captcha as a picture, or asks in words", async () => {
  const visitor = await atTheForm();
  const source = /src="(\/captcha\/[^"]+)"/.exec(visitor.last)?.[1] ?? "";
  const picture = await visitor.get(source);
  assert.is(picture.headers.get("content-type"), "image/png");
  assert.is(picture.bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(picture.bytes.length < 5_000);
  const words = await visitor.post("/register", newcomer({ act: "captcha-words" }));
  const [, question = ""] = /<p id="captcha-q">([^<]*几[^<]*？)<\/p>/.exec(words.text) ?? [];
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(words.text)?.[1] ?? "";
  const answer = await visitor.post("/register", {
    ...newcomer(),
    captchaId,
    captcha: String(solve(question)),
  });
  assert.is(answer.status, 303);
});

/** 三只猫，再来四只，一共几只？ */
function solve(question: string): number {
  const [first = 0, second = 0] = [...question]
    .map((sign) => "零一二三四五六七八九十".indexOf(sign))
    .filter((n) => n > 0);
  return question.includes("再来") ? first + second : first - second;
}

test.run();
