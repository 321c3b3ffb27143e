import type { CheckPoint } from "./check-points.ts";

const website = { phase: "initial", of: "website" } as const;

/** What a person judges about a website and its access. */
export const websitePoints: readonly CheckPoint[] = [
  {
    ...website,
    ...{ id: "name-fits-content", ref: "R07", field: "siteName" },
    text: "网站名称和网站内容、主办者有关系，不会让人误以为是国家机关或国际组织的网站吗？",
    sources: ["HWREJ", "TREJ", "QC"],
  },
  {
    ...website,
    ...{ id: "product-name-proved", ref: "R07", field: "siteName", nature: "unit" },
    text: "名称不是单位全称或简称的，备注里说明了，或有商标证书吗？",
    sources: ["HWREJ", "TREJ"],
  },
  {
    ...website,
    ...{ id: "personal-content", ref: "R07", field: "serviceContents", nature: "individual" },
    text: "网站内容确实是个人的，不涉及单位、行业、论坛、广告和销售吗？",
    sources: ["TREJ2", "TSITE", "JDY"],
  },
  {
    ...website,
    ...{ id: "domain-looked-up", ref: "R08", field: "domains", slot: "domain" },
    text: "核对过域名的持有者、实名认证、注册商和到期日，关闭了隐私保护，新域名还没有解析吗？",
    sources: ["HWREJ", "TREJ2", "21V"],
  },
  {
    ...website,
    ...{ id: "content-approved", ref: "R10", field: "preApprovals" },
    text: "看过名称、经营范围和页面，没有漏填要前置审批的内容吗？服务内容和语言也和网站一致吗？",
    sources: ["HWREJ", "TPRE"],
  },
  {
    ...website,
    ...{ id: "approval-valid", ref: "R10", field: "preApprovals", slot: "preApproval" },
    text: "前置审批文件清楚，在有效期内，文号和填的一致吗？",
    sources: ["HWREJ", "TPRE"],
  },
  {
    ...website,
    ...{ id: "site-leader-employed", ref: "P03", field: "leaderName", nature: "unit", otherPerson: true },
    text: "网站负责人是实际管理这个网站的本单位人员吗？",
    sources: ["HWP", "TSITE"],
  },
  {
    ...website,
    ...{ id: "site-leader-letter", ref: "P03", field: null, slot: "letter", otherPerson: true },
    text: "网站负责人授权书写的人、网站和填的一致，签字和盖章齐全吗？",
    sources: ["HWP", "TSITE"],
  },
  {
    ...website,
    ...{ id: "site-leader-document", ref: "R04", field: null, slot: "siteLeader", otherPerson: true },
    text: "网站负责人的证件正反面齐全，姓名、号码和填的一致，有效期至少还有3个月吗？",
    sources: ["HWREJ", "JDY"],
  },
  {
    ...website,
    ...{ id: "form-content", ref: "R13", field: null, slot: "form" },
    text: "核验单是{province}用的样式，单位名称和域名（不带www）和填的一致，没有涂改，四边和抬头都在吗？",
    sources: ["TREJ", "TFORM"],
  },
  {
    ...website,
    ...{ id: "form-sealed", ref: "R13", field: null, slot: "form", nature: "unit" },
    text: "核验单由网站负责人用黑色笔签字，盖了单位公章，日期在3个月内，核验人一栏还空着吗？",
    sources: ["TREJ", "21V"],
  },
  {
    ...website,
    ...{ id: "form-fingerprint", ref: "R13", field: null, slot: "form", nature: "individual" },
    text: "核验单由本人用黑色笔签字并按手印，日期在3个月内，核验人一栏还空着吗？",
    sources: ["TREJ", "21V"],
  },
  {
    ...website,
    ...{ of: "access", id: "access-on-product", ref: "R11", field: "ips" },
    text: "IP是本公司分给这个产品的，产品有效，备案数量没有超过它的限额吗？",
    sources: ["HWFAQ", "TLIC"],
  },
];
