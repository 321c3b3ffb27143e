import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ageOfIdentity, identityCheck, parseIdentityCard } from "../../src/vocabulary/identity-card.ts";

const test = suite("identity card");

const faultOf = (text: string) => {
  const card = parseIdentityCard(text);
  return card.ok ? "" : card.fault;
};

// The two worked examples printed in GB 11643-1999 (http://openstd.samr.gov.cn, GB 11643-1999, clause 4 and annex).
test("the examples of GB 11643 are read", () => {
  assert.equal(parseIdentityCard("11010519491231002X"), {
    ok: true,
    birth: "1949-12-31",
    sex: "female",
    region: "110105",
    regionKnown: true,
    province: "110000",
  });
  const second = parseIdentityCard("440524188001010014");
  assert.ok(second.ok && second.birth === "1880-01-01" && second.sex === "male");
});

// Documentation example of python-stdnum, module stdnum.cn.ric.
test("a number published with a widely used library is read", () => {
  assert.is(faultOf("360426199101010071"), "");
});

test("a small x counts as X", () => {
  assert.ok(parseIdentityCard("11010519491231002x").ok);
});

test("each wrong digit in the first seventeen is noticed", () => {
  for (let i = 0; i < 17; i++) {
    const good = "11010519491231002X";
    const other = good.slice(0, i) + ((Number(good[i]) + 1) % 10) + good.slice(i + 1);
    assert.is.not(faultOf(other), "", other);
  }
});

test("two neighbouring digits in each other's place are noticed", () => {
  assert.is(faultOf("11010519491231020X"), "check");
});

test("length, letters and dates that do not exist are told apart", () => {
  assert.is(faultOf("11010519491231002"), "length");
  assert.is(faultOf("110105491231002"), "old");
  assert.is(faultOf("1101051949123100AX"), "characters");
  assert.is(faultOf("110105194902300025"), "date");
  assert.is(faultOf("110105194913310025"), "date");
});

test("a district abolished since is unknown, not wrong", () => {
  // 440524 (澄海县) became a district of 汕头 in 2003.
  const card = parseIdentityCard("440524188001010014");
  assert.ok(card.ok && !card.regionKnown && card.province === "440000");
});

test("a province that never existed is told when the check digit is right", () => {
  const first = "99010119900101001";
  assert.is(faultOf(first + identityCheck(first)), "region");
});

test("age counts from the birthday", () => {
  const number = "330108199001010010";
  assert.is(ageOfIdentity(number, "2007-12-31"), 17);
  assert.is(ageOfIdentity(number, "2008-01-01"), 18);
  assert.is(ageOfIdentity(number, "1989-12-31"), undefined);
  assert.is(ageOfIdentity("1", "2008-01-01"), undefined);
});

test.run();
