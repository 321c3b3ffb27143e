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
  national: provinceRuleSchema,
  provinces: z.array(provinceRuleSchema),
});

/** Code of the row that holds where a province's own says nothing. */
export const NATIONAL = "000000";

/** The rows shipped with the program; an installation keeps its own, versioned copies in `province_rules`. */
export const provinceRuleFile = fileSchema.parse(readData("province-rules"));

const byCode = new Map(
  [provinceRuleFile.national, ...provinceRuleFile.provinces].map((rule) => [rule.code, rule] as const),
);

/** Every row there is: the national one, then the 31 provinces. */
export const ruleCodes: readonly string[] = [...byCode.keys()];

/** A province without any known rule: everything as in the shipped national row. */
export const nationalRule = (code: string): ProvinceRule => ({
  ...provinceRuleFile.national,
  code: /^\d{2}0000$/.test(code) ? code : NATIONAL,
});

/** The shipped row of a province (six-digit code), or the national one while none is chosen. */
export function provinceRule(code: string): ProvinceRule {
  return byCode.get(code) ?? nationalRule(code);
}

/** A province's row with the national one in the place of what it leaves open. */
export function withNational(rule: ProvinceRow, national: ProvinceRow): ProvinceRow {
  const open = Object.entries(rule).filter(([, value]) => value === null);
  return { ...rule, ...Object.fromEntries(open.map(([key]) => [key, national[key as keyof ProvinceRow]])) };
}

/** What holds everywhere, of a national row in force or of the shipped one, where that is silent. */
export function nationalNumbers(national: ProvinceRow = provinceRuleFile.national) {
  return {
    reviewDaysMin: national.reviewDaysMin ?? 1,
    reviewDaysMax: national.reviewDaysMax ?? 20,
    smsHours: national.smsHours ?? 24,
    smsMaxWrongTries: national.smsMaxWrongTries ?? 5,
    domainsPerSite: national.domainsPerSite ?? 1,
  };
}

/** The shipped numbers that hold everywhere; a row from `ruleInForce` has those of the installation in it. */
export const nationalDefaults = nationalNumbers();

/** How many domains one website may carry there. */
export function domainsPerSite(rule: ProvinceRule): number {
  return rule.domainsPerSite ?? nationalDefaults.domainsPerSite;
}
