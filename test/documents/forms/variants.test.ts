import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  authorisationLetter,
  jiangsuNotice,
  jiangsuPledge,
  leaderLetter,
  missingFacts,
  noApproval,
  noFinance,
  pledge,
  pledgeGuangdong,
  securityPledge,
  verificationForm,
} from "../../../src/documents/forms/index.ts";
import { provinceRule, provinceRuleFile } from "../../../src/vocabulary/province-rules.ts";
import * as sample from "../../rules/sample.ts";
import { company, person, printed } from "../../support/sheets.ts";

const test = suite("the papers of the provinces");

test("核验单 of 广东 has a title of its own, and a pledge that persons copy by hand", async () => {
  const variant = provinceRule("440000").formVariant;
  const unit = await printed(verificationForm(company, variant));
  const own = await printed(verificationForm(person, variant));
  assert.match(unit.text, "核验单（广东单位）");
  assert.not.match(unit.text, "照抄");
  assert.match(own.text, "核验单（广东个人）");
  assert.match(own.text, "三、请在横线上照抄承诺");
  assert.match(own.text, "四、承诺和签字");
});

test("核验单 is there for the variant of every province", () => {
  for (const { name, formVariant } of provinceRuleFile.provinces)
    assert.match(verificationForm(company, formVariant).title, "网站备案信息真实性核验单", name);
});

test("核验单 of 江西 for persons says that the bureau has one of its own", () => {
  const variant = provinceRule("360000").formVariant;
  assert.match(verificationForm(person, variant).advice, "请向接入商确认");
  assert.is(verificationForm(company, variant).advice, "");
});

test("授权委托书 is signed by 主体负责人, and by 法定代表人 where both are one person", async () => {
  const { text } = await printed(authorisationLetter(company));
  assert.match(text, "主体负责人张三");
  assert.match(text, "姓名李四");
  assert.match(text, "主体负责人签字：");
  const same = await printed(authorisationLetter({ ...company, website: sample.website }));
  assert.match(same.text, "担任主体负责人和网站负责人");
  assert.match(same.text, "法定代表人签字：");
});

test("核验单 stays on one page with a long name and with four domains, in every variant", async () => {
  const domains = Array.from({ length: 4 }, (_, at) => `example-domain-${at}.com.cn`);
  for (const { formVariant } of provinceRuleFile.provinces)
    for (const input of [company, person]) {
      const website = { ...input.website, siteName: "示例茶叶".repeat(8), domains };
      const { pages } = await printed(verificationForm({ ...input, website }, formVariant));
      assert.is(pages, 1, formVariant);
    }
});

test("核验单 of 北京 has a line for the registrar, which no filing lacks", async () => {
  const variant = provinceRule("110000").formVariant;
  const sheet = verificationForm(company, variant);
  const { text } = await printed(sheet);
  assert.match(text, "网站域名example.cn域名注册商");
  assert.equal(missingFacts(sheet), []);
  assert.not.match((await printed(verificationForm(company, "national"))).text, "注册商");
});

test("the two papers of 江苏 are signed by 网站负责人 without a stamp, and a part of the first is copied", async () => {
  const [notice, own] = [await printed(jiangsuNotice(company)), await printed(jiangsuPledge(company))];
  for (const { text } of [notice, own]) {
    assert.match(text, "网站负责人签字：");
    assert.match(text, "网站负责人李四");
    assert.match(text, "不盖章。");
    assert.not.match(text, "单位盖章");
    assert.not.match(text, "接入服务单位");
  }
  assert.match(notice.text, "四、请在横线上照抄");
  assert.not.match(own.text, "照抄");
  assert.match((await printed(jiangsuPledge(person))).text, "本人签字：");
});

test("承诺书 of 广东 is signed by 法定代表人, or by the person, and not by the provider", async () => {
  const unit = await printed(pledgeGuangdong(company));
  assert.match(unit.text, "法定代表人签字：");
  assert.match(unit.text, "不用签名章");
  assert.not.match(unit.text, "接入服务单位");
  assert.match((await printed(pledgeGuangdong(person))).text, "本人签字：");
  assert.match((await printed(pledge(company))).text, "主体负责人签字：");
});

test("主体负责人授权书 has lines for 法定代表人, who is in no filing", async () => {
  const sheet = leaderLetter(company);
  assert.equal(missingFacts(sheet), []);
  const { text } = await printed(sheet);
  for (const word of [
    "法定代表人身份证号码",
    "姓名张三",
    "法定代表人签字：",
    "被授权人签字：",
    "担任主体负责人",
  ])
    assert.match(text, word);
});

test("the papers about what a website does not do name what that is", async () => {
  assert.match((await printed(noApproval(company))).text, "不从事依法须经前置审批或专项审批的互联网信息服务");
  const { text } = await printed(noFinance(company));
  assert.match(text, "网站的实际业务（请手写）");
  assert.match(text, "法定代表人签字：");
});

test("a paper that is signed once names every website of the filing", async () => {
  const second = { siteName: "示例茶园网", domains: ["www.example.com.cn", "example.net.cn"] };
  const { text } = await printed(securityPledge({ ...company, websites: [company.website, second] }));
  assert.match(text, "网站1示例茶叶商城，example.cn");
  assert.match(text, "网站2示例茶园网，example.com.cn、example.net.cn");
});

test("a paper says on which day in China it was filled in", async () => {
  const madeOn = new Date("2026-11-22T16:30:00Z");
  assert.match((await printed(pledge({ ...company, madeOn }))).text, "2026年11月23日填制");
});

test.run();
