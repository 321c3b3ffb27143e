import { codeRow } from "../vocabulary/code-tables.ts";
import { provinces } from "../vocabulary/divisions.ts";

/** 企业, as most are. */
const USUAL = "4";

/** Which list is wanted: 性质 and province (six digits; "" anywhere). What is not in the tables falls back to the usual. */
export function readPreparation(query: Record<string, string>): { nature: string; province: string } {
  const nature = codeRow("unit_nature", query.nature ?? "") ? (query.nature ?? USUAL) : USUAL;
  return { nature, province: provinces.find(({ code }) => code === query.province)?.code ?? "" };
}
