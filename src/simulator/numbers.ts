import { randomInt } from "node:crypto";
import { partsOf } from "../lib/dates.ts";
import { codeRow } from "../vocabulary/code-tables.ts";

/** The bureau's own ids begin here, so that they are never mistaken for a provider's. */
export const FIRST_ID = 9_000_001;
/** Numbers from here on are set aside for records that are put in by hand. */
const FIRST_SEEDED = 900_000;

/** 330000 to 浙; 国 for a code that is no province. */
const signOf = (province: string): string => codeRow("province", province)?.abbreviation ?? "国";

/** 330000 to ZJ, as in the names of the bureau's files. */
export const letterOf = (province: string): string => codeRow("province", province)?.letter ?? "CN";

/** A number as its beginning (浙ICP备2026) and its serial; records that are put in by hand count by themselves. */
export function serialOf(number: string): [start: string, serial: number] {
  const [, start = "", digits = "0"] = /^(.+?\d{4})(\d+)/.exec(number) ?? [];
  const serial = Number(digits);
  return [serial >= FIRST_SEEDED ? `${start}+` : start, serial];
}

/**
 * 浙ICP备2026000123号: the sign of the province, the year, and a number that counts in that province and year; `seeded` is
 * for records that are put in by hand.
 */
export function nextNumber(
  serials: ReadonlyMap<string, number>,
  province: string,
  at: number,
  seeded = false,
): string {
  const start = `${signOf(province)}ICP备${partsOf(new Date(at)).year}`;
  const last = serials.get(seeded ? `${start}+` : start) ?? (seeded ? FIRST_SEEDED : 0);
  return `${start}${String(last + 1).padStart(6, "0")}号`;
}

/** 20261204162000_ZJ_17.xml, as real bureaus name their files; `count` makes it unique. */
export function fileName(province: string, at: number, count: number): string {
  const { year, month, day, hour, minute } = partsOf(new Date(at));
  const second = Math.floor(at / 1000) % 60;
  const stamp = [month, day, hour, minute, second].map((part) => String(part).padStart(2, "0")).join("");
  return `${year}${stamp}_${letterOf(province)}_${count}.xml`;
}

/** Letters and digits that are not mistaken for each other. */
const PASSWORD_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
const PASSWORD_LENGTH = 8;

/** 备案密码 as the bureau gives it out with a number. */
export const newPassword = (): string =>
  Array.from({ length: PASSWORD_LENGTH }, () => PASSWORD_ALPHABET[randomInt(PASSWORD_ALPHABET.length)]).join(
    "",
  );
