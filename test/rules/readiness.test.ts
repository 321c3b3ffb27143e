import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isAlways, readiness, works } from "../../src/rules/readiness.ts";
import { codeTable } from "../../src/vocabulary/code-tables.ts";
import { nationalRule, provinceRule } from "../../src/vocabulary/province-rules.ts";

const test = suite("what to have at hand");

const always = (nature: string, province: string) =>
  readiness(nature, provinceRule(province))
    .filter(isAlways)
    .map(({ slot }) => slot);

const casesOf = (nature: string, province: string) =>
  Object.fromEntries(
    readiness(nature, provinceRule(province))
      .filter((one) => !isAlways(one))
      .map(({ slot, when, optional }) => [slot, optional ? `${when}?` : when]),
  );

test("is for a company its certificate, its person's, the form, the domain's and the photo", () => {
  assert.equal(always("4", ""), ["certificate", "leader", "form", "domain", "photo"]);
});

test("is for a person without the certificate of a unit", () => {
  assert.equal(always("5", ""), ["leader", "form", "domain", "photo"]);
});

test("names the case in which a unit needs a letter and a second document", () => {
  assert.equal(casesOf("4", "330000"), {
    siteLeader: "网站负责人不是主体负责人的",
    letter: "网站负责人不是主体负责人的",
    holderProof: "域名不由主办单位持有的",
    leaderLetter: "主体负责人不是法定代表人的",
    passport: "法定代表人是外国人?",
    preApproval: "网站要前置审批的",
  });
});

test("asks a person from elsewhere for a permit where the bureau does, also in 北京 and 广东", () => {
  assert.is(casesOf("5", "440000").residencePermit, "身份证不是本省的");
  assert.is(casesOf("5", "110000").residencePermit, "身份证不是本省的?");
});

test("carries what the bureau says besides", () => {
  const pledge = readiness("5", provinceRule("440000")).find(({ slot }) => slot === "pledge");
  assert.match(pledge?.provinceHint ?? "", /^广东：互联网信息服务备案承诺书/);
});

test("asks everybody but 个人 for the certificate of the unit", () => {
  for (const { code } of codeTable("unit_nature").rows)
    assert.is(
      readiness(code, nationalRule("")).some(({ slot }) => slot === "certificate"),
      code !== "5",
    );
});

const workOf = (code: string) => works.find((work) => work.code === code);
const listed = (code: string, nature = "4", province = "310000") =>
  Object.fromEntries(
    readiness(nature, provinceRule(province), workOf(code)).map(({ slot, when }) => [slot, when]),
  );

test("asks for a change for what is changed alone", () => {
  assert.equal(listed("change-subject"), {
    certificate: "",
    changeProof: "名称或证件号码有变更的",
    leader: "换了负责人的",
  });
  assert.is(listed("change-website").domain, "增加域名的");
  assert.not("certificate" in listed("change-website"));
});

test("asks for a cancellation only where the telephone is lost", () => {
  const when = "备案时的手机已经不能接收短信的";
  assert.equal(listed("cancel-subject"), { certificate: when, leader: when, cancelLetter: when });
  assert.equal(listed("cancel-website", "5"), { leader: when, cancelLetter: when });
});

test("names what the bureau wants in cases that nobody can foresee", () => {
  assert.match(listed("first").sitePlan ?? "", /30个/);
  assert.match(listed("first", "4", "650000").partyProof ?? "none", /^$/);
  assert.not("partyProof" in listed("join", "4", "650000"));
});

test.run();
