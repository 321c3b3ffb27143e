import { type FormBody, text } from "../lib/form-body.ts";
import { CONFIRMED, readConfirmed } from "../rules/index.ts";
import {
  type Field,
  fieldsOf,
  initialValues,
  isMasked,
  isVisible,
  maskedValue,
  readValues,
  type SectionKind,
  textOf,
  type Values,
} from "../vocabulary/fields/index.ts";
import { readPlace } from "./registration.ts";
import { type Rewriting, rewritings } from "./spelling.ts";

/**
 * What was asked for: 保存并继续, 只保存草稿, 改下一处 of the report, saved by itself while typing, the page drawn anew after
 * a choice that others hang on, a code for the mobile number.
 */
export const acts = ["continue", "draft", "next", "autosave", "update", "code"] as const;
export type Act = (typeof acts)[number];

export type SectionForm = {
  act: Act;
  /** The version that the page was drawn from. */
  version: number;
  /** All values of the section as they are to be saved. */
  values: Values;
  /** Keys of masked fields that were typed anew: they are shown as typed. */
  typed: ReadonlySet<string>;
  /** What is kept in another spelling than it was typed in. */
  rewritten: Rewriting[];
  /** Name of the control that somebody is in the middle of, "" otherwise. */
  typing: string;
  /** Id of the control that somebody came for, from the report; "" otherwise. */
  at: string;
  /** 手机验证码, "" when none was typed. */
  code: string;
  /** The page showed two versions side by side: nothing is saved from it until somebody chooses. */
  choosing: boolean;
};

type Stored = { kind: SectionKind; version: number; values: Values };

/** What a section holds, with what a new one begins with. */
export const startingValues = ({ kind, values }: Pick<Stored, "kind" | "values">): Values => ({
  ...initialValues[kind],
  ...values,
});

/** 草稿 and 继续 of the buttons; anything else is what the Enter key and old browsers send: go on. */
function actOf(body: FormBody): Act {
  const typed = text(body, "act");
  if (typed === "region") return "update";
  return acts.find((act) => act === typed) ?? "continue";
}

const maskedFields = (kind: SectionKind, values: Values): Field[] =>
  fieldsOf(kind).filter((field) => isMasked(field, values) && textOf(values, field.key) !== "");

/**
 * A page drawn from an older version shows other masked numbers than those stored now. What still has its stars was
 * never touched, so what is stored stays.
 */
function withoutOldMasks(body: FormBody, stored: Stored, values: Values): Values {
  if (Number(text(body, "version")) === stored.version) return values;
  const untouched = maskedFields(stored.kind, stored.values).filter(({ key }) =>
    text(body, key).includes("*"),
  );
  return { ...values, ...Object.fromEntries(untouched.map(({ key }) => [key, stored.values[key] ?? ""])) };
}

/** A city or county that does not lie below what was chosen above it falls away. */
function withFittingPlace(kind: SectionKind, values: Values): Values {
  if (kind !== "subject" || values.province === undefined) return values;
  return { ...values, ...readPlace((key) => textOf(values, key)) };
}

/** Fields that others hide (网站负责人 of 同主体负责人) hold nothing. */
function withoutHidden(kind: SectionKind, values: Values): Values {
  const kept = { ...values };
  for (const field of fieldsOf(kind).filter((one) => !isVisible(one, values)))
    for (const { key } of field.parts) delete kept[key];
  return kept;
}

/** Reads a posted section over what is stored. Never refuses anything: that is the business of the rules. */
export function readSection(body: FormBody, stored: Stored): SectionForm {
  const { kind } = stored;
  const before = startingValues(stored);
  const act = actOf(body);
  const read = withFittingPlace(
    kind,
    withoutOldMasks(body, { ...stored, values: before }, readValues(fieldsOf(kind), body, before)),
  );
  const confirmed = readConfirmed(body, before);
  const all = confirmed.length > 0 || before[CONFIRMED] ? { ...read, [CONFIRMED]: confirmed } : read;
  // While choices are still being made, what they hide comes back when they are taken back.
  const values = act === "continue" || act === "draft" || act === "next" ? withoutHidden(kind, all) : all;
  const typed = maskedFields(kind, values).filter(
    ({ key }) => values[key] !== before[key] || isTyped(body, key, kind, before),
  );
  return {
    act,
    version: Number(text(body, "version")) || 0,
    values,
    typed: new Set(typed.map(({ key }) => key)),
    rewritten: rewritings(kind, body, before, values),
    typing: text(body, "typing"),
    at: text(body, "at"),
    code: text(body, "code").trim(),
    choosing: text(body, "choosing") === "1",
  };
}

/** Typed in full again, though it is the same number as before. */
function isTyped(body: FormBody, key: string, kind: SectionKind, before: Values): boolean {
  const typed = text(body, key).trim();
  const field = fieldsOf(kind).find((one) => one.key === key);
  return typed !== "" && !typed.includes("*") && field !== undefined && typed !== maskedValue(field, before);
}

/** Keys of the fields that read differently. */
export function changedKeys(kind: SectionKind, before: Values, after: Values): Set<string> {
  const differs = (key: string) => JSON.stringify(before[key] ?? "") !== JSON.stringify(after[key] ?? "");
  return new Set(
    fieldsOf(kind)
      .filter(({ parts }) => parts.some(({ key }) => differs(key)))
      .map(({ key }) => key),
  );
}
