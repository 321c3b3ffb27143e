/**
 * What a bureau asks for, said to a registrant. Each sentence reads one column of the province's row, so that a changed
 * row changes the page.
 */
import { provinceAbbreviation } from "./divisions.ts";
import { askLines } from "./province-ask-words.ts";
import { limitLines } from "./province-limit-words.ts";
import { type Here, type Line, of } from "./province-line.ts";
import { materialOwners, type ProvinceMaterial } from "./province-materials.ts";
import { nationalNumbers, type ProvinceRule } from "./province-rules.ts";
import { domainHolders, type ProvinceRow } from "./province-schema.ts";
import { daysText, estimateText } from "./province-time.ts";

/** What a topic says of a row, `national` for what the row leaves open; `none`: said where nothing is known. */
export type Said = {
  title: string;
  lines: (rule: ProvinceRule, here: Here, national: ProvinceRow) => Line[];
  none?: string;
};

const NONE = "没有查到公开的要求。";

const reviewLines: Said["lines"] = (rule, _, national) => {
  const { reviewDaysMax, smsHours, smsMaxWrongTries } = nationalNumbers(national);
  const days = daysText(rule);
  const [hours, tries] = [rule.smsHours ?? smsHours, rule.smsMaxWrongTries ?? smsMaxWrongTries];
  const estimate = estimateText(rule);
  return [
    of("reviewDaysMax", `管局审核${days ?? `最长${reviewDaysMax}个工作日，这是全国的规定`}。`),
    rule.reviewEstimate && { text: `以往${estimate}有结果。`, source: rule.reviewEstimate.source },
    of(
      "smsVerification",
      rule.smsVerification
        ? `提交管局后，负责人会收到12381发来的短信，要在${hours}小时内完成核验，最多试${tries}次。`
        : "不做短信核验。",
    ),
  ];
};

const LEADERS: Record<ProvinceRule["leaderRule"], string> = {
  legal_rep_only: "单位的主体负责人应是法定代表人。",
  legal_rep_or_authorised: "单位的主体负责人是法定代表人，或由法定代表人书面授权的人。",
  any: "单位的主体负责人可以不是法定代表人。",
};

const LANDLINES: Record<ProvinceRule["landlineSubstitute"], string> = {
  none: "单位要有能打通的固定电话，不能用手机代替。",
  not_needed: "可以不填固定电话。",
  mobile_or_reason_in_remark: "没有固定电话的，填一个手机号码，或在备注里写明原因。",
  mobile_with_job_title: "没有固定电话的，填一个手机号码，并在备注里写明机主的职务。",
  mobile_with_contact_name: "没有固定电话的，填一个手机号码，并在备注里写明联系人姓名。",
  mobile_with_name_and_job_title: "没有固定电话的，填一个手机号码，并在备注里写明机主的姓名和职务。",
  mobile_distinct_from_leader: "没有固定电话的，填一个不是负责人本人的手机号码。",
};

const OTHER_PROVINCES: Record<
  NonNullable<ProvinceRule["personalCrossProvince"]>,
  (here: string) => string
> = {
  allowed: (here) => `个人备案，身份证不是${here}的也可以。`,
  with_permit: (here) => `个人备案，身份证不是${here}的，要有${here}的居住证或规定的其他证明。`,
  forbidden: (here) => `个人备案只收${here}的身份证，有居住证也不行。`,
};

function holderText({ domainHolderOrg }: ProvinceRule): string | null {
  if (!domainHolderOrg?.length) return null;
  const words: string[] = domainHolderOrg.map((holder) => domainHolders[holder]);
  const last = words.pop();
  const who = words.length > 0 ? `${words.join("、")}或${last}` : last;
  return `单位备案，域名的持有者应是${who}；个人备案，应是本人。`;
}

const domainLines: Said["lines"] = (rule, _, national) => [
  of("domainHolderOrg", holderText(rule)),
  of("domainMinValidDays", rule.domainMinValidDays && `域名到期前应至少还有${rule.domainMinValidDays}天。`),
  of("domainCertificateRequired", rule.domainCertificateRequired && "每个域名都要上传域名证书。"),
  of(
    "domainsPerSite",
    `一个网站填${rule.domainsPerSite ?? nationalNumbers(national).domainsPerSite}个域名。`,
  ),
  of(
    "maxNewDomainsPerOrderOrg",
    rule.maxNewDomainsPerOrderOrg && `单位一次最多新增${rule.maxNewDomainsPerOrderOrg}个域名。`,
  ),
  of(
    "maxNewDomainsPerOrderIndividual",
    rule.maxNewDomainsPerOrderIndividual && `个人一次最多新增${rule.maxNewDomainsPerOrderIndividual}个域名。`,
  ),
  ...limitLines(rule),
];

