import { suite } from "uvu";
import * as assert from "uvu/assert";
import { nationalRule, provinceRule, provinceRuleFile } from "../../src/vocabulary/province-rules.ts";
import { sourcesOf } from "../../src/vocabulary/province-sources.ts";
import { provinceTopics, reviewTime } from "../../src/vocabulary/province-words.ts";
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

test("says nothing where no rule is known", () => {
  assert.equal(linesOf("110000", "个人的身份证"), []);
  assert.equal(linesOf("540000", "手机"), []);
  const titles = provinceTopics(nationalRule("330000")).map(({ title }) => title);
  assert.not(titles.includes("另需材料"));
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
