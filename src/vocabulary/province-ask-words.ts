import type { Here, Line } from "./province-line.ts";
import { of } from "./province-line.ts";
import type { ProvinceRule } from "./province-rules.ts";

const INVESTORS = {
  own_name: "企业的“投资者或上级主管单位”填本单位的全称。",
  legal_representative: "企业的“投资者或上级主管单位”填法定代表人的姓名。",
  unit_name: "“投资者或上级主管单位”应填一个单位的名称。",
} as const;

const sentence = (text: string): string => (/[。！？]$/.test(text) ? text : `${text}。`);

/** What a bureau wants in documents, names and remarks, a sentence each. */
export const askLines = (rule: ProvinceRule, _here?: Here): Line[] => [
  of("temporaryCardRefused", rule.temporaryCardRefused && "不收临时身份证。"),
  ...(rule.documentRules ?? []).map(({ says, source }) => ({ text: sentence(says), source })),
  of("investorRule", rule.investorRule && INVESTORS[rule.investorRule]),
  of(
    "unitSiteNameEndings",
    rule.unitSiteNameEndings && `单位网站的名称以${rule.unitSiteNameEndings.join("、")}结尾。`,
  ),
  of("siteNamesUnique", rule.siteNamesUnique && "同一主体的网站，名称不能相同。"),
  rule.personalRemark && { text: sentence(rule.personalRemark.says), source: rule.personalRemark.source },
  of("curtainSlogan", rule.curtainSlogan && `幕布照片的底部要看到“${rule.curtainSlogan}”。`),
];
