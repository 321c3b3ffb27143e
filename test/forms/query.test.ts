import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readNumber, readQuery } from "../../src/forms/query.ts";

const test = suite("what is typed into the public look-up");

const queryOf = (typed: string) => {
  const read = readQuery(typed);
  return read.ok ? read.query : read.problem;
};

test("is a number in any spelling", () => {
  const number = { by: "number", number: "京ICP备2021012345号-1" };
  for (const typed of [
    "京ICP备2021012345号-1",
    " 京icp备 2021012345号－1 ",
    "京ＩＣＰ备２０２１０１２３４５号-1",
    "京ICP备2021012345-1",
  ])
    assert.equal(queryOf(typed), number, typed);
  assert.equal(queryOf("京ICP备12345678号"), { by: "number", number: "京ICP备12345678号" });
});

test("is a domain, also out of an address, and of a host under it", () => {
  for (const typed of [
    "example.com.cn",
    "HTTPS://www.Example.com.cn/a?b#c",
    "bbs.example.com.cn",
    "example。com。cn",
  ])
    assert.equal(queryOf(typed), { by: "domain", domain: "example.com.cn" }, typed);
  assert.equal(queryOf("中文.cn"), { by: "domain", domain: "xn--fiq228c.cn" });
});

test("is else a part of a unit's name, without needless blanks", () => {
  assert.equal(queryOf(" 示例茶业 （杭州）"), { by: "name", name: "示例茶业（杭州）" });
  assert.equal(queryOf("Example  Tea Ltd"), { by: "name", name: "Example Tea Ltd" });
});

test("is refused with what to do where it is nothing, too short, or may be personal", () => {
  assert.match(String(queryOf("")), /请填写/);
  assert.match(String(queryOf("张三")), /姓名不能查询/);
  assert.match(String(queryOf("330108199001010010")), /不能查询/);
  assert.match(String(queryOf("a@example.cn")), /不能查询/);
  assert.match(String(queryOf("京ICP备123号")), /备案号不完整/);
  assert.match(String(queryOf("茶".repeat(61))), /最多60个字，现在是61个字/);
});

test("is no number where the address holds anything else", () => {
  for (const typed of ["", "abc", "京ICP备2021012345号-0", "京ICP备2021012345号-1' or 1=1", "备".repeat(500)])
    assert.is(readNumber(typed), undefined, typed);
});

test.run();
