import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { looks, send, submitted } from "../../support/console.ts";

const test = suite("the search of the console");
let world: World;
let filing: Filing;
test.before(async () => {
  world = await testWorld();
  filing = await submitted(world, { siteName: "示例茶叶商城", domain: "cha-demo.cn" });
});
test.after(() => world.close());

async function search(browser: Browser, q: string) {
  const answer = await send(browser, "/console/search", { q });
  return { location: answer.location ?? "", page: await browser.follow(answer) };
}

test("finds by what is plain: number, domain, page, part of a name", async () => {
  const browser = await world.signInAs("李四");
  for (const q of [filing.number, "cha-demo.cn", "https://www.cha-demo.cn/x", "示例茶叶商", "茶业（杭州"]) {
    const { location, page } = await search(browser, q);
    assert.match(location, "/console/search?q=", q);
    assert.match(page.text, `/console/filings/${filing.number}`, q);
  }
});

test("finds by what is personal without a word of it in the address", async () => {
  const browser = await world.signInAs("李四");
  for (const q of [
    "13800005678",
    "138 0000 5678",
    "330108199001010010",
    "ZHANGSAN@example.cn",
    "张三",
    "电话：13800005678。",
  ]) {
    const { location, page } = await search(browser, q);
    assert.match(location, /^\/console\/search\/[0-9a-f-]{36}$/);
    assert.match(page.text, `/console/filings/${filing.number}`, q);
  }
  assert.ok((await looks(world, "search-personal")).length >= 5);
});

test("finds a name with digits in it, and keeps it out of the address too", async () => {
  const named = await submitted(world, { siteName: "示例12345茶叶网", domain: "cha-12345.cn" });
  const { location, page } = await search(await world.signInAs("李四"), "例12345茶");
  assert.match(location, /^\/console\/search\/[0-9a-f-]{36}$/);
  assert.match(page.text, `/console/filings/${named.number}`);
});

test("keeps the words sealed, for the person who searched, for a day", async () => {
  const browser = await world.signInAs("李四");
  const { location } = await search(browser, "13800005678");
  const [row] = await world.db<
    { sealed: Buffer }[]
  >`select sealed from stored_searches order by expires_at desc limit 1`;
  assert.not.match(row?.sealed.toString("latin1") ?? "", "13800005678");
  assert.is((await (await world.signInAs("吴九")).get(location)).status, 404);
  await world.db`update stored_searches set expires_at = now() - interval '1 second'`;
  assert.is((await browser.get(location)).status, 404);
});

test("looks nothing personal up that somebody wrote into the address", async () => {
  const page = await (await world.signInAs("李四")).get("/console/search?q=13800005678");
  assert.not.match(page.text, filing.number);
  assert.not.match(page.text, "13800005678");
  assert.match(page.text, "不能写在地址里");
});

test("finds nothing of another provider", async () => {
  const browser = await world.signInAs("冯二");
  for (const q of [filing.number, "cha-demo.cn", "示例茶叶商", "13800005678", "张三"])
    assert.not.match((await search(browser, q)).page.text, `/console/filings/${filing.number}`, q);
});

test("takes a percent sign for a percent sign", async () => {
  const { page } = await search(await world.signInAs("李四"), "%%%%%");
  assert.not.match(page.text, filing.number);
  assert.match(page.text, "没有找到");
});

test.run();
