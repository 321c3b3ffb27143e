/**
 * What a bureau asks for, said to a registrant. Each sentence reads one column of the province's row, so that a changed
 * row changes the page; a column without a known rule says nothing.
 */
import { isMunicipality, provinceAbbreviation, provinces } from "./divisions.ts";
import {
  domainsPerSite,
  nationalDefaults,
  type ProvinceMaterial,
  type ProvinceRule,
} from "./province-rules.ts";

/** A sentence; `source` is the key of the public page that says so, where it is known for this sentence alone. */
export type Requirement = { text: string; source?: string };

/** Sentences about one thing. */
export type Topic = { title: string; lines: Requirement[] };

/** Nothing is said of null, 0 and "". */
type Line = string | Requirement | 0 | null;
type Said = (rule: ProvinceRule, here: string) => Line[];

/** 本省, 本市, 本自治区. */
function hereIn({ code }: ProvinceRule): string {
  if (isMunicipality(code)) return "本市";
  return provinces.find((one) => one.code === code)?.name.endsWith("自治区") ? "本自治区" : "本省";
}

const when = (holds: boolean | null, text: string): string | null => (holds ? text : null);

const UNITS = { day: "天", week: "周" } as const;

const estimateText = ({ reviewEstimate }: ProvinceRule): string | null =>
  reviewEstimate && `约${reviewEstimate.value}${UNITS[reviewEstimate.unit]}`;

function daysText({ reviewDaysMin: least, reviewDaysMax: most }: ProvinceRule): string | null {
  if (least === null) return most === null ? null : `最长${most}个工作日`;
  return most === null ? `${least}个工作日起` : `${least}–${most}个工作日`;
}

const nationalDays = `最长${nationalDefaults.reviewDaysMax}个工作日`;

/** How long the bureau takes, in a few characters: 约2周，最长30个工作日. */
export const reviewTime = (rule: ProvinceRule): string =>
  [estimateText(rule), daysText(rule)].filter(Boolean).join("，") || nationalDays;

function reviewLines(rule: ProvinceRule): Line[] {
  const days = daysText(rule);
  const estimate = estimateText(rule);
  return [
    `管局审核${days ?? `${nationalDays}，这是全国的规定`}。`,
    estimate && { text: `以往${estimate}有结果。`, source: rule.reviewEstimate?.source ?? "" },
    rule.smsVerification
      ? `提交管局后，负责人会收到12381发来的短信，要在${nationalDefaults.smsHours}小时内完成核验，最多试${nationalDefaults.smsMaxWrongTries}次。`
      : "不做短信核验。",
  ];
}

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

const HOLDERS: Record<string, string> = {
  org: "主办单位",
  legal_rep: "法定代表人",
  shareholder: "股东",
  principal: "主要负责人",
  senior_executive: "高级管理人员",
  entity_leader: "主体负责人",
  site_leader: "网站负责人",
};

function holderLine({ domainHolderOrg }: ProvinceRule): Line {
  if (!domainHolderOrg?.length) return null;
  const words = domainHolderOrg.map((holder) => HOLDERS[holder] ?? holder);
  const last = words.pop();
  const who = words.length > 0 ? `${words.join("、")}或${last}` : last;
  return `单位备案，域名的持有者应是${who}；个人备案，应是本人。`;
}

const domainLines: Said = (rule) => [
  holderLine(rule),
  rule.domainMinValidDays && `域名到期前应至少还有${rule.domainMinValidDays}天。`,
  when(rule.domainCertificateRequired ?? true, "每个域名都要上传域名证书。"),
  `一个网站填${domainsPerSite(rule)}个域名。`,
  rule.maxNewDomainsPerOrderOrg && `单位一次最多新增${rule.maxNewDomainsPerOrderOrg}个域名。`,
  rule.maxNewDomainsPerOrderIndividual && `个人一次最多新增${rule.maxNewDomainsPerOrderIndividual}个域名。`,
];

