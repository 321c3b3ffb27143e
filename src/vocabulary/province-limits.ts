import { z } from "zod";

const decidedNumber = z.int().min(1).max(1000).nullable().default(null);
const suffixes = z.array(z.string().trim().min(1).max(30)).min(1).max(200).nullable().default(null);

/** Columns of a province's row about domains and numbers of websites; each came later than the row and may be missing. */
export const provinceLimits = {
  /** Suffixes of domains without the dot that are named as refused; of 个人 besides. */
  refusedSuffixes: suffixes,
  refusedSuffixesIndividual: suffixes,
  /** Bodies that must use the domains kept for them: 事业单位 .cn and .公益, 党政机关 .gov.cn and .政务. */
  stateDomains: z.enum(["institutions", "all"]).nullable().default(null),
  /** From so many websites on record on, a 新增网站 takes one domain. */
  oneDomainAboveUnit: decidedNumber,
  oneDomainAboveIndividual: decidedNumber,
  /** Most websites of one unit. */
  mostSitesOrg: decidedNumber,
};
