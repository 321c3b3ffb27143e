import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { FilingData, Values } from "../../src/vocabulary/filing.ts";
import { nationalRule, type ProvinceRule, provinceRule } from "../../src/vocabulary/province-rules.ts";
import { shippedWords } from "../../src/vocabulary/word-lists.ts";
import type { Case, Change } from "./cases.ts";
import { company, individual } from "./sample.ts";

/** Rules about domains, home pages, numbers of websites, and what a change may touch. The sample's day is 2026-11-24. */

const row = (over: Partial<ProvinceRule>) => ({ province: { ...nationalRule("330000"), ...over } });
const at = (code: string) => ({ province: provinceRule(code) });
const site = (values: Values, context: Change["context"] = {}): Change => ({ website: values, context });
const domain = (name: string, context: Change["context"] = {}): Change =>
  site({ domains: [name], homePages: [`www.${name}`] }, context);
const personal = (change: Change): Change => ({
  ...change,
  subject: individual,
  website: { siteName: "茶余饭后随笔", ...change.website },
});
const body = (nature: string, name: string, context: Change["context"] = {}): Change => ({
  ...domain(name, context),
  subject: { nature },
});
const holder = (domainHolder: string, over: Partial<ProvinceRule>): Change =>
  site({ domainHolder }, row(over));
const expires = (domainExpires: string, domainMinValidDays: number | null): Change =>
  site({ domainExpires }, row({ domainMinValidDays }));

/** So many websites, each with a domain of its own, beside so many on record. */
const websites =
  (count: number, filed = 0): NonNullable<Change["edit"]> =>
  (data) => {
    const [first] = data.websites;
    if (!first) return;
    data.filed = { websites: filed, domains: filed };
    data.websites = Array.from({ length: count }, (_, i) => ({
      ...structuredClone(first),
      ...{ id: 100 + i, position: i + 1 },
      values: { ...first.values, domains: [`tea${i}.cn`], homePages: [`www.tea${i}.cn`] },
    }));
  };

const many = (count: number, over: Partial<ProvinceRule>, filed = 0): Change => ({
  context: row(over),
  edit: websites(count, filed),
});

const before =
  (subject: Values, website: Values = {}): NonNullable<Change["edit"]> =>
  (data: FilingData) => {
    data.kind = "change";
    data.subject.before = { ...data.subject.values, ...subject };
    for (const one of data.websites) one.before = { ...one.values, ...website };
  };

/** A 新增网站 of a subject with so many websites here; undefined: it is not on record here. */
const adding = (filed: number | undefined, over: Partial<ProvinceRule>): Change => ({
  context: row(over),
  edit(data) {
    data.kind = "add";
    if (filed !== undefined) data.filed = { websites: filed, domains: filed };
  },
});

const otherCode = "91330108MA2EXAMP1";

