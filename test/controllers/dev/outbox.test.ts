import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createApp } from "../../../src/app.ts";
import type { OutboxMessage } from "../../../src/gateways/outbox.ts";
import { createLog } from "../../../src/log.ts";
import { Browser, testWorld, type World } from "../../support/app.ts";

const test = suite("the demo's outbox");
let world: World;
let browser: Browser;

const messages: OutboxMessage[] = [
  {
    id: "2",
    channel: "mail",
    to: "zhangsan@example.cn",
    from: "一号云网站备案 <noreply@localhost>",
    subject: "激活您的备案账号",
    text: "去激活：http://localhost:3000/register/activation/1-a?code=204518\n<b>不是标签</b>",
    html: "<p>去激活</p>",
    at: "2026-11-24T06:31:00.000Z",
  },
  { id: "1", channel: "sms", to: "13800005678", text: "验证码204518", at: "2026-11-24T06:30:00.000Z" },
];

test.before(async () => {
  world = await testWorld({ demo: true, publicUrl: "http://localhost:3000" });
  const log = createLog({ level: "silent", name: "test" });
  const { store, config, files, lookups } = world;
  const app = createApp({ ...store, config, log, files, lookups, outbox: async () => messages });
  browser = new Browser(app, "localhost:3000", config);
});
test.after(() => world.close());

test("shows each mail and short message, its links as links and its text as text", async () => {
  const { text, status } = await browser.get("/dev/outbox");
  assert.is(status, 200);
  assert.match(text, "激活您的备案账号");
  assert.match(text, '<a href="http://localhost:3000/register/activation/1-a?code=204518">');
  assert.match(text, "&lt;b&gt;不是标签");
  assert.match(text, "13800005678");
});

test("gives the same to programs", async () => {
  const { text, headers } = await browser.get("/dev/outbox.json");
  assert.match(headers.get("content-type") ?? "", "application/json");
  assert.equal(JSON.parse(text), messages);
});

test("shows the first provider at a host of nobody, in the demo alone", async () => {
  assert.match((await browser.get("/")).text, "一号云");
  assert.match((await browser.get("/")).text, "演示");
});

test.run();
