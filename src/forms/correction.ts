import { type FormBody, text } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { displayValue, type Field, readValues, type Values } from "../vocabulary/fields/index.ts";

const MOST = 200;

export type TypedCorrection = { values: Values; note: string; problems: Problem[] };

/** 代为更正 of one field: all values of its section with what was typed in their place. */
export function readCorrection(body: FormBody, field: Field, before: Values): TypedCorrection {
  const values = readValues([field], body, before);
  const note = normalise(text(body, "note"));
  return { values, note, problems: [...unchanged(field, before, values), ...tooLong(note)] };
}

function unchanged(field: Field, before: Values, after: Values): Problem[] {
  return displayValue(field, before) === displayValue(field, after)
    ? [{ field: field.key, text: "和原来一样，没有改动" }]
    : [];
}

const tooLong = (note: string): Problem[] =>
  length(note) > MOST ? [{ field: "note", text: `原因最多${MOST}个字，现在是${length(note)}个字` }] : [];
