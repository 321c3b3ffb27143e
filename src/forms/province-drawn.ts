import { type Column, columnGroups } from "../vocabulary/province-columns.ts";
import { fieldOf, type RuleField } from "./province-fields.ts";
import { type ShownRule, thingsIn } from "./province-rule.ts";

/** A control of the page. */
export type DrawnField = RuleField & { key: string; value: string | string[] };

/** One control, or one thing of several. */
export type DrawnEntry = { field: DrawnField } | { title: string; fields: DrawnField[] };

function drawnField(shown: ShownRule, column: Column, key: string): DrawnField[] {
  const field = fieldOf(column);
  return field ? [{ ...field, key, value: shown[key] ?? "" }] : [];
}

/** Of lists one more than there are, to add another. */
function drawnColumn(shown: ShownRule, column: Column): DrawnEntry[] {
  if (column.kind !== "list" && column.kind !== "group")
    return drawnField(shown, column, column.key).map((field) => ({ field }));
  const many = column.kind === "group" ? 1 : thingsIn(shown, column.key) + 1;
  return Array.from({ length: many }, (_, at) => ({
    title: column.kind === "group" ? column.label : `${column.label}${at + 1}`,
    fields: column.items.flatMap((item) => drawnField(shown, item, `${column.key}.${at}.${item.key}`)),
  }));
}

/** Every column with its control, in the groups of the page. */
export const drawnRule = (shown: ShownRule): { title: string; entries: DrawnEntry[] }[] =>
  columnGroups.map(({ title, columns }) => ({
    title,
    entries: columns.flatMap((column) => drawnColumn(shown, column)),
  }));