const FORMS: Record<ProvinceRule["formVariant"], string> = {
  national: "用全国统一的真实性核验单。",
  national_with_registrar: "用全国统一的真实性核验单，域名后面写明注册商。",
  guangdong: "用广东的真实性核验单，单位和个人各有一种。",
  national_org_jiangxi_individual: "单位用全国统一的真实性核验单，个人用江西的，并按手印。",
  national_plus_jiangsu_statements: "用全国统一的真实性核验单，另外签两份文件，见“另需材料”。",
};

function materialLine({ name, when: condition, appliesTo, source }: ProvinceMaterial): Line {
  const who = materialOwners[appliesTo];
  const general = condition === "总是" || condition === who;
  return { text: `${who}${general ? "" : `，${condition}`}：${name}。`, source };
}

/** A made-up number of a province, of its website or of its subject. */
const sampleNumber = ({ code, footerNumber }: ProvinceRule): string =>
  `${provinceAbbreviation(code)}ICP备00000000号${footerNumber === "site" ? "-1" : ""}`;

/** The topics of the page, in the order in which a registrant meets them. */
export const topics: readonly Said[] = [
  { title: "审核时间", lines: reviewLines },
  {
    title: "负责人",
    lines: (rule) => [
      of("leaderRule", LEADERS[rule.leaderRule]),
      of(
        "siteLeaderLetterIfNotLegalRep",
        rule.siteLeaderLetterIfNotLegalRep && "网站负责人不是法定代表人的，要上传授权书。",
      ),
      of(
        "leadersSamePersonIfNotLegalRep",
        rule.leadersSamePersonIfNotLegalRep &&
          "主体负责人不是法定代表人的，网站负责人应与主体负责人是同一人。",
      ),
      of("minAgeOrgLeader", rule.minAgeOrgLeader && `单位的负责人应满${rule.minAgeOrgLeader}周岁。`),
      of("minAgeSiteLeader", rule.minAgeSiteLeader && `网站负责人应满${rule.minAgeSiteLeader}周岁。`),
      of("minAgeIndividual", rule.minAgeIndividual && `个人备案应满${rule.minAgeIndividual}周岁。`),
    ],
  },
  {
    title: "个人的身份证",
    none: NONE,
    lines: (rule, here) => [
      of(
        "personalCrossProvince",
        rule.personalCrossProvince && OTHER_PROVINCES[rule.personalCrossProvince](here),
      ),
    ],
  },
  {
    title: "手机",
    none: NONE,
    lines: (rule, here) => [
      of("mobileMustBeLocal", rule.mobileMustBeLocal && `负责人的手机应是${here}的号码。`),
      of("emergencyDistinct", rule.emergencyDistinct && "应急联系电话不能和负责人自己的手机相同。"),
      of(
        "leaderNumbersMayNotCross",
        rule.leaderNumbersMayNotCross && "两个负责人的手机和应急联系电话不能互相填。",
      ),
    ],
  },
  {
    title: "办公电话",
    lines: (rule) => [
      of("landlineSubstitute", LANDLINES[rule.landlineRequired ? rule.landlineSubstitute : "not_needed"]),
    ],
  },
  {
    title: "所在地",
    none: NONE,
    lines: (rule) => [
      of(
        "addressSameCityRequired",
        rule.addressSameCityRequired && "备案所在地应与证件住所在同一个市，不只是同一个省。",
      ),
    ],
  },
  { title: "域名", lines: domainLines },
  { title: "填写", lines: askLines },
  { title: "核验单", lines: (rule) => [of("formVariant", FORMS[rule.formVariant])] },
  {
    title: "另需材料",
    none: "没有查到要另外交的材料。",
    lines: (rule) => rule.extraMaterials.map(materialLine),
  },
  {
    title: "没有网站的主体",
    lines: (rule) => [
      of(
        "shellEntityCanAddSite",
        rule.shellEntityCanAddSite
          ? "主体名下的网站都注销了的，可以直接新增网站。"
          : "主体名下的网站都注销了的，先向管局注销主体，再首次备案。",
      ),
    ],
  },
  {
    title: "网站底部",
    lines: (rule) => [
      of(
        "footerNumber",
        `放${rule.footerNumber === "site" ? "网站" : "主体"}备案号，写成${sampleNumber(rule)}，链接到beian.miit.gov.cn。`,
      ),
    ],
  },
  { title: "其他", lines: (rule) => rule.notes.map(({ text, source }) => ({ text, source })) },
];
