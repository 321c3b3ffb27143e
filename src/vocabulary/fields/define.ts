import type { Field, FieldKind, Part, SectionKind } from "./types.ts";

const LISTS: readonly FieldKind[] = ["lines", "checks", "approvals"];

type Optional =
  | "summaryLabel"
  | "hint"
  | "variants"
  | "clean"
  | "parts"
  | "words"
  | "codeTable"
  | "optionsFrom"
  | "visible"
  | "required"
  | "width"
  | "sensitivity"
  | "sensitiveWhen"
  | "bureau"
  | "maxLength"
  | "input"
  | "returnReasons";

/** An entry as written in the dictionary: everything usual is left out. */
export type Entry = Omit<Field, "section" | "group" | Optional> & Partial<Pick<Field, Optional>>;

/** The part of a field that has only one. */
export function partOf(entry: Pick<Field, "key" | "label" | "kind">): Part {
  return { key: entry.key, label: entry.label, list: LISTS.includes(entry.kind) };
}

/** Fills in what is usual: visible, required, full width, not personal, one part with the field's own key. */
export function define(section: SectionKind, group: string, entries: readonly Entry[]): Field[] {
  return entries.map((entry) => ({
    summaryLabel: entry.label,
    hint: "",
    variants: [],
    clean: "text" as const,
    parts: [partOf(entry)],
    words: ["是", "否"] as const,
    codeTable: null,
    optionsFrom: null,
    visible: true,
    required: true,
    width: "full" as const,
    sensitivity: "none" as const,
    sensitiveWhen: true,
    bureau: null,
    maxLength: 255,
    input: {},
    ...entry,
    returnReasons: [...(entry.returnReasons ?? ["as-certificate", "incomplete"]), "other"],
    section,
    group,
  }));
}
