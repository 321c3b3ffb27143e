import { divisionName } from "../divisions.ts";
import { maskEmail, maskIdentity, maskPhone } from "../masking.ts";
import { isMasked, isVisible } from "./conditions.ts";
import { optionLabel } from "./options.ts";
import type { Change, Field, Values } from "./types.ts";
import { approvalNumberKey } from "./website.ts";

/** One value as text; "" when it is missing, lists joined by a line feed. */
export function textOf(values: Values, key: string): string {
  const value = values[key] ?? "";
  return typeof value === "string" ? value : value.join("\n");
}

/** One value as a list: the entries of a list, the lines of a text; nothing for an empty one. */
export function listOf(values: Values, key: string): string[] {
  const value = values[key] ?? [];
  return (typeof value === "string" ? value.split("\n") : value).filter((entry) => entry !== "");
}

function divisionText(field: Field, values: Values): string {
  const codes = field.parts.map((part) => textOf(values, part.key)).filter(Boolean);
  const last = codes.at(-1);
  return last ? divisionName(last) || codes.join(" ") : "";
}

function approvalText(field: Field, values: Values): string {
  const entries = listOf(values, field.key).map((code) => {
    const number = textOf(values, approvalNumberKey(code));
    return optionLabel("pre_approval", code) + (number && `（${number}）`);
  });
  return entries.join("\n") || "没有";
}

/**
 * The value as a person reads it: words of codes, the name of the division; lists of codes joined by 、, lines by a
 * line feed. "" when nothing was filled in (shown as 未填写).
 */
export function displayValue(field: Field, values: Values): string {
  const text = textOf(values, field.key);
  switch (field.kind) {
    case "division":
      return divisionText(field, values);
    case "approvals":
      return approvalText(field, values);
    case "toggle":
      return field.words[text === "1" ? 0 : 1];
    case "select":
      return text && optionLabel(field.codeTable ?? "", text);
    case "checks":
      return listOf(values, field.key)
        .map((code) => optionLabel(field.codeTable ?? "", code))
        .join("、");
    default:
      return text;
  }
}

/** As `displayValue`, with identity numbers, phones and e-mail addresses of persons masked. */
export function maskedValue(field: Field, values: Values): string {
  const text = displayValue(field, values);
  if (!isMasked(field, values)) return text;
  if (field.sensitivity === "identity") return maskIdentity(text);
  return field.sensitivity === "email" ? maskEmail(text) : maskPhone(text);
}

/** The fields that read differently, in their order; a field that was or is hidden counts as empty there. */
export function changesBetween(fields: readonly Field[], before: Values, after: Values): Change[] {
  const read = (field: Field, values: Values) =>
    isVisible(field, values) ? displayValue(field, values) : "";
  return fields
    .map((field) => ({ field, before: read(field, before), after: read(field, after) }))
    .filter((change) => change.before !== change.after);
}
