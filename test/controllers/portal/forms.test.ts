import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { minifyCss } from "../../../src/lib/assets.ts";
import { projectPath } from "../../../src/lib/project.ts";
import { addWebsite } from "../../../src/models/filing/change-sections.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import * as sample from "../../rules/sample.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, registrantNamed } from "../../support/filings.ts";
import { draftWithPlaces, placesOf } from "../../support/materials.ts";
import { readPdf } from "../../support/pdf.ts";

const test = suite<{ world: World; zhang: Browser }>("the forms of a filing");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");

let serial = 0;
/** A complete draft that collides with no other. */
async function filed(world: World, parts: Parameters<typeof complete>[2] = {}): Promise<Filing> {
  const first17 = `91330108MA4${String(++serial).padStart(6, "0")}`;
  const own = { domain: `form${serial}.cn`, certNo: first17 + creditCodeCheck(first17) };
  return complete(world.store, owner(world), { ...own, ...parts });
}

const guangdong = { province: "440000", city: "440300", county: "440305" };
/** A person who files; the certificate only has to be another one each time. */
const individual = (more: Record<string, string> = {}) => ({
  certNo: `card-${++serial}`,
  subject: { ...sample.individual, certNo: `card-${serial}`, ...more },
});

test("hands the owner 核验单 as a PDF with the filing's own data, kept by no cache", async ({
  world,
  zhang,
}) => {
  const filing = await filed(world, { website: sample.leader });
  const { website } = await placesOf(world, filing);
  const path = `/filings/${filing.number}/forms/verification.pdf?section=${website}`;
  const { status, headers, bytes } = await zhang.get(path);
  assert.is(status, 200);
  assert.is(headers.get("content-type"), "application/pdf");
  assert.is(headers.get("cache-control"), "no-store");
  assert.is(
    headers.get("content-disposition"),
    `attachment; filename="verification-form-${filing.number}.pdf"`,
  );
  const { pages, text, missing } = readPdf(bytes);
  assert.equal([pages, missing], [1, 0]);
  for (const word of ["示例茶业（杭州）有限公司", filing.domain ?? "-", "李四", "330108199202020020"])
    assert.match(text, word);
  assert.match(text, "单位名称：一号云计算有限公司");
});

test("hands out 授权委托书 of a unit, and none to a person", async ({ world, zhang }) => {
  const filing = await filed(world, { website: sample.leader });
  const letter = await zhang.get(`/filings/${filing.number}/forms/letter.pdf`);
  assert.match(letter.headers.get("content-disposition") ?? "", /"authorisation-letter-[\d-]+\.pdf"/);
  assert.match(readPdf(letter.bytes).text, "授权委托书");
  const own = await filed(world, individual());
  for (const name of ["letter", "letter.pdf"])
    assert.is((await zhang.get(`/filings/${own.number}/forms/${name}`)).status, 404);
});

test("takes the form that the rule in force of the province names", async ({ world, zhang }) => {
  const filing = await filed(world, { subject: guangdong });
  const path = `/filings/${filing.number}/forms/verification`;
  assert.match((await zhang.get(path)).text, "核验单（广东单位）");
  assert.match(readPdf((await zhang.get(`${path}.pdf`)).bytes).text, "核验单（广东单位）");
});

test("prints as a page what the PDF says", async ({ world, zhang }) => {
  const filing = await filed(world, { website: sample.leader });
  const { website } = await placesOf(world, filing);
  const path = `/filings/${filing.number}/forms/verification`;
  const { text, headers } = await zhang.get(`${path}?section=${website}`);
  assert.is(headers.get("cache-control"), "no-store");
  for (const word of ["<h1", "网站备案信息真实性核验单", "330108199202020020", "核验人签字", "□是"])
    assert.match(text, word);
  assert.match(text, `href="${path}.pdf?section=${website}" hx-boost="false"`);
  assert.not.match(text, "还有");
  assert.not.match(text, 'class="blank"><span class="vh">');
});

