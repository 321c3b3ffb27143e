import { type FormBody, text } from "../lib/form-body.ts";
import {
  type FieldKind,
  fieldsOf,
  isMasked,
  maskedValue,
  type SectionKind,
  textOf,
  type Values,
} from "../vocabulary/fields/index.ts";

/** A typed value that is kept in another, harmless spelling. */
export type Rewriting = {
  key: string;
  /** As it is kept; lists one entry a line. */
  to: string;
  /** False where only blanks around it fell away: nothing that a person must be told. */
  told: boolean;
};

const TYPED: readonly FieldKind[] = ["text", "tel", "email", "area", "lines"];

const unified = (typed: string): string => typed.replace(/\r\n?/g, "\n");

/** Whether a value reads otherwise than it was typed; undefined where it does not, or where nothing was typed. */
export function rewriting(key: string, typed: string, to: string): Rewriting | undefined {
  const from = unified(typed);
  if (from === to || from.trim() === "" || to === "") return undefined;
  return { key, to, told: from.trim() !== to };
}

/** The fields of a posted section that are kept in another spelling than they were typed in. */
export function rewritings(kind: SectionKind, body: FormBody, before: Values, after: Values): Rewriting[] {
  return fieldsOf(kind)
    .filter((field) => TYPED.includes(field.kind))
    .filter(
      (field) => !isMasked(field, before) || text(body, field.key).trim() !== maskedValue(field, before),
    )
    .flatMap(({ key }) => rewriting(key, text(body, key), textOf(after, key)) ?? []);
}
