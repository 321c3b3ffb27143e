import { isDate } from "../../lib/dates.ts";
import { fold } from "../../lib/text.ts";
import type { Cell } from "./cells.ts";

/** What was read of a cell, folded and without blanks, and what the second look gave. */
export const readingsOf = ({ text, again }: Cell): string[] =>
  [text, ...(again ? [again] : [])].map((one) => fold(one).replace(/\s+/g, ""));

/** Only Chinese characters and the dot inside names of some peoples. */
export const hanOnly = (text: string): string => text.replace(/[^\p{Script=Han}·]/gu, "");

/** The lines of a page: cells by row, from the top, each from the left. */
export function rowsOf(cells: readonly Cell[]): Cell[][] {
  const rows = new Map<number, Cell[]>();
  for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row.sort((a, b) => a.left - b.left));
}

/** Letters that a digit is taken for, and the other way round. */
const LOOK_ALIKES: Record<string, string> = { O: "0", D: "0", I: "1", L: "1", S: "5", Z: "2", B: "8" };

/**
 * Every stretch of eighteen characters in what was read, as it is and with letters taken for the digits that they look
 * like. `kept` are the letters that the number may really have.
 */
export function eighteens(cells: readonly Cell[], kept: RegExp): string[] {
  const found = cells.flatMap(readingsOf).flatMap((text) => text.toUpperCase().match(/[\dA-Z]{18,}/g) ?? []);
  const windows = found.flatMap((text) =>
    Array.from({ length: text.length - 17 }, (_, start) => text.slice(start, start + 18)),
  );
  const digits = (text: string) =>
    text.replace(/[A-Z]/g, (letter) => (kept.test(letter) ? letter : (LOOK_ALIKES[letter] ?? letter)));
  const allDigits = (text: string) => text.replace(/[A-WYZ]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  return [...new Set(windows.flatMap((text) => [text, digits(text), allDigits(text)]))];
}

/** A day printed with 年月日, of which the last is often taken for 目; undefined for what is no day. */
export function printedDate(text: string): string | undefined {
  const [, year = "", month = "", day = ""] = /(\d{4})年(\d{1,2})月(\d{1,2})[日目曰]?/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDate(date) ? date : undefined;
}

/** Entries that say something: what could not be read is left out. */
export function present<T extends object>(facts: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries) as { [Key in keyof T]?: NonNullable<T[Key]> };
}

/** An address without what the model makes of a speck at its end; undefined for what is too short to be one. */
export function addressText(text: string): string | undefined {
  const address = fold(text)
    .replace(/^[^\p{Script=Han}]+/u, "")
    .replace(/[^\p{Script=Han}\dA-Za-z)]+$/u, "");
  return [...address].length >= 6 ? address : undefined;
}
