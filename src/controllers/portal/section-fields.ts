import type { Returned } from "../../models/filing/returns.ts";
import type { Locks } from "../../models/type-check/locks.ts";
import { confirmation, type Finding } from "../../rules/index.ts";
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

/** One sentence beside a field, with the box 与证件完全一致 where the rule may be wrong about an honest person. */
export type Mark = {
  tone: "bad" | "warn" | "dim";
  text: string;
  confirm: { value: string; checked: boolean } | undefined;
};

/** A field as the form draws it. */
export type ShownField = {
  field: Field;
  /** Shown in the place of the stored value: masked; undefined: as it is. */
  masked: string | undefined;
  marks: Mark[];
  isWrong: boolean;
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
  const { values, typed, findings, returned, changed, theirs } = drawn;
  const own = findings.filter((finding) => finding.field === field.key);
  return {
    field,
    masked: isMasked(field, values) && !typed.has(field.key) ? maskedValue(field, values) : undefined,
    marks: own.map((finding) => markOf(finding, values)),
    isWrong: own.some(({ severity }) => severity === "error"),
    returned: returned.find((place) => place.field === field.key)?.text,
    changed: changed.has(field.key),
    theirs: theirs && differenceOf(field, values, theirs),
    before: drawn.before && field.kind !== "fixed" ? differenceOf(field, values, drawn.before) : undefined,
    locked: lockedField(field, drawn),
    steers: field.kind === "fixed" ? undefined : steering(drawn.kind).get(field.key),
  };
}

function lockedField(field: Field, { values, locks }: Drawn): ShownField["locked"] {
  const { keys, domain, href } = locks;
  if (keys.includes(field.key)) return { text: maskedValue(field, values), others: [], href };
  if (field.key !== "domains" || domain === undefined) return undefined;
  return { text: domain, others: listOf(values, "domains").filter((one) => one !== domain), href };
}

/** The sentence of a finding; one that was confirmed stays with its box ticked, so that it can be taken back. */
export function markOf(finding: Finding, values: Values): Mark {
  const { rule, field, severity, message, confirmable } = finding;
  const value = confirmable && field ? confirmation(rule, field, values) : undefined;
  return {
    tone: severity === "error" ? "bad" : severity === "warning" ? "warn" : "dim",
    text: severity === "warning" ? `提示：${message}` : message,
    confirm: value ? { value, checked: severity === "check" } : undefined,
  };
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

/** Rules about steps that are still open: said when somebody goes on, not while they are in the middle of it. */
const patient = new Set(["required", "approval-number"]);
const inSteps = new Set(["division", "approvals"]);

/** What is said before anybody asks: of fields that hold something, or that were just changed. */
export function earlyFindings(
  kind: SectionKind,
  findings: readonly Finding[],
  values: Values,
  changed: ReadonlySet<string>,
): Finding[] {
  const byKey = new Map(fieldsOf(kind).map((field) => [field.key, field]));
  return findings.filter((finding) => {
    const field = byKey.get(finding.field ?? "");
    if (!field || (inSteps.has(field.kind) && patient.has(finding.rule))) return false;
    const isFilled = field.parts.some(({ key }) => listOf(values, key).length > 0);
    return isFilled || changed.has(field.key);
  });
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
