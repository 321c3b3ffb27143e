import { z } from "zod";
import { readData } from "./data.ts";
import { type ProvinceRow, provinceRuleSchema } from "./province-schema.ts";

export type { ProvinceMaterial } from "./province-materials.ts";
export { provinceRuleSchema };

/** With the slots that the provider itself asks to be filled, see `ruleInForce`. */
export type ProvinceRule = ProvinceRow & { providerSlots?: readonly string[] };

const fileSchema = z.object({
  version: z.int(),
  holdsFrom: z.iso.date(),
  note: z.string(),
  nationalDefaults: z.object({
    reviewDaysMin: z.int(),
    reviewDaysMax: z.int(),
    smsHours: z.int(),
    smsMaxWrongTries: z.int(),
    domainsPerSite: z.int(),
  }),
  provinces: z.array(provinceRuleSchema),
});

/** The rows shipped with the program; an installation keeps its own, versioned copies in `province_rules`. */
export const provinceRuleFile = fileSchema.parse(readData("province-rules"));

/** What holds where a province's row says nothing. */
export const nationalDefaults = provinceRuleFile.nationalDefaults;

const byCode = new Map(provinceRuleFile.provinces.map((rule) => [rule.code, rule] as const));

/** A province without any known rule: everything as in the national defaults. */
export function nationalRule(code: string): ProvinceRule {
  return provinceRuleSchema.parse({
    code: /^\d{2}0000$/.test(code) ? code : "000000",
    name: "全国",
    reviewDaysMin: null,
    reviewDaysMax: null,
    reviewEstimate: null,
    landlineRequired: true,
    landlineSubstitute: "mobile_or_reason_in_remark",
    emergencyDistinct: false,
    personalResidencePermit: null,
    personalCrossProvince: null,
    formVariant: "national",
    leaderRule: "any",
    siteLeaderLetterIfNotLegalRep: null,
    leadersSamePersonIfNotLegalRep: null,
    mobileMustBeLocal: null,
    minAgeOrgLeader: null,
    minAgeIndividual: null,
    domainHolderOrg: null,
    domainMinValidDays: null,
    domainCertificateRequired: null,
    domainsPerSite: null,
    maxNewDomainsPerOrderOrg: null,
    maxNewDomainsPerOrderIndividual: null,
    addressSameCityRequired: null,
    shellEntityCanAddSite: false,
    footerNumber: "site",
    extraMaterials: [],
    smsVerification: true,
    sources: [],
  });
}

/** The shipped row of a province (six-digit code), or the national one while none is chosen. */
export function provinceRule(code: string): ProvinceRule {
  return byCode.get(code) ?? nationalRule(code);
}

/** How many domains one website may carry there. */
export function domainsPerSite(rule: ProvinceRule): number {
  return rule.domainsPerSite ?? nationalDefaults.domainsPerSite;
}
