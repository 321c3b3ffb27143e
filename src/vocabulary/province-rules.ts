import { z } from "zod";
import { readData } from "./data.ts";

const materialSchema = z.object({
  /** Slot the file goes to. */
  slot: z.enum([
    "letter",
    "residencePermit",
    "pledge",
    "securityPledge",
    "securityAgreement",
    "preApproval",
    "domain",
    "other",
  ]),
  name: z.string().min(1),
  /** Decided by the data of a filing, or only told (hint). */
  condition: z.enum(["always", "nonLocalIdentity", "siteLeaderDiffers", "hint"]),
  when: z.string().min(1),
  appliesTo: z.enum(["unit", "individual", "both", "publicInstitution", "stateBody"]),
  source: z.string(),
});

/** What one bureau asks for. null: no rule was found, the national default holds. */
export const provinceRuleSchema = z.object({
  code: z.string().regex(/^\d{2}0000$/),
  name: z.string().min(1),
  reviewDaysMin: z.int().nullable(),
  reviewDaysMax: z.int().nullable(),
  reviewEstimate: z.object({ value: z.int(), unit: z.enum(["day", "week"]), source: z.string() }).nullable(),
  landlineRequired: z.boolean(),
  landlineSubstitute: z.enum([
    "none",
    "not_needed",
    "mobile_or_reason_in_remark",
    "mobile_with_job_title",
    "mobile_with_contact_name",
    "mobile_with_name_and_job_title",
    "mobile_distinct_from_leader",
  ]),
  emergencyDistinct: z.boolean(),
  personalResidencePermit: z.enum(["required", "not_allowed"]).nullable(),
  personalCrossProvince: z.enum(["allowed", "with_permit", "forbidden"]).nullable(),
  formVariant: z.enum([
    "national",
    "guangdong",
    "national_org_jiangxi_individual",
    "national_plus_jiangsu_statements",
  ]),
  leaderRule: z.enum(["legal_rep_only", "legal_rep_or_authorised", "any"]),
  siteLeaderLetterIfNotLegalRep: z.boolean().nullable(),
  leadersSamePersonIfNotLegalRep: z.boolean().nullable(),
  mobileMustBeLocal: z.boolean().nullable(),
  minAgeOrgLeader: z.int().nullable(),
  minAgeIndividual: z.int().nullable(),
  domainHolderOrg: z.array(z.string()).nullable(),
  domainMinValidDays: z.int().nullable(),
  domainCertificateRequired: z.boolean().nullable(),
  domainsPerSite: z.int().min(1).nullable(),
  maxNewDomainsPerOrderOrg: z.int().nullable(),
  maxNewDomainsPerOrderIndividual: z.int().nullable(),
  addressSameCityRequired: z.boolean().nullable(),
  shellEntityCanAddSite: z.boolean(),
  footerNumber: z.enum(["site", "entity"]),
  extraMaterials: z.array(materialSchema),
  smsVerification: z.boolean(),
  sources: z.array(z.string()),
});

/** With the slots that the provider itself asks to be filled, see `ruleInForce`. */
export type ProvinceRule = z.infer<typeof provinceRuleSchema> & { providerSlots?: readonly string[] };
export type ProvinceMaterial = z.infer<typeof materialSchema>;

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