const FORMS: Record<ProvinceRule["formVariant"], string> = {
  national: "用全国统一的真实性核验单。",
  national_with_registrar: "用全国统一的真实性核验单，域名后面写明注册商。",
  guangdong: "用广东的真实性核验单，单位和个人各有一种。",
  national_org_jiangxi_individual: "单位用全国统一的真实性核验单，个人用江西的，并按手印。",
  national_plus_jiangsu_statements: "用全国统一的真实性核验单，另外签两份文件，见“另需材料”。",
};

const WHO: Record<ProvinceMaterial["appliesTo"], string> = {
  unit: "单位",
  individual: "个人",
  both: "单位和个人",
  publicInstitution: "事业单位",
  stateBody: "党政机关和事业单位",
};

function materialLine({ name, when: condition, appliesTo, source }: ProvinceMaterial): Requirement {
  const who = WHO[appliesTo];
  const general = condition === "总是" || condition === who;
  return { text: `${who}${general ? "" : `，${condition}`}：${name}。`, source };
}

/** A made-up number of a province, of its website or of its subject. */
const sampleNumber = ({ code, footerNumber }: ProvinceRule): string =>
  `${provinceAbbreviation(code)}ICP备00000000号${footerNumber === "site" ? "-1" : ""}`;

const said: readonly { title: string; lines: Said }[] = [
  { title: "审核时间", lines: reviewLines },
  {
    title: "负责人",
    lines: (rule) => [
      LEADERS[rule.leaderRule],
      when(rule.siteLeaderLetterIfNotLegalRep, "网站负责人不是法定代表人的，要上传授权书。"),
      when(
        rule.leadersSamePersonIfNotLegalRep,
        "主体负责人不是法定代表人的，网站负责人应与主体负责人是同一人。",
      ),
      rule.minAgeOrgLeader && `单位的负责人应满${rule.minAgeOrgLeader}周岁。`,
      rule.minAgeIndividual && `个人备案应满${rule.minAgeIndividual}周岁。`,
    ],
  },
  {
    title: "个人的身份证",
    lines: (rule, here) => [rule.personalCrossProvince && OTHER_PROVINCES[rule.personalCrossProvince](here)],
  },
  {
    title: "手机",
    lines: (rule, here) => [
      when(rule.mobileMustBeLocal, `负责人的手机应是${here}的号码。`),
      when(rule.emergencyDistinct, "应急联系电话不能和负责人自己的手机相同。"),
    ],
  },
  {
    title: "办公电话",
    lines: (rule) => [LANDLINES[rule.landlineRequired ? rule.landlineSubstitute : "not_needed"]],
  },
  {
    title: "所在地",
    lines: (rule) => [
      when(rule.addressSameCityRequired, "备案所在地应与证件住所在同一个市，不只是同一个省。"),
    ],
  },
  { title: "域名", lines: domainLines },
  { title: "核验单", lines: (rule) => [FORMS[rule.formVariant]] },
  { title: "另需材料", lines: (rule) => rule.extraMaterials.map(materialLine) },
  {
    title: "没有网站的主体",
    lines: (rule) => [
      rule.shellEntityCanAddSite
        ? "主体名下的网站都注销了的，可以直接新增网站。"
        : "主体名下的网站都注销了的，先向管局注销主体，再首次备案。",
    ],
  },
  {
    title: "网站底部",
    lines: (rule) => [
      `放${rule.footerNumber === "site" ? "网站" : "主体"}备案号，写成${sampleNumber(rule)}，链接到beian.miit.gov.cn。`,
    ],
  },
];

/** All that is known of a province, in the order in which a registrant meets it; a topic without a sentence is left out. */
export function provinceTopics(rule: ProvinceRule): Topic[] {
  const here = hereIn(rule);
  return said
    .map(({ title, lines }) => ({ title, lines: lines(rule, here).flatMap(toRequirement) }))
    .filter(({ lines }) => lines.length > 0);
}

const toRequirement = (line: Line): Requirement[] =>
  line ? [typeof line === "string" ? { text: line } : line] : [];
