import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isAlways, readiness } from "../../src/rules/readiness.ts";
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
    preApproval: "网站要前置审批的",
    other: "?",
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

test.run();
