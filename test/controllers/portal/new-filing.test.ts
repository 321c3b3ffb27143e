import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { type Fields, formOf } from "../../support/form.ts";

const test = suite<{ world: World; zhang: Browser }>("a new filing");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

let serial = 0;
/** What 张三 answers for a company with a new domain. */
const answers = (changes: Fields = {}): Fields => {
  const first17 = `91330108MA5${String(++serial).padStart(6, "0")}`;
  const certNo = first17 + creditCodeCheck(first17);
  return { nature: "4", certType: "1", certNo, domain: `neu${serial}.cn`, ...changes };
};

const page = async (browser: Browser): Promise<Fields> =>
  formOf((await browser.get("/filings/new")).text, "/filings/new");

test("says first what need not be filed, and what to prepare", async ({ zhang }) => {
  const { status, text } = await zhang.get("/filings/new");
  assert.is(status, 200);
  assert.match(text, "服务器在香港、澳门、台湾和国外的网站，不用也不能在这里备案");
  assert.match(text, "先准备好这些");
  assert.match(text, "主办单位证件");
});

test("says while it is filled in what is wrong with a field, and shows its usual spelling", async ({
  zhang,
}) => {
  const form = await page(zhang);
  const typed = { ...form, ...answers({ domain: "Tea_1.CN", certNo: "91330108ma2examp09" }), act: "check" };
  const { status, text } = await zhang.post("/filings/new", typed);
  assert.is(status, 200);
  assert.not.match(text, "<html");
  assert.match(
    text,
    /id="certNo-e" hx-swap-oob="innerHTML">[\s\S]*class="err"[\s\S]*已改写为<span class="n wide">91330108MA2EXAMP09/,
  );
  assert.match(text, /id="domain-e"[\s\S]*class="err"/);
  assert.not.match(text, /id="certType-e"/);
  const shown = [...text.matchAll(/name="shown" value="([^"]+)"/g)].map(([, one = ""]) => one);
  const certNo = "91330108MA2EXAMP08";
  const again = await zhang.post("/filings/new", { ...typed, certNo, shown });
  assert.match(again.text, /id="certNo-e" hx-swap-oob="innerHTML"><\/div>/);
  assert.ok(text.length < 6000);
});

test("offers the certificates of the chosen 性质, with a script and without", async ({ zhang }) => {
  const form = await page(zhang);
  const { status, text } = await zhang.post("/filings/new", {
    ...form,
    nature: "5",
    act: "update",
    domain: "x.cn",
  });
  assert.is(status, 200);
  assert.match(text, "居民身份证");
  assert.not.match(text, "营业执照（个人或企业）");
  assert.match(text, /name="domain"[^>]* value="x.cn"/);
  assert.not.match(text, "主办单位证件</b>");
});

test("says beside the fields what is wrong, in the words of the rules", async ({ zhang }) => {
  const form = await page(zhang);
  const empty = await zhang.post("/filings/new", form);
  assert.is(empty.status, 422);
  assert.match(empty.text, "<title>有4处要改：新增备案");
  const typed = {
    ...form,
    nature: "4",
    certType: "1",
    certNo: "91330108MA2EXAMP0",
    domain: "https://www.example.cn/a",
  };
  const { status, text } = await zhang.post("/filings/new", typed);
  assert.is(status, 422);
  assert.match(text, /<a href="#certNo">统一社会信用代码应为18位，现在是17位<\/a>/);
  assert.match(text, /<a href="#domain">“https:\/\/www.example.cn\/a”是网址/);
  assert.match(text, /name="certNo"[^>]* value="91330108MA2EXAMP0"/);
});

test("opens the filing and goes to its first form, once however often it is sent", async ({
  world,
  zhang,
}) => {
  const typed = { ...(await page(zhang)), ...answers() };
  const sent = await Promise.all([1, 2].map(() => zhang.post("/filings/new", typed)));
  const [first, second] = sent.map(({ location }) => location);
  assert.match(first ?? "", /^\/filings\/\d{8}-\d{4}\/subject$/);
  assert.is(first, second);
  const number = first?.split("/")[2] ?? "";
  const filing = await findFiling(world.db, number, registrantNamed(world.people, "张三"));
  const { subject, websites } = arrange(await sectionsOf(world.store, filing));
  assert.equal([subject.values.nature, subject.values.certNo], ["4", typed.certNo]);
  assert.equal(websites[0]?.values.domains, [typed.domain]);
});

test("takes a code that fails its check character when it is confirmed, and remembers that", async ({
  zhang,
}) => {
  const typed = { ...(await page(zhang)), ...answers({ certNo: "91330108MA2EXAMP0X" }) };
  const { status, text } = await zhang.post("/filings/new", typed);
  assert.is(status, 422);
  const confirmed = /name="confirmed" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const made = await zhang.post("/filings/new", { ...typed, confirmed });
  assert.is(made.status, 303);
  const subject = await zhang.follow(made);
  assert.match(subject.text, `value="${confirmed}" checked`);
});

test("names one's own filing that has the certificate or the domain, and nobody else's", async ({
  world,
  zhang,
}) => {
  const typed = answers();
  const made = await zhang.post("/filings/new", { ...(await page(zhang)), ...typed });
  const number = made.location?.split("/")[2] ?? "";
  const own = await zhang.post("/filings/new", {
    ...(await page(zhang)),
    ...answers({ certNo: typed.certNo ?? "" }),
  });
  assert.is(own.status, 422);
  assert.match(own.text, /<a href="#certNo">这个证件号码已有一件备案正在办理<\/a>/);
  assert.match(own.text, `href="/filings/${number}"`);

  const wang = await world.signInAs("王五");
  const other = await wang.post("/filings/new", {
    ...(await page(wang)),
    ...answers({ domain: typed.domain ?? "" }),
  });
  assert.is(other.status, 422);
  assert.match(other.text, "另一个账号办理");
  assert.not.match(other.text, number);

  // Another provider's filings are its own business.
  const qian = await world.signInAs("钱一");
  const elsewhere = await qian.post("/filings/new", {
    ...(await page(qian)),
    ...answers({ domain: typed.domain ?? "" }),
  });
  assert.is(elsewhere.status, 303);
});

test("is for registrants, and for forms of our own", async ({ world, zhang }) => {
  assert.is((await world.visitor().get("/filings/new")).location, "/login?next=%2Ffilings%2Fnew");
  assert.is((await zhang.post("/filings/new", { ...answers(), csrf: "forged" })).status, 403);
});

test.run();
