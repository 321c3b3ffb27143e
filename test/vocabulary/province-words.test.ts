import { suite } from "uvu";
import * as assert from "uvu/assert";
import { columnsWithoutWords } from "../../src/vocabulary/province-columns.ts";
import { provinceRule, provinceRuleFile } from "../../src/vocabulary/province-rules.ts";
import { sourcesOf } from "../../src/vocabulary/province-sources.ts";
import { conflictsOf, provinceTopics, reviewTime, unknownOf } from "../../src/vocabulary/province-words.ts";
import { sourceText } from "../../src/vocabulary/sources.ts";

const test = suite("what a bureau asks for");

const linesOf = (code: string, title: string): string[] =>
  (provinceTopics(provinceRule(code)).find((topic) => topic.title === title)?.lines ?? []).map(
    ({ text }) => text,
  );

test("says the province's own rule where one is known", () => {
  assert.ok(linesOf("310000", "个人的身份证")[0]?.includes("不是本市的，要有本市的居住证"));
  assert.ok(linesOf("650000", "个人的身份证")[0]?.includes("只收本自治区的身份证"));
  assert.equal(linesOf("440000", "办公电话"), ["可以不填固定电话。"]);
  assert.ok(linesOf("370000", "域名").includes("域名到期前应至少还有45天。"));
  assert.equal(linesOf("440000", "网站底部"), [
    "放主体备案号，写成粤ICP备00000000号，链接到beian.miit.gov.cn。",
  ]);
});

test("says so where no rule is known, and invents none", () => {
  assert.equal(linesOf("110000", "个人的身份证"), ["没有查到公开的要求。"]);
  assert.equal(linesOf("540000", "手机"), ["没有查到公开的要求。"]);
  assert.equal(linesOf("110000", "另需材料"), ["没有查到要另外交的材料。"]);
  assert.not(linesOf("540000", "域名").some((line) => line.includes("持有者")));
  const unknown = unknownOf(provinceRule("540000"));
  for (const label of ["域名到期前至少几天", "单位负责人的最小年龄"])
    assert.ok(unknown.includes(label), label);
  assert.not(unknown.includes("一个网站几个域名"), "the national row knows");
});

test("names the source of a sentence with its year, of the national row where the province is silent", () => {
  const lines = provinceTopics(provinceRule("330000")).flatMap(({ lines }) => lines);
  const sourcesFor = (text: string) => lines.find((line) => line.text.startsWith(text))?.sources;
  assert.equal(sourcesFor("管局审核最长30个工作日"), ["腾讯云备案常见问题：备案审核，约2021年"]);
  assert.equal(sourcesFor("一个网站填1个域名"), ["阿里云备案常见问题：一个网站一个域名，现行"]);
  for (const rule of provinceRuleFile.provinces)
    for (const { lines } of provinceTopics(rule))
      for (const { sources } of lines)
        for (const one of sources) assert.match(one, /，.*(\d{4}年|现行|不详)/);
});

test("keeps both sides where sources differ", () => {
  const [one] = conflictsOf(provinceRule("350000"));
  assert.equal(
    [one?.label, one?.newer.says, one?.older.source],
    [...["单位负责人的最小年龄", "单位的负责人应满18周岁", "阿里云《福建备案要求》，约2023年"]],
  );
});

test("has words for every column of a row", () => {
  assert.equal(columnsWithoutWords(provinceRuleFile.national), []);
});

test("tells how long to wait, the bureau's own days before the national limit", () => {
  assert.is(reviewTime(provinceRule("330000")), "约2周，最长30个工作日");
  assert.is(reviewTime(provinceRule("110000")), "约2周，10–14个工作日");
  assert.is(reviewTime(provinceRule("310000")), "约3天");
  assert.is(reviewTime(provinceRule("540000")), "最长20个工作日");
});

test("speaks in whole sentences without a gap, in all 31 provinces", () => {
  for (const rule of provinceRuleFile.provinces) {
    const texts = provinceTopics(rule).flatMap(({ lines }) => lines.map(({ text }) => text));
    assert.ok(texts.length >= 8, rule.name);
    for (const text of texts) assert.match(text, /^(?!.*(?:null|undefined|NaN|，，)).+。$/, rule.name);
  }
});

test("names every source with its date", () => {
  assert.is(sourceText("T17"), "腾讯云《各省管局要求》，2017年6月");
  assert.is(sourceText("本公司2026年3月询问管局"), "本公司2026年3月询问管局");
  const names = sourcesOf(provinceRule("360000"));
  assert.is(new Set(names).size, names.length);
  assert.ok(names.includes("华为云备案管局咨询，2025年12月"));
});

test.run();
