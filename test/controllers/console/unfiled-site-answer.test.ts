import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decideCodeTable } from "../../../src/models/code-table/decide.ts";
import { keepCodeTable } from "../../../src/models/code-table/keep.ts";
import { inTransaction } from "../../../src/models/store.ts";
import type { World } from "../../support/app.ts";
import { ownRange, unfiledList } from "../../support/bureau-lists.ts";
import { staffNamed } from "../../support/filings.ts";
import { reportedSites } from "../../support/reported-sites.ts";

const test = suite("the answer to 未备案网站 on the console");

let world: World;
let bureauId: number;
const LIST = "/console/unfiled-sites";

const { come, idsOf, answers } = reportedSites(test, (scene) => {
  ({ world, bureauId } = scene);
});
test.before.each(() => ownRange(world.store, world.people.isps.first, "203.0.113.0", "203.0.113.255"));

const good = { action: "cut", result: "1", dueOn: "2026-11-25" };

test("says what is missing beside the field, and keeps what was typed", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", operator: "电信" }));
  const [site = ""] = await idsOf("a.cn");
  const browser = await world.signInAs("孙七");
  const { status, text } = await browser.post(`${LIST}/answer`, {
    site,
    action: "other",
    dueOn: "明天",
    phone: "12",
  });
  assert.is(status, 422);
  for (const words of [
    "写明怎样处理的",
    "未备案网站处理",
    "运营商在管局的单位编号",
    "没有给IPv4地址",
    "2026-11-20这样",
    "至少11位",
  ])
    assert.match(text, words);
  assert.match(text, 'value="明天"');
  const wrong = { ...good, site, operator: "7", ip: "2001:db8::1", words: "已断开\u{20000}" };
  const again = await browser.post(`${LIST}/answer`, wrong);
  assert.match(again.text, "管局的系统没有这些字符");
  assert.match(again.text, "IP地址应是IPv4的");
  const long = "长".repeat(600);
  const typed = { ...good, site, ip: "203.0.113.9", operator: "电信", province: "浙江", words: long };
  const last = (await browser.post(`${LIST}/answer`, typed)).text;
  for (const words of [long, "现在是600个字", "运营商在管局的单位编号，是数字", "省的代码是数字"])
    assert.match(last, words);
  assert.equal(await answers(), []);
});

test("a number that is none is never passed over for the one in the list", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }));
  const [site = ""] = await idsOf("a.cn");
  const browser = await world.signInAs("孙七");
  for (const field of ["result", "operator", "accessProvider", "province", "ip"]) {
    const { status, text } = await browser.post(`${LIST}/answer`, { ...good, site, [field]: "1O01" });
    assert.is(status, 422, field);
    assert.match(text, new RegExp(`href="#${field}"`));
  }
  assert.equal(await answers(), []);
});

test("asks to tick something where nothing is ticked, in the same list", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }));
  const browser = await world.signInAs("孙七");
  const none = await browser.get(`${LIST}/answer?kind=unfiled&place=outside`);
  assert.is(none.location, `${LIST}?kind=unfiled&place=outside&ticked=none`);
  const said = await browser.get(`${LIST}?kind=unfiled&place=inside&ticked=none`);
  assert.match(said.text, "请先勾选要答复的网站");
});

test("the largest code and the longest words are taken, one more is not", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }));
  const [site = ""] = await idsOf("a.cn");
  const browser = await world.signInAs("孙七");
  const send = async (more: Record<string, string>) =>
    (await browser.post(`${LIST}/answer`, { ...good, site, ...more })).status;
  assert.is(await send({ result: "1000" }), 422);
  assert.is(await send({ result: "0" }), 422);
  assert.is(await send({ words: "断".repeat(256) }), 422);
  assert.is(await send({ result: "999", words: "断".repeat(255) }), 303);
  // The code that was given last for an action need not be written again.
  await come(unfiledList({ id: 2, domain: "b.cn", ip: "203.0.113.9" }));
  const [b = ""] = await idsOf("b.cn");
  assert.match((await browser.get(`${LIST}/answer?site=${b}`)).text, "已断开接入999");
  assert.is(await send({ site: b, result: "", action: "urged" }), 422);
  assert.is(await send({ site: b, result: "" }), 303);
});

test("says the code of the last answer in the words of the bureau's table, once it is adopted", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }));
  const [a = ""] = await idsOf("a.cn");
  const browser = await world.signInAs("孙七");
  assert.is((await browser.post(`${LIST}/answer`, { ...good, site: a })).status, 303);
  const row = { id: "1", label: "已停止接入", valid: true, remark: "", extra: {} };
  const ispId = world.people.isps.first;
  await inTransaction(world.store, (store) =>
    keepCodeTable(store, { ispId, bureauId, answerId: null, table: { name: "Wbacl_dms", rows: [row] } }),
  );
  const [table] = await world.db<{ id: number }[]>`select id from bureau_code_tables`;
  await decideCodeTable(world.store, staffNamed(world.people, "郑十"), table?.id ?? 0, "adopted");
  await come(unfiledList({ id: 2, domain: "b.cn", ip: "203.0.113.9" }));
  const [b = ""] = await idsOf("b.cn");
  assert.match((await browser.get(`${LIST}/answer?site=${b}`)).text, "已断开接入时选“已停止接入”");
});

test.run();
