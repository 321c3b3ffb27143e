import type { ProvinceRow } from "./province-schema.ts";

/** A sentence; `key` is the column it reads, `source` the page that says so where the column names none of its own. */
export type Line = { text: string; key?: keyof ProvinceRow; source?: string } | null;

/** The sentence of a column; nothing is said of null, 0, "" and false. */
export const of = (key: keyof ProvinceRow, text: string | 0 | null | false | undefined): Line =>
  text ? { key, text } : null;

/** 北京, 上海, 天津 and 重庆 are 本市; 内蒙古 and the like 本自治区. */
export type Here = "本省" | "本市" | "本自治区";