test("says what is missing and where to fill it in, and leaves lines there", async ({ world, zhang }) => {
  const { filing, website } = await draftWithPlaces(world, owner(world));
  const { text } = await zhang.get(`/filings/${filing.number}/forms/verification?section=${website}`);
  assert.match(text, /还有5处没有填：主办单位名称、网站名称、网站负责人、手机号码、证件号码/);
  assert.match(text, `href="/filings/${filing.number}/subject"`);
  assert.match(text, `href="/filings/${filing.number}/websites/1"`);
  assert.is(text.match(/未填写，留空手写/g)?.length, 5);
  const pdf = await zhang.get(`/filings/${filing.number}/forms/verification.pdf?section=${website}`);
  assert.match(readPdf(pdf.bytes).text, "空着的横线请手写");
});

test("has a form for each website, and none for a section that is no website of the filing", async ({
  world,
  zhang,
}) => {
  const filing = await filed(world);
  const { subject, website } = await placesOf(world, filing);
  await addWebsite(world.store, owner(world), { filingId: filing.id, seen: 1 });
  const { websites } = arrange(await sectionsOf(world.store, filing));
  const path = `/filings/${filing.number}/forms/verification.pdf`;
  const named = async (section: number) =>
    (await zhang.get(`${path}?section=${section}`)).headers.get("content-disposition") ?? "";
  assert.match(await named(website), `-${filing.number}-1.pdf`);
  assert.match(await named(websites[1]?.id ?? 0), `-${filing.number}-2.pdf`);
  for (const section of [subject, 999_999, "x", "1 or 1=1"])
    assert.is((await zhang.get(`${path}?section=${section}`)).status, 404);
});

test("stays there after the filing was submitted, to be signed anew", async ({ world, zhang }) => {
  const filing = await filed(world);
  await bringTo(world.store, world.people, filing, "initial_review");
  assert.is((await zhang.get(`/filings/${filing.number}/forms/verification.pdf`)).status, 200);
});

const addresses = ["verification.pdf", "letter.pdf", "verification", "letter"];

test("does not exist for another account, nor for one of another provider", async ({ world }) => {
  const filing = await filed(world);
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    for (const address of addresses)
      assert.is((await stranger.get(`/filings/${filing.number}/forms/${address}`)).status, 404, name);
  }
});

test("sends a visitor to the login, and staff have no business here", async ({ world }) => {
  const filing = await filed(world);
  const reviewer = await world.signInAs("李四");
  for (const address of addresses) {
    const path = `/filings/${filing.number}/forms/${address}`;
    const visitor = await world.visitor().get(path);
    assert.is(visitor.status, 303);
    assert.match(visitor.location ?? "", /^\/login\?next=/);
    assert.is((await reviewer.get(path)).status, 303);
  }
});

test("is there for staff who help on the telephone, and every look is written down", async ({ world }) => {
  const filing = await filed(world);
  const reviewer = await world.signInAs("李四");
  const path = `/console/filings/${filing.number}/forms`;
  const { status, text } = await reviewer.get(`${path}/verification`);
  assert.is(status, 200);
  assert.match(text, `href="${path}/verification.pdf?section=`);
  assert.match(text, `href="/console/filings/${filing.number}"`);
  assert.is((await reviewer.get(`${path}/security-agreement.pdf`)).status, 404);
  const looks = await world.db`
    select detail from audit_log where action = 'open-form' and filing_id = ${filing.id}`;
  assert.equal(
    looks.map(({ detail }) => detail),
    [{ form: "verification" }, { form: "security-agreement" }],
  );
});

/** The forms that the materials page of a filing leads to. */
async function offered(zhang: Browser, filing: Filing): Promise<string[]> {
  const { text } = await zhang.get(`/filings/${filing.number}/materials`);
  return [...text.matchAll(/\/forms\/([a-z-]+)\.pdf/g)].map(([, name = ""]) => name);
}

