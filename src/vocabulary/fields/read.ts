import { IDENTITY_CARD } from "../code-tables.ts";
import { clean } from "./clean.ts";
import { isMasked, isSensitive } from "./conditions.ts";
import { listOf, maskedValue, textOf } from "./display.ts";
import type { Field, Part, Sensitivity, Values } from "./types.ts";

/** Far more than any field takes, and few enough to be checked while a person waits; the rest is not read. */
const MOST_CHARACTERS = 5000;
const MOST_ENTRIES = 500;

/** By characters: half of one could not be stored. */
const cut = (text: string): string =>
  text.length > MOST_CHARACTERS ? [...text].slice(0, MOST_CHARACTERS).join("") : text;

function strings(body: Record<string, unknown>, key: string): string[] | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  return [value].flat().filter((entry): entry is string => typeof entry === "string");
}

/** Entries of a text area: one a line, but commas and blanks between them are understood; `a - b` stays together. */
function entriesOf(text: string): string[] {
  // Blanks are joined first: a long row of them would be looked at again from each of its places.
  const joined = text.replace(/[^\S\n]+/g, " ").replace(/ ?([-–—~至]) ?/g, "$1");
  return joined.split(/[\s,，;；、]+/);
}

function readList(field: Field, typed: string[]): string[] {
  const lines = field.kind === "lines";
  const entries = (lines ? typed.flatMap(entriesOf) : typed).slice(0, MOST_ENTRIES);
  return [
    ...new Set(entries.map((entry) => clean(lines ? field.clean : "text", cut(entry))).filter(Boolean)),
  ];
}

/** A masked field sent back empty, or as it was shown, means unchanged. */
function unchanged(field: Field, typed: string, before: Values): boolean {
  if (!isMasked(field, before) || !textOf(before, field.key)) return false;
  return typed === "" || typed === maskedValue(field, before);
}

function readPart(field: Field, part: Part, body: Record<string, unknown>, before: Values) {
  const typed = strings(body, part.key);
  const ticks = field.kind === "checks" || field.kind === "approvals" || field.kind === "toggle";
  if (!typed) return ticks && body[`_${field.key}`] !== undefined ? (part.list ? [] : "") : before[part.key];
  if (part.list) return readList(field, typed);
  const text = cut(typed.at(-1) ?? "");
  return unchanged(field, text.trim(), before) ? before[part.key] : clean(field.clean, text);
}

/**
 * The values of a section from a posted form, each in its usual spelling. What the body does not name stays as it was;
 * boxes that can all be unticked are named by a hidden input `_key` beside them (`_samePerson`). Keys that are not in
 * the dictionary are not taken over; `confirmed` is read by `readConfirmed` of the rules.
 * @param body parsed form: a string or an array of strings by name; files are passed over
 */
export function readValues(fields: readonly Field[], body: Record<string, unknown>, before: Values): Values {
  const after: Values = { ...before };
  for (const field of fields.filter(({ kind }) => kind !== "fixed")) {
    for (const part of field.parts) {
      const value = readPart(field, part, body, before);
      if (value !== undefined) after[part.key] = value;
    }
  }
  return after;
}

/** What a new section begins with. */
export const initialValues: Record<Field["section"], Values> = {
  subject: { idType: IDENTITY_CARD },
  website: { languages: ["1"], serviceType: "1", samePerson: "1", leaderIdType: IDENTITY_CARD },
  access: {},
  cancellation: {},
};

/** Keys of the values that must be encrypted at rest, with what they are; only those that have a value. */
export function sensitiveParts(
  fields: readonly Field[],
  values: Values,
): { key: string; sensitivity: Sensitivity }[] {
  return fields
    .filter((field) => isSensitive(field, values))
    .flatMap(({ parts, sensitivity }) => parts.map(({ key }) => ({ key, sensitivity })))
    .filter(({ key }) => listOf(values, key).length > 0);
}
