import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  authorisationLetter,
  blankForms,
  cancellationStatement,
  jiangsuNotice,
  jiangsuPledge,
  leaderLetter,
  missingFacts,
  noApproval,
  noFinance,
  pledge,
  pledgeGuangdong,
  type Sheet,
  securityAgreement,
  securityPledge,
  sheetPdf,
  verificationForm,
} from "../../../src/documents/forms/index.ts";
import * as sample from "../../rules/sample.ts";
import { readPdf } from "../../support/pdf.ts";
import { cancellation, company, madeAt, person, printed } from "../../support/sheets.ts";

const test = suite("the forms to download");

const every: [string, Sheet][] = [
  ...(["national", "guangdong"] as const).flatMap((variant): [string, Sheet][] => [
    [`核验单 ${variant}, unit`, verificationForm(company, variant)],
    [`核验单 ${variant}, individual`, verificationForm(person, variant)],
  ]),
  ["核验单 of 北京", verificationForm(company, "national_with_registrar")],
  ...(
    [
      ["主体负责人授权书", leaderLetter],
      ["承诺书", pledge],
      ["承诺书 of 广东", pledgeGuangdong],
      ["责任告知书 of 江苏", jiangsuNotice],
      ["承诺书 of 江苏", jiangsuPledge],
      ["不涉及前置审批承诺书", noApproval],
      ["不从事金融服务承诺书", noFinance],
      ["网络安全责任书", securityPledge],
      ["信息安全管理协议", securityAgreement],
    ] as const
  ).flatMap(([name, fill]): [string, Sheet][] => [
    [`${name}, unit`, fill(company)],
    [`${name}, individual`, fill(person)],
  ]),
  ["授权委托书", authorisationLetter(company)],
  ["授权委托书 of one person for both", authorisationLetter({ ...company, website: sample.website })],
  ["注销声明", cancellationStatement(cancellation)],
  ...Object.entries(blankForms).map(([name, { draw }]): [string, Sheet] => [
    `${name}, blank`,
    draw("示例云计算有限公司"),
  ]),
];

/** Every word that stands on a sheet, in order. */
function wordsOf(sheet: Sheet): string[] {
  const words = sheet.blocks.flatMap((block) => {
    if (block.kind === "facts") return block.rows.flat().flatMap(({ label, value }) => [label, value]);
    if (block.kind === "checks")
      return block.groups.flatMap(({ name, checks }) => [
        name,
        ...checks.flatMap(({ text, answers }) => [text, ...answers.map((answer) => `□${answer}`)]),
      ]);
    if (block.kind === "text") return block.paragraphs;
    if (block.kind === "copy") return [block.sentence];
    return block.parties.flatMap(({ heading, pledge, lines }) => [
      ...[heading, pledge],
      ...lines.flatMap(({ label, value = "" }) => [label, value]),
    ]);
  });
  return [
    sheet.title,
    sheet.reference,
    ...sheet.blocks.map(({ heading }) => heading),
    ...words,
    ...sheet.notes,
  ];
}

for (const [name, sheet] of every)
  test(`${name}: one page, its fonts embedded, every word there and every glyph drawn`, async () => {
    const bytes = await sheetPdf(sheet, madeAt);
    const { pages, fonts, text, missing } = readPdf(bytes);
    assert.is(pages, 1);
    assert.equal(fonts.map(({ name }) => name.replace(/^\w+\+/, "")).sort(), [
      "NotoSansSC-Bold",
      "NotoSansSC-Regular",
    ]);
    assert.ok(fonts.every(({ isEmbedded }) => isEmbedded));
    assert.is(missing, 0);
    assert.equal(
      wordsOf(sheet).filter((word) => !text.includes(word)),
      [],
    );
    assert.ok(bytes.length < 150_000, `${bytes.length} bytes`);
  });

