import { readData } from "./data.ts";

/** Lists of words that names of websites may not hold, or only under conditions. */
export type WordLists = {
  /** For national bodies alone. */
  state: string[];
  /** For bodies with that duty alone. */
  publicPower: string[];
  /** For nobody. */
  refused: string[];
  /** Point at content that needs an approval first. */
  preApproval: string[];
  /** Of these, what is about finance: some bureaus want a statement then. */
  finance: string[];
  /** Business words no 个人 may use, and names that are widely refused to them. */
  personal: string[];
  personalTemplates: string[];
};

/** The lists as shipped; an installation may keep its own. */
export const shippedWords = readData("word-lists") as WordLists;

/** Those of the words that stand in the text. */
export function wordsIn(text: string, words: readonly string[]): string[] {
  const upper = text.toUpperCase();
  return words.filter((word) => upper.includes(word.toUpperCase()));
}
