import { suite } from "uvu";
import * as assert from "uvu/assert";
import { creditCodeCheck, parseCreditCode } from "../../src/vocabulary/credit-code.ts";
import { parseOrganisationCode } from "../../src/vocabulary/organisation-code.ts";

const test = suite("credit and organisation codes");

const faultOf = (text: string) => {
  const code = parseCreditCode(text);
  return code.ok ? "" : code.fault;
};

// Codes of companies as published in the national register (https://www.gsxt.gov.cn) and on their own websites:
// 腾讯, 华为, 阿里巴巴, 百度; the last is the documentation example of
// python-stdnum, module stdnum.cn.uscc.
const published = [
  "9144030071526726XG",
  "914403001922038216",
  "91330100799655058B",
  "91110000802100433B",
  "91110000600037341L",
];

test("codes published in the national register are right, and so is the organisation code inside", () => {
  for (const text of published) {
    const code = parseCreditCode(text);
    assert.ok(code.ok, text);
    assert.ok(parseOrganisationCode(code.organisationCode).ok, text);
  }
});

test("office, division and organisation code are read", () => {
  assert.equal(parseCreditCode("9144030071526726XG"), {
    ok: true,
    category: "91",
    division: "440300",
    organisationCode: "71526726X",
  });
});

test("each sign replaced by another is noticed", () => {
  for (let i = 0; i < 18; i++) {
    const good = "9144030071526726XG";
    const sign = good[i] === "1" ? "2" : "1";
    assert.is(faultOf(good.slice(0, i) + sign + good.slice(i + 1)), "check", String(i));
  }
});

test("length and the letters I O S V Z are told apart", () => {
  assert.equal(parseCreditCode("91330108MA2EXAMP0"), { ok: false, fault: "length", length: 17 });
  for (const sign of "IOSVZ") assert.is(faultOf(`9144030071526726X${sign}`), "characters");
});

test("the invented code of the examples has a right check character", () => {
  assert.is(creditCodeCheck("91330108MA2EXAMP0"), "8");
});

// D2143569-X: worked example in annex B of GB 11714-1997
// (https://zh.wikisource.org/wiki/GB_11714-1997_全国组织机构代码编制规则).
test("the example of GB 11714 is read with and without its hyphen", () => {
  assert.equal(parseOrganisationCode("D2143569-X"), { ok: true, code: "D2143569X" });
  assert.equal(parseOrganisationCode("d2143569x"), { ok: true, code: "D2143569X" });
});

test("an organisation code with a fault is told what it is", () => {
  assert.equal(parseOrganisationCode("D2143569-0"), { ok: false, fault: "check" });
  assert.equal(parseOrganisationCode("D214356X"), { ok: false, fault: "length" });
  assert.equal(parseOrganisationCode("D2143569A"), { ok: false, fault: "characters" });
});

test.run();
