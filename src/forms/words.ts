import { createHash } from "node:crypto";
import { type FormBody, text } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const MOST_WORDS = 2000;
const LONGEST = 20;

/** What the buttons of the page do: show what would change, save that, or take the list as shipped. */
const acts = ["preview", "save", "reset"] as const;
export type WordsAct = (typeof acts)[number];

export type WordsForm = { words: string[]; seen: number; act: WordsAct; stamp: string; problems: Problem[] };

/** A few signs of a list: tells whether what is saved is what was shown. */
export const stampOf = (words: readonly string[]): string =>
  createHash("sha256").update(words.join("\n")).digest("base64url").slice(0, 10);

/** The words as typed: one a line; commas between them are understood too, and each is taken once. */
function wordsIn(typed: string): string[] {
  return [
    ...new Set(
      typed
        .split(/[\n,，、;；]+/)
        .map(normalise)
        .filter(Boolean),
    ),
  ];
}

function problemsOf(words: readonly string[]): Problem[] {
  const say = (text: string): Problem[] => [{ field: "words", text }];
  if (words.length > MOST_WORDS) return say(`最多${MOST_WORDS}个词，现在是${words.length}个，请删去一些`);
  const long = words.find((word) => length(word) > LONGEST);
  if (long) return say(`“${[...long].slice(0, 10).join("")}……”超过${LONGEST}个字，请写短一些`);
  const short = words.find((word) => length(word) < 2);
  return short ? say(`“${short}”只有一个字，会误伤很多名称，请写两个字以上的词`) : [];
}

/** A list of words as it was posted. */
export function readWords(body: FormBody): WordsForm {
  const act = acts.find((one) => one === text(body, "act")) ?? "preview";
  const words = wordsIn(text(body, "words"));
  const problems = act === "reset" ? [] : problemsOf(words);
  return { words, act, problems, stamp: text(body, "stamp"), seen: wholeNumber(text(body, "seen")) ?? 0 };
}
