import { partsOf } from "../lib/dates.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import type { Filing } from "./state.ts";

/** The bureau's own ids begin here, so that they are never mistaken for a provider's. */
const FIRST_ID = 9_000_001;
/** Ids set aside for one filing: its subject, websites, domains, accesses and addresses. */
const IDS_EACH = 1000;

/** 330000 to 浙; 国 for a code that is no province. */
const signOf = (province: string): string => codeRow("province", province)?.abbreviation ?? "国";

/** 330000 to ZJ, as in the names of the bureau's files. */
export const letterOf = (province: string): string => codeRow("province", province)?.letter ?? "CN";

/** 浙ICP备2026000123号: the sign of the province, the year, and a number that counts in that province and year. */
export function nextNumber(filings: Iterable<Filing>, province: string, at: number): string {
  const start = `${signOf(province)}ICP备${partsOf(new Date(at)).year}`;
  const taken = [...filings].filter(({ number }) => number?.startsWith(start)).length;
  return `${start}${String(taken + 1).padStart(6, "0")}号`;
}

/** The first of the ids for the next filing that is approved. */
export const nextFirstId = (filings: Iterable<Filing>): number =>
  FIRST_ID + [...filings].filter(({ firstId }) => firstId !== undefined).length * IDS_EACH;

/** 20261204162000_ZJ_17.xml, as real bureaus name their files; `count` makes it unique. */
export function fileName(province: string, at: number, count: number): string {
  const { year, month, day, hour, minute } = partsOf(new Date(at));
  const second = Math.floor(at / 1000) % 60;
  const stamp = [month, day, hour, minute, second].map((part) => String(part).padStart(2, "0")).join("");
  return `${year}${stamp}_${letterOf(province)}_${count}.xml`;
}
