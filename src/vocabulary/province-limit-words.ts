import { type Line, of } from "./province-line.ts";
import type { ProvinceRule } from "./province-rules.ts";

const suffixWords = (suffixes: readonly string[]): string => suffixes.map((one) => `.${one}`).join("、");

/** How many websites, and which suffixes, a sentence each; what is no text is left out. */
export const limitLines = (rule: ProvinceRule): Line[] => [
  of(
    "oneDomainAboveUnit",
    rule.oneDomainAboveUnit && `单位已备案超过${rule.oneDomainAboveUnit}个网站的，新增网站时一单一个域名。`,
  ),
  of(
    "oneDomainAboveIndividual",
    rule.oneDomainAboveIndividual &&
      `个人已备案超过${rule.oneDomainAboveIndividual}个网站的，新增网站时一单一个域名。`,
  ),
  of("mostSitesOrg", rule.mostSitesOrg && `一个单位最多备案${rule.mostSitesOrg}个网站。`),
  of("refusedSuffixes", rule.refusedSuffixes && `不接受${suffixWords(rule.refusedSuffixes)}的域名。`),
  of(
    "refusedSuffixesIndividual",
    rule.refusedSuffixesIndividual && `个人不能用${suffixWords(rule.refusedSuffixesIndividual)}的域名。`,
  ),
  of("stateDomains", rule.stateDomains && "事业单位的域名应是.cn或.公益。"),
  of("stateDomains", rule.stateDomains === "all" && "党政机关的域名应是.gov.cn或.政务。"),
];
