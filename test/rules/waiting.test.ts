import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Work, works } from "../../src/rules/readiness.ts";
import { waiting } from "../../src/rules/waiting.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";

const test = suite("how long a filing takes");

const [first] = works;
const work = (code: string): Work => works.find((one) => one.code === code) ?? (first as Work);
const pace = { reviewDays: { initial_review: 2, verification: 3, ready: 1 }, verifies: true };
const timeOf = (title: string, ...asked: Parameters<typeof waiting>) =>
  waiting(...asked).find((one) => one.title === title)?.time;

test("is for the provider's stages what its settings promise, without those it does not have", () => {
  assert.is(timeOf("信息初审", work("first"), null, pace), "2个工作日内");
  assert.is(timeOf("拍照和信息核验", work("first"), null, pace), "照片上传后3个工作日内");
  assert.is(timeOf("拍照和信息核验", work("first"), null, { ...pace, verifies: false }), undefined);
  assert.is(timeOf("拍照和信息核验", work("cancel-website"), null, pace), undefined);
});

test("is for the message what the row of the province says", () => {
  const rule = provinceRule("330000");
  assert.is(timeOf("短信核验", work("first"), null, pace), "收到短信后24小时内完成");
  assert.is(timeOf("短信核验", work("first"), { ...rule, smsHours: 48 }, pace), "收到短信后48小时内完成");
  assert.is(timeOf("短信核验", work("first"), { ...rule, smsVerification: false }, pace), undefined);
});

test("is for the bureau what its row says, and for a cancellation less", () => {
  assert.match(timeOf("管局审核", work("first"), provinceRule("330000"), pace) ?? "", /2周/);
  assert.is(timeOf("管局审核", work("cancel-subject"), provinceRule("330000"), pace), "1–5个工作日");
});

test.run();