const provinces: [string, Record<string, string>, string[], string[]][] = [
  ["浙江", {}, ["verification", "letter", "no-approval"], ["verification", "no-approval"]],
  ["广东", guangdong, ["verification", "pledge-guangdong"], ["verification", "pledge-guangdong"]],
  [
    "江苏",
    { province: "320000", city: "320100", county: "320102" },
    ["verification", "jiangsu-notice", "jiangsu-pledge"],
    ["jiangsu-notice", "jiangsu-pledge"],
  ],
];

for (const [name, place, ofUnit, ofPerson] of provinces)
  test(`leads from the materials page of ${name} to the papers of its row`, async ({ world, zhang }) => {
    for (const [parts, expected] of [
      [{ subject: place }, ofUnit],
      [individual(place), ofPerson],
    ] as const) {
      const filing = await filed(world, parts);
      const found = await offered(zhang, filing);
      for (const form of expected) assert.ok(found.includes(form), `${form} of ${found}`);
      for (const form of found) {
        const page = await zhang.get(`/filings/${filing.number}/forms/${form}`);
        assert.is(page.status, 200, form);
        assert.is((await zhang.get(`/filings/${filing.number}/forms/${form}.pdf`)).status, 200, form);
      }
      if (!expected.includes("pledge-guangdong")) assert.not.ok(found.includes("pledge-guangdong"));
      if (!expected.includes("jiangsu-notice")) assert.not.ok(found.includes("jiangsu-notice"));
    }
  });

test("says on the page which characters of a name cannot be printed", async ({ world, zhang }) => {
  const filing = await filed(world, { website: { ...sample.leader, leaderName: "李𠮷明" } });
  const { text } = await zhang.get(`/filings/${filing.number}/forms/verification`);
  assert.match(text, "“网站负责人”里有字库没有的字：𠮷");
  assert.match(text, "李＿＿明");
  assert.match(text, "（U+20BB7），请在空格处");
});

test("prints long values on a page of their own, as the PDF does", async ({ world, zhang }) => {
  const domains = Array.from({ length: 40 }, (_, at) => `very-long-example-domain-${at}.com.cn`);
  const filing = await filed(world, { website: { ...sample.leader, domains } as never });
  const path = `/filings/${filing.number}/forms/verification`;
  const { text } = await zhang.get(path);
  assert.match(text, "见附页第1项");
  assert.match(text, domains.join("、"));
  assert.match(text, 'class="sheet annex"');
  const pdf = readPdf((await zhang.get(`${path}.pdf`)).bytes);
  assert.is(pdf.pages, 2);
  assert.match(pdf.text, domains.join("、"));
});

test("has no form of any other name", async ({ world, zhang }) => {
  const filing = await filed(world);
  for (const name of ["constructor", "x", "x.pdf", "verification.PDF", "..%2fverification", "pledge"])
    assert.is((await zhang.get(`/filings/${filing.number}/forms/${name}`)).status, 404, name);
});

test("is offered at the two slots while their pictures may change", async ({ world, zhang }) => {
  const filing = await filed(world);
  const { website } = await placesOf(world, filing);
  const path = `/filings/${filing.number}`;
  const { text } = await zhang.get(`${path}/materials`);
  for (const [name, words] of [
    ["verification", "下载已填好的核验单（PDF）"],
    ["letter", "下载已填好的授权委托书（PDF）"],
  ]) {
    const href = `${path}/forms/${name}.pdf?section=${website}`;
    assert.match(text, `<a href="${href}" hx-boost="false">${words}</a>`);
    assert.match(text, `href="${path}/forms/${name}?section=${website}"`);
  }
  await bringTo(world.store, world.people, filing, "initial_review");
  assert.not.match((await zhang.get(`${path}/materials`)).text, "/forms/");
});

test("fits as a page with its stylesheet into the first packets", async ({ world, zhang }) => {
  const filing = await filed(world, individual(guangdong));
  const css = brotliCompressSync(minifyCss(readFileSync(projectPath("static/app.css"), "utf8"))).length;
  const { text } = await zhang.get(`/filings/${filing.number}/forms/verification`);
  assert.match(text, "照抄承诺");
  const html = brotliCompressSync(text).length;
  assert.ok(html + css <= 14_000, `${html} + ${css}`);
});

test.run();
