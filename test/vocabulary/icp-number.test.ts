import { suite } from "uvu";
import * as assert from "uvu/assert";
import { codeTable } from "../../src/vocabulary/code-tables.ts";
import { formatIcpNumber, parseIcpNumber } from "../../src/vocabulary/icp-number.ts";

const test = suite("ICP number");

test("a subject's number has no index", () => {
  const number = parseIcpNumber("京ICP备09031924号");
  assert.is(number?.province, "110000");
  assert.is(number?.index, undefined);
  assert.is(number?.serviceType, undefined);
});

test("a website, an app, a mini program and a quick app are told apart", () => {
  const types = ["-1", "-2A", "-3X", "-4K"].map(
    (end) => parseIcpNumber(`浙ICP备2023001048号${end}`)?.serviceType,
  );
  assert.equal(types, ["1", "6", "7", "8"]);
});

test("blanks, full-width signs and a missing 号 are understood and written as usual", () => {
  const number = parseIcpNumber(" 浙 ＩＣＰ备 12345678 号－1 ");
  assert.ok(number);
  assert.is(formatIcpNumber(number), "浙ICP备12345678号-1");
  assert.is(formatIcpNumber(number, true), "浙ICP备12345678号");
  assert.ok(parseIcpNumber("浙ICP备12345678"));
});

test("both signs of a province are known", () => {
  assert.is(parseIcpNumber("蜀ICP备12345678号")?.province, "510000");
  assert.is(parseIcpNumber("川ICP备12345678号")?.province, "510000");
});

test("every province's own sign is read", () => {
  for (const { code, abbreviation } of codeTable("province").rows) {
    assert.is(parseIcpNumber(`${abbreviation}ICP备12345678号`)?.province, code);
  }
});

test("what is no number is none", () => {
  for (const text of [
    "",
    "浙ICP备1234567号",
    "浙ICP备123456号",
    "港ICP备12345678号",
    "浙ICP备12345678号-0",
    "浙ICP备12345678号-1B",
  ]) {
    assert.is(parseIcpNumber(text), undefined, text);
  }
});

test("a licence number is read as 证", () => {
  assert.is(parseIcpNumber("京ICP证030173号")?.kind, "证");
});

test.run();
