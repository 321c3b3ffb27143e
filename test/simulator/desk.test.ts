import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readConfig } from "../../src/config.ts";
import { optionsFrom } from "../../src/simulator/index.ts";
import { openBrowser } from "../support/browser.ts";
import { sampleFiling, startBench } from "./bench.ts";

const test = suite("the desk of the simulated bureau");

const bench = await startBench({ decisions: "hold" });
test.after(() => bench.end());
await bench.send(sampleFiling({ id: 10 }), 1);
const person = sampleFiling({ id: 20, domain: "person.cn", certificate: "330106199001011234" });
Object.assign(person.subject, { name: "柳青山", nature: 5, remark: "电话13800000011" });
await bench.send(person, 2);

const address = (path: string) => bench.simulator.url + path;
const page = async () => (await fetch(address("/"))).text();
const form = (fields: Record<string, string>, headers = {}) =>
  fetch(address("/"), { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
const json = (body: unknown, headers = {}) =>
  fetch(address("/desk.json"), { method: "POST", body: JSON.stringify(body), headers });

test("shows what came, in Chinese, and says that it is a demo", async () => {
  const text = await page();
  assert.match(text, /<html lang="zh-CN">/);
  assert.match(text, /管局模拟器（演示）/);
  assert.match(text, /杭州青山茶业有限公司/);
  assert.match(text, /qingshan-tea\.cn/);
});

test("shows neither identity numbers nor telephones nor names of persons", async () => {
  const shown = (await page()) + (await (await fetch(address("/desk.json"))).text());
  assert.not.match(shown, /330106199001011234|13800000011|0571-88990011|91330106|柳青山|liu@example/);
  assert.match(shown, /柳\*\*/);
});

test("approves and returns with buttons", async () => {
  const approved = await form({ action: "approve", filing: "1" });
  assert.equal([approved.status, approved.headers.get("location")], [303, "/"]);
  const empty = await form({ action: "return", filing: "2", words: " " });
  assert.is(empty.status, 422);
  assert.match(await empty.text(), /请填写退回理由/);
  assert.is((await form({ action: "return", filing: "2", words: "<b>模糊</b>" })).status, 303);
  const text = await page();
  assert.match(text, /浙ICP备\d{10}号（演示）/);
  assert.match(text, /&lt;b&gt;模糊/);
  assert.not.match(text, /<b>模糊/);
});

test("shows what is on record with its password, and cancels with a button", async () => {
  const [record] = bench.simulator.view().records;
  const text = await page();
  assert.match(text, new RegExp(`${record?.number}（演示） 杭州青山茶业有限公司`));
  assert.match(text, new RegExp(`备案密码 ${record?.password}`));
  const { bureauId } = record?.websites[0] ?? {};
  assert.is((await form({ action: "cancel", of: "website", bureauId: String(bureauId) })).status, 303);
  assert.is((await form({ action: "cancel", of: "website", bureauId: String(bureauId) })).status, 422);
  assert.is(
    (await form({ action: "cancel", of: "subject", bureauId: String(record?.bureauId) })).status,
    303,
  );
  assert.match(await page(), /已注销/);
});

test("approves all that waits with one button where there are several", async () => {
  const waits = async (id: number, domain: string, certificate: string) =>
    bench.send(sampleFiling({ id, domain, certificate }), id / 10);
  await waits(30, "third.cn", "91330106MA27XL1Q30");
  assert.not.match(await page(), "全部审核通过");
  await waits(40, "fourth.cn", "91330106MA27XL1Q40");
  assert.match(await page(), "全部审核通过（2）");
  assert.is((await form({ action: "approveAll" })).status, 303);
  const states = bench.simulator.view().filings.map(({ state }) => state);
  assert.not.ok(states.includes("waiting"));
  assert.is(states.filter((state) => state === "approved").length, 3);
});

test("changes the modes with a form", async () => {
  const settings = {
    decisions: "return",
    decisionSeconds: "2.5",
    numbers: "before",
    fault: "busy",
    returnWords: "请修改。",
  };
  assert.is((await form({ action: "set", ...settings })).status, 303);
  const { settings: now } = bench.simulator.view();
  assert.equal(
    [now.decisions, now.decisionDelayMs, now.numbers, now.fault],
    ["return", 2500, "before", "busy"],
  );
  assert.is((await form({ action: "set", fault: "earthquake" })).status, 422);
  assert.is((await form({ action: "set", decisionSeconds: "soon" })).status, 422);
});

test("fits a narrow phone", async () => {
  const browser = await openBrowser();
  try {
    const narrow = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await narrow.goto(address("/"));
    assert.is(await narrow.evaluate("document.documentElement.scrollWidth"), 360);
  } finally {
    await browser.close();
  }
});

test("takes orders of a program as JSON and answers with the new state", async () => {
  const answer = await json({ action: "set", settings: { decisions: "hold", fault: "none" } });
  assert.is(((await answer.json()) as { settings: { decisions: string } }).settings.decisions, "hold");
  for (const wrong of [
    {},
    { action: "burn" },
    { action: "set", settings: { unknown: 1 } },
    { action: "approve", filing: "x" },
  ]) {
    assert.is((await json(wrong)).status, 422, JSON.stringify(wrong));
  }
  const broken = await fetch(address("/desk.json"), { method: "POST", body: "{" });
  assert.is(broken.status, 422);
});

test("is not moved by the page of another site", async () => {
  const order = { action: "set", settings: { fault: "down" } };
  assert.is((await json(order, { origin: "http://evil.example" })).status, 403);
  assert.is((await json(order, { origin: "null" })).status, 403);
  assert.is((await form({ action: "set", fault: "down" }, { origin: "http://evil.example" })).status, 403);
  assert.is((await json({ action: "set", settings: {} }, { origin: bench.simulator.url })).status, 200);
  assert.is(bench.simulator.view().settings.fault, "none");
});

test("has a policy that lets no script run", async () => {
  const { headers } = await fetch(address("/"));
  assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.not.match(await page(), /<script|style="/);
});

test("stands in the folder and on the port that an installation sets", () => {
  const { port, host, dataDir } = optionsFrom(readConfig({ DATA_DIR: "/tmp/installation", PORT: "4100" }));
  assert.equal([port, host, dataDir], [4101, "127.0.0.1", "/tmp/installation/simulator"]);
});

test.run();