test("核验单 is filled in with the filing's own data, nothing masked, www left out", async () => {
  const website = { ...company.website, domains: ["www.example.cn", "example.com.cn"] };
  const { text } = await printed(verificationForm({ ...company, website }, "national"));
  for (const word of ["示例茶业（杭州）有限公司", "91330108MA2EXAMP08", "示例茶叶商城", "李四"])
    assert.match(text, word);
  assert.match(text, "example.cn、example.com.cn");
  assert.not.match(text, "www.");
  assert.match(text, "330108199202020020");
  assert.match(text, "13700004321");
  assert.match(text, "备案单号20261118-0042，首次备案");
});

test("注销声明 says who cancels which number and why, and leaves a line for what is not known", async () => {
  const { text } = await printed(cancellationStatement(cancellation));
  for (const word of [
    "示例茶业（杭州）有限公司",
    "91330108MA2EXAMP08",
    "浙ICP备2026000001号-1",
    "注销网站",
    "网站不再使用",
  ])
    assert.match(text, word);
  assert.not.match(text, "□注销主体");
  assert.equal(missingFacts(cancellationStatement(cancellation)), ["说明"]);
  assert.match(text, "单位盖章：");
  const person = { ...cancellation, subject: sample.individual };
  assert.match((await printed(cancellationStatement(person))).text, "本人按手印");
});

test("a blank form holds nobody's data and tells nobody that a filing lacks some", async () => {
  for (const { draw } of Object.values(blankForms)) {
    const sheet = draw("");
    assert.not.match((await printed(sheet)).text, "备案单里还没有填");
    for (const block of sheet.blocks)
      if (block.kind === "facts")
        for (const { label, value } of block.rows.flat())
          assert.ok(value === "" || label === "注销内容", `${label}: ${value}`);
  }
});

test("核验单 leaves the verifier's part empty but for the provider's name", () => {
  const { blocks } = verificationForm(company, "national");
  const signatures = blocks.find((block) => block.kind === "signatures");
  const values = signatures?.parties.flatMap(({ lines }) => lines.map(({ value }) => value));
  assert.equal(
    values?.filter((value) => value !== undefined),
    ["示例云计算有限公司"],
  );
});

test("核验单 asks a unit for its stamp and a person for a fingerprint", async () => {
  assert.match((await printed(verificationForm(company, "national"))).text, "签名旁加盖单位公章");
  const own = await printed(verificationForm(person, "national"));
  assert.match(own.text, "本人按手印");
  assert.not.match(own.text, "加盖单位公章");
  assert.match(own.text, "主办者姓名张三");
});

test("an unfinished filing gets lines to write on, and the form says so", async () => {
  const blank = { ...company, subject: { nature: "4", certType: "1" }, website: { domains: ["example.cn"] } };
  const sheet = verificationForm(blank, "national");
  const labels = ["主办单位名称", "证件号码", "网站名称", "网站负责人", "手机号码", "证件类型", "证件号码"];
  assert.equal(missingFacts(sheet), labels);
  const { text, pages } = await printed(sheet);
  assert.match(text, "空着的横线请手写：备案单里还没有填。");
  assert.is(pages, 1);
  assert.not.match((await printed(verificationForm(company, "national"))).text, "空着的横线");
});

test("the longest values stand whole, beside one page with every signature", async () => {
  const domains = Array.from({ length: 40 }, (_, at) => `very-long-example-domain-${at}.com.cn`);
  const website = { ...company.website, siteName: "示例茶叶".repeat(40), domains };
  const subject = { ...sample.company, name: "示例茶业".repeat(32) };
  const { pages, text } = await printed(
    verificationForm({ ...company, subject, website, isp: "示例云计算".repeat(10) }, "national"),
  );
  assert.is(pages, 2);
  for (const value of [subject.name, website.siteName, domains.join("、"), "示例云计算".repeat(10)])
    assert.match(text, value);
  assert.match(text, "网站域名见附页第1项");
});

test("the same data give the same bytes, so that a form can be compared", async () => {
  const sheet = verificationForm(company, "national");
  assert.ok((await sheetPdf(sheet, madeAt)).equals(await sheetPdf(sheet, madeAt)));
});

test.run();
