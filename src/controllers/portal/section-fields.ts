import type { Returned } from "../../models/filing/returns.ts";
import type { Locks } from "../../models/type-check/locks.ts";
import type { Finding } from "../../rules/index.ts";
import { children, isMunicipality } from "../../vocabulary/divisions.ts";
import {
  displayValue,
  type Field,
  fieldsOf,
  groupsOf,
  isMasked,
  listOf,
  maskedValue,
  type SectionKind,
  textOf,
  type Values,
  type When,
} from "../../vocabulary/fields/index.ts";
import { type Mark, markOf, stampOf } from "./section-marks.ts";

/** A field as the form draws it. */
export type ShownField = {
  field: Field;
  /** Shown in the place of the stored value: masked; undefined: as it is. */
  masked: string | undefined;
  marks: Mark[];
  stamp: string;
  isWrong: boolean;
  /** The spelling it was brought into, where that was just done: the control reads so too. */
  told: string | undefined;
  /** Somebody came for this field. */
  wanted: boolean;
  /** Why it was returned, and whether it was changed since. */
  returned: string | undefined;
  changed: boolean;
  /** What another window has saved here, where it reads differently. */
  theirs: string | undefined;
  /** In a change: what stands on record, where it reads differently. */
  before: string | undefined;
  /** Settled by the type check: shown as this text; `href` leads to another check. Of 域名 the first one only. */
  locked: { text: string; others: string[]; href: string } | undefined;
  /** Other fields hang on it: `choices` come or go, `hints` read differently. */
  steers: "choices" | "hints" | undefined;
};

export type ShownGroup = { id: string; legend: string; fields: ShownField[] };

export type Drawn = {
  kind: SectionKind;
  values: Values;
  typed: ReadonlySet<string>;
  findings: readonly Finding[];
  returned: readonly Returned[];
  changed: ReadonlySet<string>;
  theirs: Values | undefined;
  before: Values | null;
  /** Keys of the fields whose spelling was just changed, and of the one that somebody came for. */
  rewritten: ReadonlySet<string>;
  at: string | undefined;
  locks: Locks & { href: string };
};

/** The fieldsets of a section with everything that stands beside their fields. */
export const shownGroups = (drawn: Drawn): ShownGroup[] =>
  groupsOf(drawn.kind, drawn.values).map(({ id, legend, fields }) => ({
    id,
    legend,
    fields: fields.map((field) => shownField(field, drawn)),
  }));

function shownField(field: Field, drawn: Drawn): ShownField {
  const { values, findings, returned, changed, theirs } = drawn;
  const own = findings.filter((finding) => finding.field === field.key);
  const marks = own.map((finding) => markOf(finding, values));
  return {
    field,
    masked: maskedUntyped(field, drawn),
    marks,
    stamp: stampOf(marks),
    isWrong: own.some(({ severity }) => severity === "error"),
    told: drawn.rewritten.has(field.key)
      ? (maskedUntyped(field, drawn) ?? listOf(values, field.key).join("、"))
      : undefined,
    wanted: drawn.at === field.key,
    returned: returned.find((place) => place.field === field.key)?.text,
    changed: changed.has(field.key),
    theirs: theirs && differenceOf(field, values, theirs),
    before: drawn.before && field.kind !== "fixed" ? differenceOf(field, values, drawn.before) : undefined,
    locked: lockedField(field, drawn),
    steers: field.kind === "fixed" ? undefined : steering(drawn.kind).get(field.key),
  };
}

/** The masked value, unless it was just typed. */
const maskedUntyped = (field: Field, { values, typed }: Drawn): string | undefined =>
  isMasked(field, values) && !typed.has(field.key) ? maskedValue(field, values) : undefined;

function lockedField(field: Field, { values, locks }: Drawn): ShownField["locked"] {
  const { keys, domain, href } = locks;
  if (keys.includes(field.key)) return { text: maskedValue(field, values), others: [], href };
  if (field.key !== "domains" || domain === undefined) return undefined;
  return { text: domain, others: listOf(values, "domains").filter((one) => one !== domain), href };
}

/** What is theirs of a field that reads differently here; masked where it is personal. */
function differenceOf(field: Field, values: Values, theirs: Values): string | undefined {
  if (displayValue(field, values) === displayValue(field, theirs)) return undefined;
  return maskedValue(field, theirs) || "没有填写";
}

const keysIn = (when: When): string[] =>
  typeof when === "boolean" ? [] : [when].flat().map((condition) => (condition as { key: string }).key);

/** Fields that others hang on: those named in conditions of the dictionary, and boxes that open a further control. */
function steering(kind: SectionKind): Map<string, "choices" | "hints"> {
  const found = new Map<string, "choices" | "hints">();
  for (const { variants, codeTable } of fieldsOf(kind))
    for (const { when } of variants)
      for (const key of keysIn(when)) if (codeTable === null) found.set(key, "hints");
  for (const { key, kind: control, visible, optionsFrom } of fieldsOf(kind)) {
    for (const other of keysIn(visible)) found.set(other, "choices");
    if (optionsFrom && "key" in optionsFrom) found.set(optionsFrom.key, "choices");
    if (control === "approvals") found.set(key, "choices");
  }
  return found;
}

/** Id of the control that a finding is about: of a place the step that is missing. */
export function anchorOf(field: Field | undefined, values: Values): string {
  if (!field) return "fields";
  if (field.kind !== "division") return field.key;
  const [province, city, county] = ["province", "city", "county"].map((key) => textOf(values, key));
  if (!province) return "province";
  if (!city && !isMunicipality(province)) return "city";
  return !county && children(city || province).length > 0 ? "county" : "province";
}
