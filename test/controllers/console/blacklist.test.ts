import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { testWorld, type World } from "../../support/app.ts";
import { listedSubject, listedWebsite, listsCome } from "../../support/bureau-lists.ts";
import { complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite("黑名单 on the console");

let world: World;
let bureauId: number;
const LIST = "/console/blacklist";

test.before(async () => {
  world = await testWorld();
  bureauId = await addBureau(world.store, world.people.isps.first);
});
test.before.each(async () => {
  await world.db`truncate blacklist_entries cascade`;
});
test.after(() => world.close());

const come = (inner: string, file?: string) => listsCome(world.store, bureauId, inner, file);
const own = { kind: "website", name: "某站", domains: "zijia-lieru.cn", reason: "多次违约" };

test("shows whose list it is, in which file it came, and the document masked", async () => {
  await come(listedSubject("add", "91330108MA27XL1Q75", "柳暗花明公司"), "20261120_list.xml");
  const { text } = await (await world.signInAs("孙七")).get(LIST);
  for (const words of ["柳暗花明公司", "浙江省通信管理局", "20261120_list.xml", "营业执照", "生效"])
    assert.match(text, words);
  assert.not.match(text, "91330108MA27XL1Q75");
  assert.not.match(text, "/console/blacklist/new");
});

test("a number is searched for without standing in an address, a domain may stand there", async () => {
  await come(listedSubject("add", "91330108MA27XL1Q75", "柳暗花明公司") + listedWebsite("add", "hei.cn"));
  const browser = await world.signInAs("孙七");
  const sent = await browser.post(LIST, { q: " 91330108ma27xl1q75 " });
  assert.match(sent.location ?? "", /^\/console\/blacklist\/search\/[0-9a-f-]{36}$/);
  const found = await browser.get(sent.location ?? "");
  assert.match(found.text, "柳暗花明公司");
  assert.not.match(found.text, "hei.cn");
  assert.is((await (await world.signInAs("吴九")).get(sent.location ?? "")).status, 404);
  const byHand = await browser.get(`${LIST}?q=91330108MA27XL1Q75`);
  assert.match(byHand.text, "不能写在地址里");
  assert.not.match(byHand.text, "柳暗花明公司");
  assert.is((await browser.post(LIST, { q: "https://www.hei.cn/" })).status, 303);
  assert.match((await browser.get(`${LIST}?q=www.hei.cn`)).text, "hei.cn");
  const [logged] =
    await world.db`select count(*)::int as count from audit_log where action = 'search-personal'`;
  assert.is(logged?.count, 1);
});

test("主管 put in and take out with a reason, once however often the form comes", async () => {
  const browser = await world.signInAs("吴九");
  assert.match((await browser.get(LIST)).text, "/console/blacklist/new");
  const requestId = newId();
  for (let times = 0; times < 2; times++)
    assert.is((await browser.post(`${LIST}/new`, { ...own, requestId })).location, LIST);
  const again = await browser.post(`${LIST}/new`, { ...own, requestId: newId() });
  assert.is(again.status, 422);
  assert.match(again.text, "已经在本公司的黑名单里");
  const [entry] = await world.db<{ id: number }[]>`select id from blacklist_entries`;
  const removal = `${LIST}/${entry?.id}/removal`;
  assert.is((await browser.get(removal)).status, 200);
  assert.is((await browser.post(removal, { reason: " " })).status, 422);
  assert.is((await browser.post(removal, { reason: "和解" })).location, LIST);
  const { text } = await browser.get(LIST);
  for (const words of ["已移出", "和解", "多次违约", "本公司，吴九"]) assert.match(text, words);
  assert.match((await browser.get(removal)).text, "已经移出");
  const actions =
    await world.db`select action from audit_log where action like '%blacklist-entry' order by id`;
  assert.equal(
    actions.map(({ action }) => action),
    ["add-blacklist-entry", "remove-blacklist-entry"],
  );
});

test("tells documents of one name apart by whose they are", async () => {
  const { text } = await (await world.signInAs("吴九")).get(`${LIST}/new`);
  const kinds = [...text.matchAll(/<option value="\d+">([^<]+)</g)].map(([, words]) => words);
  assert.ok(kinds.includes("组织机构代码证（事业单位）") && kinds.includes("居民身份证"));
  assert.is(new Set(kinds).size, kinds.length);
});

test("says what is missing or cannot be meant", async () => {
  const browser = await world.signInAs("吴九");
  const said = async (more: Record<string, string>) => {
    const { status, text } = await browser.post(`${LIST}/new`, { ...own, requestId: newId(), ...more });
    assert.is(status, 422);
    return text;
  };
  assert.match(await said({ kind: "everything" }), "请选主体还是网站");
  assert.match(await said({ domains: "com.cn" }), "“com.cn”不是域名");
  assert.match(
    await said({ domains: Array.from({ length: 51 }, (_, at) => `d${at}.cn`).join("\n") }),
    "一次最多50个",
  );
  const typed = Array.from({ length: 51 }, (_, at) => `${"d".repeat(60)}${at}.cn`).join("\n");
  assert.match(await said({ domains: typed }), typed, "nothing of what was typed is lost");
  assert.match(await said({ reason: "" }), "为什么列入");
  assert.match(await said({ reason: "多".repeat(201) }), "最多200个字");
  const subject = await said({ kind: "subject", name: "", certType: "999", certNo: "12" });
  for (const words of ["请填主办单位名称", "请选证件类型", "请填完整的证件号码"])
    assert.match(subject, words);
  const whole = { ...own, kind: "subject", certType: "2", certNo: "330108199001010010", requestId: newId() };
  assert.is((await browser.post(`${LIST}/new`, whole)).status, 303);
});

test("a bureau's entry and another provider's are not taken out", async () => {
  await come(listedWebsite("add", "hei.cn"));
  const [entry] = await world.db<{ id: number }[]>`select id from blacklist_entries`;
  const browser = await world.signInAs("吴九");
  assert.is((await browser.post(`${LIST}/${entry?.id}/removal`, { reason: "想移出" })).status, 404);
  assert.not.match((await (await world.signInAs("冯二")).get(LIST)).text, "hei.cn");
});

test("a record of which something is listed is marked on its page and stands in a list of its own", async () => {
  const parts = freshParts();
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), parts);
  const id = await numberFiling(world.store, filing, bureauId, "浙ICP备2026888888号");
  const browser = await world.signInAs("孙七");
  assert.not.match((await browser.get(`/console/records/${id}`)).text, "在黑名单中");
  await come(listedSubject("add", parts.certNo) + listedWebsite("add", parts.domain));
  assert.match(
    (await browser.get(`/console/records/${id}`)).text,
    `主体的证件，域名${parts.domain}在黑名单中`,
  );
  const list = await browser.get(`${LIST}/records`);
  for (const words of ["浙ICP备2026888888号", "主体证件", parts.domain]) assert.match(list.text, words);
});

test.run();
