import { suite } from "uvu";
import * as assert from "uvu/assert";
import { captchaText } from "../../../src/models/captcha/captchas.ts";
import * as sample from "../../rules/sample.ts";
import { type Answer, type Browser, hosts, testWorld, type World } from "../../support/app.ts";
import { complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

type Context = { world: World };

const UNIT = "浙ICP备2026000101号";
const PERSON = "浙ICP备2026000102号";
const OTHER = "闽ICP备2026000103号";
const name = "云栖问茶（杭州）有限公司";

/** What nobody may read of a person, and of a unit's responsible person. */
const personal = ["陆鸿渐", "陆羽", "330108199001010010", "13800005678", "西溪路18号"];

const test = suite<Context>("the public look-up");
test.before(async (context) => {
  const world = await testWorld();
  const { store, people } = world;
  const unit = await complete(store, registrantNamed(people, "张三"), {
    ...freshParts(),
    domain: "yunqi-wencha.cn",
    subject: { name, person: "陆鸿渐", address: "西溪路18号" },
    website: { siteName: "云栖问茶知识平台", homePages: ["www.yunqi-wencha.cn"] },
  });
  const own = await complete(store, registrantNamed(people, "王五"), {
    ...freshParts(),
    domain: "luyu-blog.cn",
    subject: { ...sample.individual, name: "陆羽" },
    website: { siteName: "陆羽的茶" },
  });
  const far = await complete(store, registrantNamed(people, "钱一"), {
    ...freshParts(),
    domain: "er-wencha.cn",
    subject: { name: "云栖问茶（福州）有限公司" },
  });
  const bureau = await addBureau(store, people.isps.first);
  await numberFiling(store, unit, bureau, UNIT);
  await numberFiling(store, own, bureau, PERSON);
  await numberFiling(store, far, await addBureau(store, people.isps.second), OTHER);
  context.world = world;
});
test.after(({ world }) => world.close());

const at = (number: string): string => `/query/${encodeURIComponent(number)}`;

const noneOf = ({ text }: Answer, words: readonly string[]): void => {
  for (const word of words) assert.not(text.includes(word), `${word} is shown`);
};

/** Sends the form with the captcha read off the picture. */
async function ask({ store }: World, browser: Browser, q: string, captcha?: string): Promise<Answer> {
  const { text } = await browser.get("/query");
  const captchaId = /name="captchaId" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const answer = captcha ?? captchaText(store.vault, captchaId);
  return browser.post("/query", { q, captchaId, captcha: answer });
}

test("shows of a unit's website what the register says and nothing of its people", async ({ world }) => {
  const answer = await world.visitor().get(at(`${UNIT}-1`));
  assert.is(answer.status, 200);
  for (const word of [`${UNIT}-1`, UNIT, name, "企业", "云栖问茶知识平台", "www.yunqi-wencha.cn", "备案有效"])
    assert.ok(answer.text.includes(word), word);
  noneOf(answer, personal);
  noneOf(await world.visitor().get(at(UNIT)), personal);
});

test("shows of a person 性质, number and domain, never a name", async ({ world }) => {
  const website = await world.visitor().get(at(`${PERSON}-1`));
  assert.is(website.status, 200);
  assert.match(website.text, "luyu-blog.cn");
  assert.match(website.text, /个人/);
  noneOf(website, personal);
  const subject = await world.visitor().get(at(PERSON));
  assert.match(subject.text, "个人");
  noneOf(subject, [...personal, "luyu-blog.cn"]);
});

test("takes a number as footers and people write it", async ({ world }) => {
  const ways = [
    `${UNIT}-1`,
    at(`${UNIT}-1`).slice(7),
    "浙icp备２０２６０００１０１号－1",
    "浙ICP备2026000101号 - 1",
  ];
  for (const way of ways)
    assert.is((await world.visitor().get(way.startsWith("%") ? `/query/${way}` : at(way))).status, 200, way);
});

test("may be kept by any cache: no cookie, no session, the same for everybody, unchanged is 304", async ({
  world,
}) => {
  const path = at(`${UNIT}-1`);
  const open = await world.visitor().get(path);
  assert.is(open.headers.get("cache-control"), "public, max-age=600");
  assert.equal(open.headers.getSetCookie(), []);
  assert.not.match(open.headers.get("vary") ?? "", /Cookie/);
  const zhang = await (await world.signInAs("张三")).get(path);
  assert.is(zhang.text, open.text);
  const etag = open.headers.get("etag") ?? "";
  assert.match(etag, /^W\/"/);
  const again = await world.visitor().get(path, { "if-none-match": etag });
  assert.is(again.status, 304);
  assert.is(again.bytes.length, 0);
  await world.db`update websites set name = '云栖问茶新平台' where number = ${`${UNIT}-1`}`;
  assert.is((await world.visitor().get(path, { "if-none-match": etag })).status, 200);
  await world.db`update websites set name = '云栖问茶知识平台' where number = ${`${UNIT}-1`}`;
});

test("says of an unknown number what to do, with 404", async ({ world }) => {
  for (const number of ["浙ICP备2026999999号-1", "浙ICP备2026999999号", "abc", `${UNIT}-2`]) {
    const answer = await world.visitor().get(at(number));
    assert.is(answer.status, 404, number);
    assert.match(answer.text, "没有查到这个备案号");
    assert.match(answer.text, "https://beian.miit.gov.cn/");
    assert.is(answer.headers.get("cache-control"), "public, max-age=60");
  }
});

test("does not show a number that was cancelled as valid", async ({ world }) => {
  await world.db`update websites set cancelled_at = '2026-11-01' where number = ${`${UNIT}-1`}`;
  const website = await world.visitor().get(at(`${UNIT}-1`));
  assert.match(website.text, "已经注销");
  assert.match(website.text, "2026年11月1日");
  assert.not.match(website.text, "备案有效");
  assert.not.match((await world.visitor().get(at(UNIT))).text, "云栖问茶知识平台");
  await world.db`update websites set cancelled_at = null where number = ${`${UNIT}-1`}`;
  await world.db`update subjects set cancelled_at = '2026-11-02' where number = ${UNIT}`;
  for (const number of [UNIT, `${UNIT}-1`])
    assert.match((await world.visitor().get(at(number))).text, "已经注销", number);
  await world.db`update subjects set cancelled_at = null where number = ${UNIT}`;
});

test("knows at a provider's host its own records alone, and on a neutral host all", async ({ world }) => {
  for (const number of [UNIT, `${UNIT}-1`])
    assert.is((await world.visitor(hosts.second).get(at(number))).status, 404, number);
  for (const number of [UNIT, OTHER])
    assert.is((await world.visitor(hosts.neutral).get(at(number))).status, 200, number);
  const units = async (host: string) => {
    const browser = world.visitor(host);
    return (await browser.follow(await ask(world, browser, "云栖问茶"))).text;
  };
  assert.not.match(await units(hosts.first), "福州");
  const both = await units(hosts.neutral);
  assert.match(both, "福州");
  assert.match(both, "杭州");
});

test("leads from a domain or a number to its page, from a name to an address that tells nothing", async ({
  world,
}) => {
  const browser = world.visitor();
  for (const q of ["yunqi-wencha.cn", "https://www.YUNQI-wencha.cn/a?b", `${UNIT}-1`]) {
    const answer = await ask(world, browser, q);
    assert.equal([answer.status, answer.location], [303, at(`${UNIT}-1`)], q);
  }
  const named = await ask(world, browser, "云栖问茶");
  assert.is(named.status, 303);
  assert.match(named.location ?? "", /^\/query\/results\/[0-9a-f-]{36}$/);
  const list = await browser.follow(named);
  assert.match(list.text, name);
  noneOf(list, personal);
  const [row] = await world.db<{ sealed: Buffer }[]>`select sealed from public_queries limit 1`;
  assert.not((row?.sealed ?? Buffer.alloc(0)).toString().includes("云栖问茶"));
  await world.db`update public_queries set expires_at = now()`;
  assert.is((await browser.get(named.location ?? "")).status, 404);
});

test("finds no person, by whatever is typed", async ({ world }) => {
  const browser = world.visitor();
  for (const q of [
    "陆羽",
    "陆鸿渐",
    "330108199001010010",
    "13800005678",
    "lu@example.cn",
    "电话13800005678",
  ]) {
    const answer = await ask(world, browser, q);
    assert.is(answer.status, 422, q);
    assert.match(answer.text, /不能查询/);
  }
  const list = await browser.follow(await ask(world, browser, "陆羽陆羽"));
  assert.match(list.text, "没有查到");
  const site = await browser.follow(await ask(world, browser, "陆羽的茶"));
  assert.match(site.text, "没有查到");
});

test("finds a name whichever brackets are typed", async ({ world }) => {
  const browser = world.visitor();
  for (const q of ["问茶（杭州）", "问茶(杭州)有限"])
    assert.match((await browser.follow(await ask(world, browser, q))).text, UNIT, q);
});

test("takes signs of a pattern as signs, and shows what was typed as text", async ({ world }) => {
  const browser = world.visitor();
  for (const q of ["%%%%", "____", "云栖%茶", "<b>云栖</b>"]) {
    const list = await browser.follow(await ask(world, browser, q));
    assert.match(list.text, "没有查到", q);
    assert.not.match(list.text, "<b>云栖");
  }
});

test("wants its captcha answered, and says so beside what was typed", async ({ world }) => {
  const browser = world.visitor();
  const answer = await ask(world, browser, "yunqi-wencha.cn", "XXXX");
  assert.is(answer.status, 422);
  assert.match(answer.text, "验证码不对");
  assert.match(answer.text, 'value="yunqi-wencha.cn"');
});

test("is held back when one source asks without end", async ({ world }) => {
  const browser = world.visitor();
  browser.address = "198.51.100.77";
  let last = 0;
  for (let count = 0; count < 61; count++) last = (await browser.post("/query", { q: "" })).status;
  assert.is(last, 429);
});

test("pages through the websites of a unit and through the units of a name", async ({ world }) => {
  const [subject] = await world.db<{ id: number; ispId: number }[]>`
    select id, isp_id from subjects where number = ${UNIT}`;
  await world.db`
    insert into websites (id, isp_id, subject_id, number, name, values)
    select 900000 + n, ${subject?.ispId ?? 0}, ${subject?.id ?? 0}, ${UNIT} || '-' || n + 1, '分站' || n, '{}'
    from generate_series(1, 30) n`;
  const browser = world.visitor();
  const first = await browser.get(at(UNIT));
  const next = /href="([^"]*after=\d+)"/.exec(first.text)?.[1] ?? "";
  const second = await browser.get(next);
  assert.match(second.text, "分站30");
  assert.not.match(first.text, "分站30");
});

test.run();
