import { type Work, works } from "../rules/readiness.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import { provinces } from "../vocabulary/divisions.ts";

/** 企业, as most are. */
const USUAL = "4";

export type Preparation = { nature: string; province: string; work: Work };

/**
 * Which list is wanted: 性质, province (six digits; "" anywhere) and kind of filing. What is not in the tables falls back
 * to the usual.
 */
export function readPreparation(query: Record<string, string>): Preparation {
  const nature = codeRow("unit_nature", query.nature ?? "") ? (query.nature ?? USUAL) : USUAL;
  const province = provinces.find(({ code }) => code === query.province)?.code ?? "";
  const work = works.find(({ code }) => code === query.work) ?? (works[0] as Work);
  return { nature, province, work };
}
