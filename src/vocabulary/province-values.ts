import { type Column, maybeColumn } from "./province-columns.ts";
import { sourceText } from "./sources.ts";

/** Columns of a thing that name where it comes from. */
const SOURCED = /(^|\.)source$/;

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null;

/** The value at `newer.says` of a thing. */
export const valueAt = (thing: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (isThing(value) ? value[key] : undefined), thing);

const listText = (texts: readonly string[]): string => (texts.length > 0 ? texts.join("、") : "没有");

function thingText(items: readonly Column[], thing: unknown): string {
  const parts = items.flatMap((item) => {
    const value = valueAt(thing, item.key);
    if (item.kind === "flag") return value === true ? [item.label] : [];
    return value === undefined || value === null || value === "" ? [] : [textOfColumn(item, value)];
  });
  return parts.join("，");
}

const codesText = (value: unknown): string =>
  isThing(value)
    ? listText(
        Object.entries(value).map(
          ([key, sources]) => `${maybeColumn(key)?.label ?? key}：${String(sources)}`,
        ),
      )
    : "没有";

/** A value in a few Chinese words, as histories and differences show it. */
export function textOfColumn(column: Column, value: unknown): string {
  if (value === null || value === undefined)
    return column.kind === "choice" ? (column.open ?? "没有查到") : "没有查到";
  switch (column.kind) {
    case "decided":
    case "flag":
      return value === true ? "是" : "否";
    case "choice":
      return column.words[String(value)] ?? String(value);
    case "picks":
      return listText((value as string[]).map((code) => column.words[code] ?? code));
    case "lines":
      return listText(value as string[]);
    case "list":
      return listText((value as unknown[]).map((one) => `【${thingText(column.items, one)}】`));
    case "group":
      return thingText(column.items, value);
    case "codes":
      return codesText(value);
    default:
      return SOURCED.test(column.key) ? sourceText(String(value)) : String(value);
  }
}

/** The same, a line for each thing of a list. */
export const linesOfColumn = (column: Column, value: unknown): string[] =>
  column.kind === "list" && Array.isArray(value) && value.length > 0
    ? value.map((one) => thingText(column.items, one))
    : [textOfColumn(column, value)];

/** The same by the key of the column; a column without words as it is stored. */
export function textOfKey(key: string, value: unknown): string {
  const column = maybeColumn(key);
  return column ? textOfColumn(column, value) : JSON.stringify(value ?? null);
}
