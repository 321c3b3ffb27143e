import { Hono } from "hono";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { accessTable, safeNext } from "../../src/middleware/access.ts";
import type { Env } from "../../src/middleware/env.ts";
import { contentSecurityPolicy } from "../../src/middleware/security-headers.ts";
import { type Browser, hosts, testWorld, type World } from "../support/app.ts";
import { password } from "../support/people.ts";

const test = suite("the guard at the door");
let world: World;
test.before(async () => {
  world = await testWorld({ captcha: "off", loginCode: "off" });
});
test.after(() => world.close());

const pages = ["/", "/login", "/agreement", "/password/reset", "/console/login", "/no/such/page"];

for (const path of pages)
  test(`sends ${path} under a policy without inline code, kept by no cache`, async () => {
    const { headers, text } = await world.visitor().get(path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.is(policy, contentSecurityPolicy);
    assert.match(policy, "default-src 'none'");
    assert.not.match(policy, /unsafe|\*|data:/);
    assert.is(headers.get("cache-control"), "no-store");
    assert.is(headers.get("x-content-type-options"), "nosniff");
    assert.match(headers.get("strict-transport-security") ?? "", "max-age");
    assert.not.match(text, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:/);
  });

test("gives cookies that no script, no other host and no other site's form can use", async () => {
  const visitor = world.visitor();
  const answer = await visitor.post("/login", { login: "zhangsan", password });
  const lines = answer.headers.getSetCookie();
  assert.ok(lines.length > 0);
  for (const line of lines) {
    assert.match(line, /^__Host-/);
    assert.match(line, /Path=\/(;|$)/);
    for (const flag of ["HttpOnly", "Secure", "SameSite=Lax"]) assert.match(line, flag);
    assert.not.match(line, "Domain");
  }
});

const forged: [string, (zhang: Browser) => Promise<{ status: number; text: string }>][] = [
  ["has no token", (zhang) => zhang.post("/account", { csrf: "", name: "李鬼" })],
  [
    "has a token of its own making",
    (zhang) => zhang.post("/account", { csrf: "A".repeat(86), name: "李鬼" }),
  ],
  [
    "has the token of another session",
    async (zhang) => {
      const wang = await world.signInAs("王五");
      await wang.get("/account");
      return zhang.post("/account", { csrf: wang.token, name: "李鬼" });
    },
  ],
  [
    "comes from another site",
    (zhang) =>
      zhang.post(
        "/account",
        { name: "李鬼" },
        { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      ),
  ],
  [
    "comes from the other provider's host",
    (zhang) => zhang.post("/account", { name: "李鬼" }, { origin: `https://${hosts.second}` }),
  ],
  [
    "comes from nowhere it would say",
    (zhang) => zhang.post("/account", { name: "李鬼" }, { origin: "null" }),
  ],
];

for (const [what, send] of forged)
  test(`refuses a form that ${what}, and says what to do about what was typed`, async () => {
    const zhang = await world.signInAs("张三");
    await zhang.get("/account");
    const answer = await send(zhang);
    assert.is(answer.status, 403);
    assert.match(answer.text, "没有收下这次提交");
    assert.match(answer.text, "后退");
    assert.match((await zhang.get("/account")).text, 'value="张三"');
  });

test("masks the token anew for every page, and takes each of them", async () => {
  const zhang = await world.signInAs("张三");
  await zhang.get("/account");
  const first = zhang.token;
  await zhang.get("/account");
  assert.not.equal(zhang.token, first);
  assert.is((await zhang.post("/account", { csrf: first, name: "张三" })).status, 303);
});

test("sends a visitor to the login and back to where they wanted to go", async () => {
  const visitor = world.visitor();
  const answer = await visitor.get("/account/password");
  assert.is(answer.status, 303);
  assert.is(answer.location, "/login?next=%2Faccount%2Fpassword");
  await visitor.follow(answer);
  const inside = await visitor.post("/login", { login: "zhangsan", password, next: "/account/password" });
  assert.is(inside.location, "/account/password");
});

test("never goes on to another site after login", () => {
  const elsewhere = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/a\nb",
    " /x",
    "/login?next=/login",
    "",
  ];
  for (const next of elsewhere) assert.is(safeNext(next, "/"), "/", JSON.stringify(next));
  assert.is(safeNext("/filings?before=3", "/"), "/filings?before=3");
});

test("does not let a registrant into the console, nor staff into the portal", async () => {
  const zhang = await world.signInAs("张三");
  assert.match((await zhang.get("/console/account")).location ?? "", "/console/login");
  const li = await world.signInAs("李四");
  assert.match((await li.get("/account")).location ?? "", "/login");
});

test("does not know a session of one provider at the other's host", async () => {
  const zhang = await world.signInAs("张三");
  const there = world.visitor(hosts.second);
  for (const [name, value] of zhang.cookies) there.cookies.set(name, value);
  assert.is((await there.get("/account")).status, 303);
  const neutral = world.visitor(hosts.neutral);
  for (const [name, value] of zhang.cookies) neutral.cookies.set(name, value);
  const page = await neutral.get("/account");
  assert.is(page.status, 200);
  assert.match(page.text, "一号云网站备案", "on a neutral host the account decides");
});

test("shows a neutral host to visitors as nobody's", async () => {
  const { text } = await world.visitor(hosts.neutral).get("/login");
  assert.not.match(text, "一号云");
  assert.not.match(text, "二号云");
});

test("refuses more than a form may hold, before anything reads it", async () => {
  const visitor = world.visitor();
  await visitor.get("/login");
  const answer = await visitor.post("/login", { login: "zhangsan", password: "x".repeat(300_000) });
  assert.is(answer.status, 413);
  assert.match(answer.text, "太大");
});

test("hides everything about a fault but its number", async () => {
  const broken = await testWorld({ captcha: "off" });
  await broken.db`drop table captchas`;
  const answer = await broken.visitor().get("/captcha");
  await broken.close();
  assert.is(answer.status, 500);
  assert.match(answer.text, answer.headers.get("x-request-id") ?? "no id");
  assert.not.match(answer.text, /captchas|relation|postgres|at Object/i);
});

test("knows for every route who may open it", () => {
  const table = accessTable(world.app);
  assert.ok(table.length > 20);
  for (const { path, audience } of table) {
    if (path.startsWith("/account")) assert.is(audience, "registrant", path);
    if (/^\/console(?!\/(login|logout))/.test(path)) assert.is.not(audience, "anyone", path);
  }
});

test("does not start with a route that says nothing about it", () => {
  const app = new Hono<Env>().get("/bare", (c) => c.text("open to whom?"));
  assert.throws(() => accessTable(app), "routes without allow(…): GET /bare");
});

test("keeps what it sends for good under an address of its content, compressed", async () => {
  const visitor = world.visitor();
  const { text } = await visitor.get("/");
  const css = /href="(\/static\/app\.[0-9a-f]{10}\.css)"/.exec(text)?.[1] ?? "";
  const plain = await visitor.get(css);
  const brotli = await visitor.get(css, { "accept-encoding": "gzip, br" });
  assert.match(plain.headers.get("cache-control") ?? "", "immutable");
  assert.is(brotli.headers.get("content-encoding"), "br");
  assert.ok(brotli.bytes.length < plain.bytes.length / 3);
  assert.is((await visitor.get("/static/app.0000000000.css")).status, 404);
  assert.is((await visitor.get("/static/..%2Fpackage.json")).status, 404);
});

test("tells whether it lives, whether it can work, and its figures to those who have the token", async () => {
  const token = "a-token-of-sixteen-signs";
  const other = await testWorld({ metricsToken: token });
  const visitor = other.visitor();
  assert.is((await visitor.get("/healthz")).status, 200);
  const ready = await visitor.get("/readyz");
  const metrics = await visitor.get("/metrics", { authorization: `Bearer ${token}` });
  const refused = await visitor.get("/metrics");
  await other.close();
  assert.is(ready.status, 503);
  assert.match(ready.text, "the provider yi has no bureau");
  assert.match(ready.text, "SMTP_URL");
  assert.is(refused.status, 401);
  assert.match(metrics.text, "openbeian_http_request_seconds");
  assert.is((await world.visitor().get("/metrics")).status, 404);
});

test("has no pages of the demo outside the demo", async () => {
  assert.is((await world.visitor().get("/dev/outbox")).status, 404);
  assert.is((await world.visitor().get("/dev/outbox.json")).status, 404);
});

test.run();
