import type { Condition, Field, Values, When } from "./types.ts";

function met(condition: Condition, values: Values): boolean {
  const value = values[condition.key] ?? "";
  const found = (codes: readonly string[]) =>
    Array.isArray(value) ? value.some((code) => codes.includes(code)) : codes.includes(value);
  return "in" in condition ? found(condition.in) : !found(condition.notIn);
}

/** Whether a condition of the dictionary holds for the values of a section. */
export function holds(when: When, values: Values): boolean {
  if (typeof when === "boolean") return when;
  return [when].flat().every((condition) => met(condition as Condition, values));
}

/** Whether the field is asked for at all. */
export function isVisible(field: Field, values: Values): boolean {
  return holds(field.visible, values);
}

/** Whether it must be filled in; a hidden field never must. */
export function isRequired(field: Field, values: Values): boolean {
  return isVisible(field, values) && holds(field.required, values);
}

/** Whether it is personal data (decides encryption at rest) with these values. */
export function isSensitive(field: Field, values: Values): boolean {
  return field.sensitivity !== "none" && holds(field.sensitiveWhen, values);
}

/** Whether what comes from the database is shown masked. */
export function isMasked(field: Field, values: Values): boolean {
  return ["identity", "phone", "email"].includes(field.sensitivity) && isSensitive(field, values);
}

function wording<K extends "label" | "summaryLabel" | "hint">(key: K, field: Field, values: Values): string {
  const variant = field.variants.find((one) => one[key] !== undefined && holds(one.when, values));
  return variant?.[key] ?? field[key];
}

/** Label in the form (with the legend above it). */
export const labelOf = (field: Field, values: Values): string => wording("label", field, values);

/** Label that stands alone: 主办单位证件号码, 网站负责人手机号码. */
export const summaryLabelOf = (field: Field, values: Values): string =>
  wording("summaryLabel", field, values);

/** Help for the field, "" where it needs none. */
export const hintOf = (field: Field, values: Values): string => wording("hint", field, values);
