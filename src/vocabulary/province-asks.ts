import { z } from "zod";

const says = z.string().trim().min(1).max(300);
const source = z.string().trim().min(1).max(200);
const decided = z.boolean().nullable().default(null);
const optional = <T extends z.ZodType>(of: T) => of.nullable().default(null);

/** Documents of persons that a bureau does not take, or takes under a condition. */
const documentRule = z.object({
  /** 个人 who file, or responsible persons of a unit. */
  who: z.enum(["individual", "leader"]),
  /** Codes of the table cert_type. */
  types: z.array(z.string().regex(/^\d{1,2}$/)).min(1),
  severity: z.enum(["error", "warning"]),
  /** What to do instead, as shown. */
  says,
  source,
});

/** What a bureau wants to read in the remark (网站备注) of a 个人. */
const personalRemark = z.object({
  says,
  /** Words of which the remark must hold every one. */
  words: z.array(z.string().trim().min(1).max(20)).max(10).default([]),
  source,
});

/** Columns of a province's row about persons, names and remarks; each came later than the row and may be missing. */
export const provinceAsks = {
  /** The mobile of one responsible person may not be the emergency number of the other, while the reverse holds too. */
  leaderNumbersMayNotCross: decided,
  /** 临时身份证 is named as refused. */
  temporaryCardRefused: decided,
  /** Least age of a 网站负责人, where it is another than that of the 主体负责人. */
  minAgeSiteLeader: optional(z.int().min(1).max(99)),
  /** 投资者或上级主管单位: an enterprise's own name, its legal representative, or the name of some unit. */
  investorRule: optional(z.enum(["own_name", "legal_representative", "unit_name"])),
  personalRemark: optional(personalRemark),
  documentRules: optional(z.array(documentRule).max(20)),
  /** How the name of a unit's website is expected to end. */
  unitSiteNameEndings: optional(z.array(z.string().trim().min(1).max(20)).min(1).max(10)),
  /** Two websites of one subject may not have the same name. */
  siteNamesUnique: decided,
  /** Words at the foot of the curtain (幕布) that the photo must show. */
  curtainSlogan: optional(says),
};
