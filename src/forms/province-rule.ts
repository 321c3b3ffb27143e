import { isDate } from "../lib/dates.ts";
import { type FormBody, text, texts } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { type Column, columns } from "../vocabulary/province-columns.ts";
import { differences } from "../vocabulary/province-diff.ts";
import { type ProvinceRow, provinceRuleSchema } from "../vocabulary/province-schema.ts";
import { valueAt } from "../vocabulary/province-values.ts";
import { isBlank, readerOf } from "./province-fields.ts";
import { judge, type Places } from "./province-judge.ts";

/** What stands in the controls, by the name of the control: `minAgeIndividual`, `extraMaterials.0.name`. */
export type ShownRule = Record<string, string | string[]>;

/** When it holds, why, and where it comes from. */
export type About = { validFrom: string; note: string; source: string };

export type ReadRule = {
  shown: ShownRule;
  about: About;
  seen: number;
  /** The row as typed; undefined while there are problems. */
  rule?: ProvinceRow;
  problems: Problem[];
};

/** The most things of one kind that a page takes. */
const MOST_THINGS = 40;

/** Columns that people write; where columns come from is kept by the source of the change. */
export const written: readonly Column[] = columns.filter(({ kind }) => kind !== "codes");

/** What the page shows of a row. */
export function shownRule(row: ProvinceRow): ShownRule {
  const entries = written.flatMap((column): [string, string | string[]][] => {
    const value = row[column.key as keyof ProvinceRow] as unknown;
    if (column.kind !== "list" && column.kind !== "group")
      return [[column.key, readerOf(column).show(value ?? null)]];
    const things = column.kind === "list" ? ((value ?? []) as unknown[]) : value ? [value] : [];
    return things.flatMap((thing, at) =>
      column.items.map((item): [string, string | string[]] => [
        `${column.key}.${at}.${item.key}`,
        readerOf(item).show(valueAt(thing, item.key) ?? null),
      ]),
    );
  });
  return Object.fromEntries(entries);
}

/** How many things of a list a page has, by what stands in its controls. */
export function thingsIn(shown: ShownRule, key: string): number {
  const numbers = Object.keys(shown).flatMap((name) =>
    name.startsWith(`${key}.`) ? [Number(name.slice(key.length + 1).split(".")[0]) + 1] : [],
  );
  return Math.max(0, ...numbers.filter((one) => one <= MOST_THINGS));
}

type Sheet = { body: FormBody; shown: ShownRule; problems: Problem[] };

function readOne({ body, shown, problems }: Sheet, column: Column, name: string): unknown {
  const typed = texts(body, name);
  shown[name] = column.kind === "picks" ? typed : (typed[0] ?? "");
  const result = readerOf(column).read(typed);
  if (result.ok) return result.value;
  problems.push({ field: name, text: `${column.label}：${result.problem}` });
  return null;
}

function put(thing: Record<string, unknown>, path: string, value: unknown): void {
  const [key = "", rest] = path.split(".");
  if (rest === undefined) thing[key] = value;
  else thing[key] = { ...(thing[key] as Record<string, unknown> | undefined), [rest]: value };
}

const isNothing = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** One thing of several columns; undefined where nothing was typed. What is empty is left out of it. */
function readThing(
  sheet: Sheet,
  items: readonly Column[],
  name: string,
): Record<string, unknown> | undefined {
  if (isBlank(items, (key) => texts(sheet.body, `${name}.${key}`))) return undefined;
  const thing: Record<string, unknown> = {};
  for (const item of items) {
    const value = readOne(sheet, item, `${name}.${item.key}`);
    if (!isNothing(value)) put(thing, item.key, value);
  }
  return thing;
}

/** The value of a column, with where each of its things stands on the page. */
function readColumn(sheet: Sheet, column: Column): { value: unknown; places: number[] } {
  if (column.kind !== "list" && column.kind !== "group")
    return { value: readOne(sheet, column, column.key), places: [] };
  const many =
    column.kind === "list" ? Math.min(MOST_THINGS, thingsIn(sheet.body as ShownRule, column.key)) : 1;
  const things = Array.from({ length: many }, (_, at) => ({
    ...{ at, thing: readThing(sheet, column.items, `${column.key}.${at}`) },
  })).filter(({ thing }) => thing !== undefined);
  const value = things.map(({ thing }) => thing);
  return { value: column.kind === "list" ? value : (value[0] ?? null), places: things.map(({ at }) => at) };
}

/** Nothing is null where the row may say that no rule was found, else an empty list. */
const fitting = (key: string, value: unknown): unknown => {
  if (!isNothing(value)) return value;
  const { [key as keyof ProvinceRow]: column } = provinceRuleSchema.shape;
  return column.safeParse(null).success ? null : Array.isArray(value) || value === null ? [] : value;
};

/** The source of the change stands by every column that it changed. */
function withOrigins(base: ProvinceRow, rule: ProvinceRow, source: string): ProvinceRow {
  const simple = new Set(
    written.filter(({ kind }) => kind !== "list" && kind !== "group").map(({ key }) => key),
  );
  const changed = differences(base, rule).filter(({ key }) => simple.has(key) && key !== "sources");
  const origins = { ...rule.origins };
  for (const { key, after } of changed) {
    delete origins[key];
    if (after !== null && source !== "") origins[key] = [source];
  }
  const sources = source === "" || rule.sources.includes(source) ? rule.sources : [source, ...rule.sources];
  return { ...rule, origins, sources };
}

function readAbout(body: FormBody, today: string): { about: About; problems: Problem[] } {
  const one = (key: string) => normalise(text(body, key));
  const about = { validFrom: one("validFrom") || today, note: one("note"), source: one("source") };
  const wrong: [boolean, string, string][] = [
    [!isDate(about.validFrom), "validFrom", "从哪天起：请写成2027-01-01这样的日期"],
    [isDate(about.validFrom) && about.validFrom < today, "validFrom", "从哪天起：最早是今天，过去的不能改"],
    [about.source === "", "source", "来源：请写这次修改的来源，例如2026年12月管局通知"],
    [length(about.source) > 200, "source", "来源：最多200个字"],
    [length(about.note) > 300, "note", "说明：最多300个字"],
  ];
  return { about, problems: wrong.flatMap(([is, field, text]) => (is ? [{ field, text }] : [])) };
}

/** The row as it was typed over the one in force; `today` is YYYY-MM-DD. */
export function readRuleForm(body: FormBody, base: ProvinceRow, today: string): ReadRule {
  const sheet: Sheet = { body, shown: {}, problems: [] };
  const places: Places = {};
  const typed: Record<string, unknown> = { ...base };
  for (const column of written) {
    const { value, places: at } = readColumn(sheet, column);
    typed[column.key] = fitting(column.key, value);
    places[column.key] = at;
  }
  const { about, problems } = readAbout(body, today);
  const read = { shown: sheet.shown, about, seen: wholeNumber(text(body, "seen")) ?? 0 };
  if (sheet.problems.length > 0) return { ...read, problems: [...sheet.problems, ...problems] };
  const judged = judge(typed, places);
  const all = [...judged.problems, ...problems];
  if (all.length > 0 || !judged.rule) return { ...read, problems: all };
  if (differences(base, judged.rule).length === 0)
    return { ...read, problems: [{ field: "validFrom", text: "没有改动，不用保存" }] };
  return { ...read, rule: withOrigins(base, judged.rule, about.source), problems: [] };
}