export const addressCases: Record<string, Case> = {
  "domain-suffix-refused": {
    says: /“example.win”的后缀.win没有在国内批复/,
    bad: domain("example.win", { words: { ...shippedWords, refusedSuffixes: ["win"] } }),
    good: domain("example.win"),
    edge: [
      { change: domain("win.cn", { words: { ...shippedWords, refusedSuffixes: ["win"] } }), finds: false },
      {
        change: domain("示例.中国", { words: { ...shippedWords, refusedSuffixes: [".中国"] } }),
        finds: true,
      },
    ],
  },
  "domain-suffix-province": {
    says: /重庆的个人备案不接受后缀.org/,
    bad: personal(domain("example.org", at("500000"))),
    good: domain("example.org", at("500000")),
    edge: [
      { change: personal(domain("example.org")), finds: false },
      { change: domain("example.org", at("110000")), finds: true },
      { change: domain("example.com", at("110000")), finds: false },
      { change: personal(domain("example.org.cn", at("500000"))), finds: false },
    ],
  },
  "domain-suffix-unlisted": {
    says: /后缀.org不在收录的已批复后缀里.*domain\.miit\.gov\.cn/,
    bad: domain("example.org"),
    good: domain("example.cn"),
    edge: [
      { change: domain("example.com.cn"), finds: false },
      { change: domain("示例.中国"), finds: false },
      { change: domain("example.org", { words: { ...shippedWords, approvedSuffixes: [] } }), finds: false },
      { change: domain("example.org", at("110000")), finds: false },
      { change: domain("example"), finds: false },
    ],
  },
  "domain-of-state-body": {
    says: /党政机关的网站应使用.gov.cn或.政务/,
    bad: body("2", "example.cn"),
    good: body("2", "example.gov.cn"),
    edge: [
      { change: body("3", "example.com"), finds: true },
      { change: body("3", "example.cn"), finds: false },
      { change: body("3", "示例.公益"), finds: false },
      { change: body("2", "示例.政务"), finds: false },
      { change: body("4", "example.com"), finds: false },
    ],
  },
  "domain-holder": {
    says: /浙江只接受主办单位持有的域名/,
    field: "domainHolder",
    bad: holder("李四", { domainHolderOrg: ["org"], name: "浙江" }),
    good: holder("示例茶业(杭州)有限公司", { domainHolderOrg: ["org"] }),
    edge: [
      { change: holder("张三", { domainHolderOrg: ["org", "legal_rep"] }), finds: false },
      { change: holder("李四", { domainHolderOrg: ["org", "legal_rep"] }), finds: true },
      { change: holder("李四", { domainHolderOrg: null }), finds: true },
      { change: holder("", { domainHolderOrg: ["org"] }), finds: false },
      { change: personal(site({ domainHolder: "张三" })), finds: false },
      { change: personal(site({ domainHolder: "李四" })), finds: true },
    ],
  },
  "domain-expires-format": {
    says: /写成2030-01-02/,
    bad: site({ domainExpires: "明年" }),
    good: site({ domainExpires: "2028-02-29" }),
    edge: [
      { change: site({ domainExpires: "2027-02-29" }), finds: true },
      { change: site({ domainExpires: "长期" }), finds: true },
      { change: site({ domainExpires: "" }), finds: false },
    ],
  },
  "domain-expired": {
    says: /域名已经到期/,
    bad: site({ domainExpires: "2026-11-23" }),
    good: site({ domainExpires: "2026-11-24" }),
  },
  "domain-expires-soon": {
    says: /还有44天到期，少于要求的45天/,
    bad: expires("2027-01-07", null),
    good: expires("2027-02-22", null),
    edge: [
      // 45 and 89 days: told, but no hindrance; 90 days are enough.
      { change: expires("2027-01-08", null), finds: true },
      { change: expires("2027-02-21", null), finds: true },
      // The province's own number is the whole truth there.
      { change: expires("2027-01-08", 45), finds: false },
      { change: expires("2027-01-07", 45), finds: true },
      { change: expires("2027-02-21", 90), finds: true },
      { change: expires("2027-02-22", 90), finds: false },
      { change: expires("2026-11-23", 90), finds: false },
    ],
  },
  "domain-registrar-abroad": {
    says: /转入境内的注册商/,
    bad: site({ domainRegistrar: "GoDaddy.com, LLC" }),
    good: site({ domainRegistrar: "阿里云计算有限公司（万网）" }),
    edge: [
      { change: site({ domainRegistrar: "network  solutions" }), finds: true },
      {
        change: site({ domainRegistrar: "GoDaddy" }, { words: { ...shippedWords, foreignRegistrars: [] } }),
        finds: false,
      },
    ],
  },
  "home-page-count": {
    says: /域名1个、首页网址2个/,
    bad: site({ homePages: ["www.example.cn", "example.cn"] }),
    good: site({ homePages: ["www.example.cn"] }),
    edge: [
      {
        change: site({
          domains: ["example.cn", "example.com"],
          homePages: ["www.example.cn", "www.example.com"],
        }),
        finds: false,
      },
    ],
  },
  "home-page-www": {
    says: /一般填www\.example\.cn/,
    bad: site({ homePages: ["shop.example.cn"] }),
    good: site({ homePages: ["WWW.Example.cn"] }),
    edge: [
      { change: site({ homePages: ["example.cn"] }), finds: false },
      { change: site({ homePages: ["www.shop.example.cn"] }), finds: true },
      { change: site({ homePages: ["www.other.cn"] }), finds: false },
    ],
  },
  "new-domains-per-filing": {
    says: /单位一份备案单最多新增3个域名，现在是4个/,
    field: "domains",
    bad: many(4, { maxNewDomainsPerOrderOrg: 3 }),
    good: many(3, { maxNewDomainsPerOrderOrg: 3 }),
    edge: [
      { change: many(9, {}), finds: false },
      { change: many(2, { oneDomainAboveUnit: 15 }, 15), finds: false },
      { change: many(2, { oneDomainAboveUnit: 15 }, 16), finds: true },
      { change: many(1, { oneDomainAboveUnit: 15 }, 16), finds: false },
      { change: personal(many(2, { maxNewDomainsPerOrderIndividual: 1 })), finds: true },
      { change: personal(many(2, { maxNewDomainsPerOrderOrg: 1 })), finds: false },
    ],
  },
  "websites-per-filing": {
    says: /最多10个网站.*现在是11个/,
    bad: many(11, {}),
    good: many(10, {}),
    edge: [
      { change: personal(many(2, {})), finds: true },
      { change: personal(many(1, {})), finds: false },
    ],
  },
  "websites-of-individual": {
    says: /最多备案5个网站，连同已备案的现在是6个/,
    bad: personal(many(1, {}, 5)),
    good: personal(many(1, {}, 4)),
    edge: [{ change: many(1, {}, 5), finds: false }],
  },
  "websites-of-unit": {
    says: /最多30个网站，连同已备案的现在是31个/,
    bad: many(1, { mostSitesOrg: 30 }, 30),
    good: many(1, { mostSitesOrg: 30 }, 29),
    edge: [{ change: many(1, {}, 300), finds: false }],
  },
  "shell-subject": {
    says: /空壳主体.*请先向管局注销主体/,
    field: "siteName",
    bad: adding(0, { shellEntityCanAddSite: false }),
    good: adding(1, { shellEntityCanAddSite: false }),
    edge: [
      { change: adding(0, { shellEntityCanAddSite: true }), finds: false },
      { change: adding(undefined, { shellEntityCanAddSite: false }), finds: false },
      { change: { context: row({ shellEntityCanAddSite: false }) }, finds: false },
    ],
  },
  "certificate-fixed": {
    says: /证件号码不能变更/,
    field: "certNo",
    bad: { edit: before({ certNo: otherCode + creditCodeCheck(otherCode) }) },
    good: { edit: before({}) },
    edge: [{ change: { edit: before({ certNo: "330100000000001" }) }, finds: true }],
  },
  "nature-change": {
    says: /个人备案不能直接变更为单位备案/,
    field: "nature",
    bad: { edit: before({ nature: "5" }) },
    good: { edit: before({}) },
    edge: [
      { change: { edit: before({ nature: "3" }) }, finds: false },
      { change: { ...personal({}), edit: before({ nature: "4" }) }, finds: true },
    ],
  },
  "name-change-and-domain": {
    says: /把域名持有者改成新名称/,
    field: "name",
    bad: { edit: before({ name: "示例茶叶有限公司" }) },
    good: { edit: before({ name: String(company.name) }) },
  },
  "domain-added-by-change": {
    says: /“example.cn”请另办新增网站/,
    field: "domains",
    bad: { edit: before({}, { domains: ["example.com"] }) },
    good: { edit: before({}, { domains: ["example.cn", "example.com"] }) },
    edge: [
      { change: { edit: before({}, { domains: ["EXAMPLE.CN"] }) }, finds: false },
      { change: { edit: websites(2) }, finds: false },
    ],
  },
};
