import { z } from "zod";
import { provinceAsks } from "./province-asks.ts";
import { provinceLimits } from "./province-limits.ts";
import { materialSchema } from "./province-materials.ts";

/** Who may hold the domain of a unit's website. */
export const domainHolders = {
  org: "主办单位",
  legal_rep: "法定代表人",
  shareholder: "股东",
  principal: "主要负责人",
  senior_executive: "高级管理人员",
  entity_leader: "主体负责人",
  site_leader: "网站负责人",
} as const;

const days = z.int().min(0).max(365).nullable();
const age = z.int().min(1).max(99).nullable();
const count = z.int().min(1).max(1000).nullable();
const decided = z.boolean().nullable();
const source = z.string().trim().min(1).max(200);
const says = z.string().trim().min(1).max(300);

const holders = Object.keys(domainHolders) as [keyof typeof domainHolders];

/**
 * What one bureau asks for, a row. null: no rule was found, the national row holds. Columns that came later have a
 * default, so that rows written before them can still be read.
 */
export const provinceRuleSchema = z.object({
  code: z.string().regex(/^\d{2}0000$/),
  name: z.string().min(1).max(20),
  /** Working days. */
  reviewDaysMin: days,
  reviewDaysMax: days,
  reviewEstimate: z
    .object({ value: z.int().min(1).max(365), unit: z.enum(["day", "week"]), source })
    .nullable(),
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
  /** true: an equal number is refused; false: it is warned of, as everywhere. */
  emergencyDistinct: z.boolean(),
  personalResidencePermit: z.enum(["required", "not_allowed"]).nullable(),
  personalCrossProvince: z.enum(["allowed", "with_permit", "forbidden"]).nullable(),
  formVariant: z.enum([
    "national",
    "national_with_registrar",
    "guangdong",
    "national_org_jiangxi_individual",
    "national_plus_jiangsu_statements",
  ]),
  leaderRule: z.enum(["legal_rep_only", "legal_rep_or_authorised", "any"]),
  siteLeaderLetterIfNotLegalRep: decided,
  leadersSamePersonIfNotLegalRep: decided,
  mobileMustBeLocal: decided,
  minAgeOrgLeader: age,
  minAgeIndividual: age,
  domainHolderOrg: z.array(z.enum(holders)).min(1).nullable(),
  domainMinValidDays: days,
  domainCertificateRequired: decided,
  domainsPerSite: count,
  maxNewDomainsPerOrderOrg: count,
  maxNewDomainsPerOrderIndividual: count,
  addressSameCityRequired: decided,
  shellEntityCanAddSite: z.boolean(),
  footerNumber: z.enum(["site", "entity"]),
  extraMaterials: z.array(materialSchema).max(40),
  smsVerification: z.boolean(),
  ...provinceAsks,
  ...provinceLimits,
  /** Hours and wrong tries of the message from 12381. */
  smsHours: z.int().min(1).max(240).nullable().default(null),
  smsMaxWrongTries: z.int().min(1).max(20).nullable().default(null),
  /** What else is known, in a sentence each, for people alone. */
  notes: z
    .array(z.object({ text: says, source }))
    .max(40)
    .default([]),
  /** Where a column comes from, newest first: keys of the list of sources, or words of an administrator. */
  origins: z.record(z.string(), z.array(source).min(1)).default({}),
  /** Where sources differ: the newer one holds, the older one is named. `key` is a column, or "" for what is none. */
  conflicts: z
    .array(
      z.object({
        key: z.string().default(""),
        newer: z.object({ source, says }),
        older: z.object({ source, says }),
      }),
    )
    .max(40)
    .default([]),
  sources: z.array(source).max(60),
});

export type ProvinceRow = z.infer<typeof provinceRuleSchema>;
