import { textOf } from "../vocabulary/fields/index.ts";
import type { Values } from "../vocabulary/filing.ts";

/** Key in the values of a section under which confirmations are kept, as a list. */
export const CONFIRMED = "confirmed";

/**
 * Three hexadecimal digits of a value: enough to notice that it was changed afterwards, too few to tell what it was
 * (FNV-1a, folded to 12 bits).
 */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 12) ^ (hash >>> 24)) & 0xfff).toString(16).padStart(3, "0");
}

/** What is kept when a person says 与证件完全一致 of a finding: `rule:field:mark`, void once the value changes. */
export function confirmation(rule: string, field: string, values: Values): string {
  return `${rule}:${field}:${mark(textOf(values, field))}`;
}

/** True when this finding was confirmed for the value as it is now. */
export function isConfirmed(rule: string, field: string, values: Values): boolean {
  const kept = values[CONFIRMED] ?? [];
  return [kept].flat().includes(confirmation(rule, field, values));
}

/**
 * The confirmations of a posted form: boxes named `confirmed`, each with the value that `confirmation` gave.
 * Those kept before stay unless the hidden `_confirmed` says that the boxes were on the page.
 */
export function readConfirmed(body: Record<string, unknown>, before: Values): string[] {
  const typed = [body[CONFIRMED] ?? []].flat().filter((entry): entry is string => typeof entry === "string");
  const kept = body[`_${CONFIRMED}`] === undefined ? [before[CONFIRMED] ?? []].flat() : [];
  return [...new Set([...kept, ...typed])].filter((entry) =>
    /^[a-z0-9-]+:[A-Za-z]+:[0-9a-f]{3}$/.test(entry),
  );
}
