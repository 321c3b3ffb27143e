import { lines, normalise } from "../lib/text.ts";
import type { Column, Words } from "../vocabulary/province-column-kinds.ts";
import { choice, line, picks, type Reader, toggle, whole } from "./setting-readers.ts";

type Option = { code: string; label: string };

/** What `components/field` draws of a column. */
export type RuleField = {
  label: string;
  kind: "text" | "area" | "checks" | "radios" | "select" | "toggle" | "lines";
  width?: "s" | "m" | "full";
  hint?: string;
  optional?: true;
  options?: readonly Option[];
};

const optionsOf = (words: Words): Option[] => Object.entries(words).map(([code, label]) => ({ code, label }));

/** More choices than this stand in a list that opens. */
const MANY = 6;

const DECIDED = { yes: true, no: false, "": null };
const decidedOptions = optionsOf({ yes: "是", no: "否", "": "没有查到" });

/** A column that is one control; undefined for those with columns of their own. */
export function fieldOf(column: Column): RuleField | undefined {
  const { label, hint } = column;
  const about = hint === undefined ? { label } : { label, hint };
  switch (column.kind) {
    case "number":
      return { ...about, kind: "text", width: "s", optional: true };
    case "decided":
      return { ...about, kind: "radios", options: decidedOptions };
    case "flag":
      return { ...about, kind: "toggle" };
    case "lines":
      return { ...about, hint: hint ?? "每行一个。", kind: "area", width: "m", optional: true };
    case "text":
      return { ...about, kind: "text", width: "full", ...(column.needed ? {} : { optional: true as const }) };
    case "picks":
      return { ...about, kind: "checks", options: optionsOf(column.words) };
    case "choice":
      return choiceField(about, column.words, column.open);
    default:
      return undefined;
  }
}

function choiceField(about: { label: string }, words: Words, open: string | undefined): RuleField {
  const options = optionsOf(words);
  if (options.length > MANY)
    return { ...about, kind: "select", options, ...(open === undefined ? {} : { optional: true as const }) };
  return {
    ...about,
    kind: "radios",
    options: open === undefined ? options : [...options, { code: "", label: open }],
  };
}

const linesReader: Reader = {
  read: (typed) => {
    const list = lines(typed.join("\n"));
    return list.every((one) => one.length <= 200)
      ? { ok: true, value: list.length > 0 ? list : null }
      : { ok: false, problem: "每行最多200个字" };
  },
  show: (value) => (Array.isArray(value) ? value.join("\n") : ""),
};

const codes = (words: Words) => Object.fromEntries(Object.keys(words).map((code) => [code, code]));

const nothing: Reader = { read: () => ({ ok: true, value: null }), show: () => "" };

/** From what was typed to the value of a column, and back; null where nothing was typed. */
export function readerOf(column: Column): Reader {
  switch (column.kind) {
    case "number":
      return whole(column.least, column.most, true);
    case "decided":
      return choice(DECIDED);
    case "flag":
      return toggle;
    case "lines":
      return linesReader;
    case "text":
      return line(column.most, { empty: column.needed ? { say: "请填写" } : { keep: null } });
    case "picks":
      return picks(Object.keys(column.words));
    case "choice":
      return choice({ ...codes(column.words), ...(column.open === undefined ? {} : { "": null }) });
    default:
      return nothing;
  }
}

/** Whether nothing at all was typed for a thing of several columns: it is left out. Choices alone say nothing. */
export const isBlank = (items: readonly Column[], textsOf: (key: string) => readonly string[]): boolean =>
  items.every(
    ({ kind, key }) => !["text", "number", "lines"].includes(kind) || normalise(textsOf(key).join("")) === "",
  );
