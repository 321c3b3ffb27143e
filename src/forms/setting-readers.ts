import { compact, length, lines, normalise } from "../lib/text.ts";

/** What came of what was typed: a value to keep, or what is wrong with it. */
export type ReadSetting = { ok: true; value: unknown } | { ok: false; problem: string };

/** From the texts of a field to a value, and back. */
export type Reader = {
  read: (typed: readonly string[]) => ReadSetting;
  show: (value: unknown) => string | string[];
};

const ok = (value: unknown): ReadSetting => ({ ok: true, value });
const wrong = (problem: string): ReadSetting => ({ ok: false, problem });

const first = (typed: readonly string[]): string => normalise(typed[0] ?? "").replace(/\s+/g, " ");

const shown = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** One line; `empty` is kept for nothing, or a sentence refuses it. */
export const line = (
  most: number,
  {
    empty,
    refuse = () => undefined,
  }: { empty: { keep: unknown } | { say: string }; refuse?: (text: string) => string | undefined },
): Reader => ({
  read: (typed) => {
    const text = first(typed);
    if (text === "") return "say" in empty ? wrong(empty.say) : ok(empty.keep);
    if (length(text) > most) return wrong(`最多${most}个字，现在是${length(text)}个字`);
    const problem = refuse(text);
    return problem === undefined ? ok(text) : wrong(problem);
  },
  show: shown,
});

/** A whole number between two others; with `none` nothing typed means nothing (null). */
export const whole = (least: number, most: number, none = false): Reader => ({
  read: (typed) => {
    const text = first(typed);
    if (text === "" && none) return ok(null);
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? ok(value)
      : wrong(`请填写${least}–${most}的整数${none ? "，或者不填" : ""}`);
  },
  show: shown,
});

export const toggle: Reader = {
  read: (typed) => ok(typed.includes("1")),
  show: (value) => (value === true ? "1" : ""),
};

/** One of several codes, each standing for a value. */
export const choice = (values: Readonly<Record<string, unknown>>): Reader => ({
  read: (typed) => {
    const code = typed[0] ?? "";
    return Object.hasOwn(values, code) ? ok(values[code]) : wrong("请选择一项");
  },
  show: (value) => Object.keys(values).find((code) => values[code] === value) ?? "",
});

/** Any of several codes, in their own order. */
export const picks = (codes: readonly string[]): Reader => ({
  read: (typed) => ok(codes.filter((code) => typed.includes(code))),
  show: (value) => (Array.isArray(value) ? value.map(String) : []),
});

const SPAN = /^([01]?\d|2[0-3]):([0-5]\d)[-~至]([01]?\d|2[0-3]):([0-5]\d)$/;

const two = (text = ""): string => text.padStart(2, "0");

function spanOf(text: string): [string, string] | undefined {
  const match = SPAN.exec(compact(text));
  if (!match) return undefined;
  const [start, end] = [`${two(match[1])}:${match[2]}`, `${two(match[3])}:${match[4]}`];
  return start < end ? [start, end] : undefined;
}

/** Working hours of a day: a span a line, 9:00-12:00, in order and apart. */
export const hours: Reader = {
  read: (typed) => {
    const spans = lines(typed.join("\n")).map(spanOf);
    const whole = spans.filter((span) => span !== undefined);
    if (whole.length === 0 || whole.length < spans.length)
      return wrong("每行写一段，例如9:00-12:00，开始早于结束");
    const apart = whole.every(([start], at) => at === 0 || (whole[at - 1]?.[1] ?? "") <= start);
    return apart ? ok(whole) : wrong("各段按先后写，不要重叠");
  },
  show: (value) =>
    Array.isArray(value) ? value.map((span) => (Array.isArray(span) ? span.join("-") : "")) : [],
};
