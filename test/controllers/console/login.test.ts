import { Secret, TOTP } from "otpauth";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Browser, hosts, testWorld, type World } from "../../support/app.ts";
import { password } from "../../support/people.ts";

const test = suite("the console's login");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.before.each(async () => {
  await world.db`truncate rate_limits`;
});
test.after(() => world.close());

const requireTotp = (required: boolean) =>
  world.db`update isps set settings = ${world.db.json({ staffTotp: required })} where id = ${world.people.isps.first}`;

const digits = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, "")) }).generate({ timestamp });

async function enter(
  login: string,
  host: string = hosts.first,
): Promise<{ browser: Browser; location: string | null }> {
  const browser = world.visitor(host);
  await browser.get("/console/login");
  const answer = await browser.post("/console/login", { login, password });
  if (answer.location) await browser.get(answer.location);
  return { browser, location: answer.location };
}

test("lets staff in by password where the provider asks for no more", async () => {
  const { location, browser } = await enter("lisi");
  assert.is(location, "/console");
  const page = await browser.get("/console/account");
  assert.match(page.text, "李四，初审");
});

test("knows no registrant, and the portal knows no staff", async () => {
  assert.is((await enter("zhangsan")).location, null);
  const visitor = world.visitor();
  assert.is((await visitor.post("/login", { login: "lisi", password })).status, 422);
});

test("does not know the other provider's staff", async () => {
  assert.is((await enter("fenger", hosts.first)).location, null);
  assert.is((await enter("fenger", hosts.second)).location, "/console");
});

test("has an authenticator set up first where one is required, then asks for it each time", async () => {
  await requireTotp(true);
  const { browser, location } = await enter("zhaoliu");
  assert.is(location, "/console/login/enrolment");
  assert.is((await browser.get("/console/account")).status, 303, "not in yet");
  const page = await browser.get("/console/login/enrolment");
  const secret = /<b class="n wide">([A-Z2-7 ]+)<\/b>/.exec(page.text)?.[1] ?? "";
  assert.match(page.text, "otpauth://totp/");
  const now = Date.now();
  assert.is((await browser.post("/console/login/enrolment", { code: "000000" })).status, 422);
  assert.is(
    (await browser.post("/console/login/enrolment", { code: digits(secret, now) })).location,
    "/console",
  );
  assert.is((await browser.get("/console/account")).status, 200);

  const next = await enter("zhaoliu");
  assert.is(next.location, "/console/login/code");
  const used = await next.browser.post("/console/login/code", { code: digits(secret, now) });
  assert.is(used.status, 422, "each password holds once");
  const right = await next.browser.post("/console/login/code", { code: digits(secret, now + 30_000) });
  assert.is(right.location, "/console");
  const stored = await world.db`select totp_sealed from staff where user_name = 'zhaoliu'`;
  assert.not.match(String(stored[0]?.totpSealed), secret.replace(/\s/g, ""));
  await requireTotp(false);
});

test("is slow to those who guess", async () => {
  const browser = world.visitor();
  for (let i = 0; i < 10; i++)
    await browser.post("/console/login", { login: "lisi", password: `guess-${i}` });
  assert.is((await browser.post("/console/login", { login: "lisi", password })).status, 429);
});

test("is closed to who is no longer active, at once", async () => {
  const sun = await world.signInAs("孙七");
  assert.is((await sun.get("/console/account")).status, 200);
  await world.db`update staff set active = false where user_name = 'sunqi'`;
  assert.is((await sun.get("/console/account")).status, 303);
  assert.is((await enter("sunqi")).location, null);
});

test("goes on to the page that was asked for, on this host only", async () => {
  const browser = world.visitor();
  const asked = await browser.get("/console/account?changed=x");
  await browser.follow(asked);
  assert.match(browser.last, 'name="next" value="/console/account?changed=x"');
  const answer = await browser.post("/console/login", { login: "lisi", password, next: "//evil.example" });
  assert.is(answer.location, "/console");
});

test.run();
