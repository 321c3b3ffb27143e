import { CalledWrongly } from "./output.ts";

/** A number of an option or argument; throws the sentence that names it. */
export function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new CalledWrongly(`${name} must be a whole number, not ${text}`);
  return Number(text);
}
