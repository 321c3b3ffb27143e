import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  codeLabel,
  codeRow,
  codeTable,
  codeTableIds,
  shippedTable,
} from "../../src/vocabulary/code-tables.ts";
import * as divisions from "../../src/vocabulary/divisions.ts";
import { maskEmail, maskIdentity, maskName, maskPhone } from "../../src/vocabulary/masking.ts";
import {
  domainsPerSite,
  nationalRule,
  provinceRule,
  provinceRuleFile,
} from "../../src/vocabulary/province-rules.ts";
import { returnReasons } from "../../src/vocabulary/return-reasons.ts";
import { maybeSource } from "../../src/vocabulary/sources.ts";

const test = suite("tables");

test("each table has a source and codes that occur once", () => {
  for (const id of codeTableIds) {
    const { rows, sources } = shippedTable(id);
    assert.ok(rows.length > 0 && sources.every(Boolean), id);
    assert.is(new Set(rows.map(({ code }) => code)).size, rows.length, id);
  }
});

test("natures and certificates name each other", () => {
  for (const { code, certTypes = [] } of codeTable("unit_nature").rows) {
    for (const type of certTypes)
      assert.ok(codeRow("cert_type", type)?.natures?.includes(code), `${code} ${type}`);
  }
});

test("codes are shown in words, unknown ones as they are", () => {
  assert.is(codeLabel("unit_nature", "1"), "军队");
  assert.is(codeLabel("cert_type", "1"), "营业执照（个人或企业）");
  assert.is(codeLabel("unit_nature", "77"), "77");
  assert.throws(() => codeTable("nothing"), /unknown code table/);
});

test("a place has its path, with no city in the four municipalities", () => {
  assert.is(divisions.divisionName("330108"), "浙江省杭州市滨江区");
  assert.is(divisions.divisionName("110105"), "北京市朝阳区");
  assert.is(divisions.divisionName("429004"), "湖北省仙桃市");
  assert.is(divisions.divisionName("999999"), "");
  assert.ok(divisions.children("110000").every(({ code }) => !code.endsWith("00")));
  assert.ok(divisions.children("330000").every(({ code }) => code.endsWith("00")));
  assert.equal(divisions.children("441900"), []);
});

test("every division below a province has a path up to it", () => {
  const below = divisions.provinces.flatMap(({ code }) => divisions.children(code));
  const all = [...below, ...below.flatMap(({ code }) => divisions.children(code))];
  assert.ok(all.length > 3000);
  for (const { code } of all) assert.is(divisions.divisionPath(code)[0]?.code, `${code.slice(0, 2)}0000`);
});

test("provinces have short names and signs", () => {
  assert.is(divisions.provinceShortName("450000"), "广西");
  assert.is(divisions.provinceShortName("650000"), "新疆");
  assert.is(divisions.provinceAbbreviation("620000"), "陇");
  assert.is(divisions.provinceByAbbreviation("甘"), "620000");
  assert.is(divisions.provinces.length, 31);
});

test("the bureau is given a city even where there is none", () => {
  assert.is(divisions.bureauDivision("110000", "", "110105").city, "110100");
  assert.is(divisions.bureauDivision("500000", "", "500229").city, "500200");
  assert.is(divisions.bureauDivision("330000", "330100", "330108").city, "330100");
});

test("31 provinces have rules, and every source they name is listed", () => {
  assert.equal(
    provinceRuleFile.provinces.map(({ code }) => code),
    divisions.provinces.map(({ code }) => code),
  );
  for (const { name, sources, extraMaterials } of provinceRuleFile.provinces) {
    for (const key of [...sources, ...extraMaterials.map(({ source }) => source)]) {
      assert.ok(maybeSource(key), `${name} ${key}`);
    }
  }
});

test("a province's row goes before the national one", () => {
  assert.ok(provinceRule("440000").emergencyDistinct);
  assert.not(provinceRule("330000").emergencyDistinct);
  assert.is(provinceRule("").name, "全国");
  assert.is(domainsPerSite(provinceRule("330000")), 1);
  assert.is(domainsPerSite({ ...nationalRule("330000"), domainsPerSite: 5 }), 5);
});

test("return reasons have ids that occur once", () => {
  for (const list of [returnReasons.field, returnReasons.material]) {
    assert.is(new Set(list.map(({ id }) => id)).size, list.length);
  }
});

test("personal numbers are masked", () => {
  assert.is(maskIdentity("330108199001010010"), "330108********0010");
  assert.is(maskIdentity("H12345678"), "H1****78");
  assert.is(maskIdentity("12"), "**");
  assert.is(maskPhone("13800005678"), "138****5678");
  assert.is(maskPhone("086-0571-88885678"), "086-0571-****5678");
  assert.is(maskEmail("zhangsan@example.cn"), "z***n@example.cn");
  assert.is(maskEmail("li@example.cn"), "l***@example.cn");
  assert.is(maskName("张三"), "张*");
  assert.is(maskName("欧阳云海"), "欧**海");
  for (const mask of [maskIdentity, maskPhone, maskEmail, maskName]) assert.is(mask(""), "");
});

test.run();
