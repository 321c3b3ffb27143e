import type { ProvinceRow } from "./province-schema.ts";

/** A column that reads otherwise. */
export type ColumnChange = { key: string; before: unknown; after: unknown };

/**
 * Keys and lists of codes in one order, so that rows that say the same are equal however they were stored (jsonb orders
 * keys, a page its boxes).
 */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((one) => typeof one === "string") ? [...value].sort() : value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, inOrder(one)]),
  );
}

const textOf = (value: unknown): string => JSON.stringify(inOrder(value) ?? null);

/** The columns in which two rows differ, in the order of the row. */
export const differences = (before: ProvinceRow, after: ProvinceRow): ColumnChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((key) => key as keyof ProvinceRow)
    .filter((key) => textOf(before[key]) !== textOf(after[key]))
    .map((key) => ({ key, before: before[key], after: after[key] }));
