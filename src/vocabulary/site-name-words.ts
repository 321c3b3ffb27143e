import { readData } from "./data.ts";

/** Lists of words that names of websites may not hold, or only under conditions. */
export type SiteNameWords = {
  /** For national bodies alone. */
  state: string[];
  /** For bodies with that duty alone. */
  publicPower: string[];
  /** For nobody. */
  refused: string[];
  /** Point at content that needs an approval first. */
  preApproval: string[];
  /** Business words no 个人 may use, and names that are widely refused to them. */
  personal: string[];
  personalTemplates: string[];
};

export const siteNameWords = readData("site-name-words") as SiteNameWords;

/** Those of the words that stand in the text. */
export function wordsIn(text: string, words: readonly string[]): string[] {
  const upper = text.toUpperCase();
  return words.filter((word) => upper.includes(word.toUpperCase()));
}
