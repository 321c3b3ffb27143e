import type { Returned } from "../../models/filing/returns.ts";
import type { Difference } from "../../models/filing/snapshots.ts";
import type { Finding, Severity } from "../../rules/types.ts";
import {
  displayValue,
  type Field,
  groupsOf,
  isMasked,
  isSensitive,
  labelOf,
  maskedValue,
  maybeField,
  type SectionKind,
  summaryLabelOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import { maskName } from "../../vocabulary/masking.ts";

/** One line of the fields under review. */
export type Fact = {
  /** 12.certNo: section and field; names the anchor, the disclosure and the place of a return. */
  place: string;
  label: string;
  /** Kind of the document, before its number. */
  prefix: string;
  text: string;
  /** The text before the last submission, where it differs. */
  before: string | undefined;
  changed: boolean;
  /** Masked, and may be asked for. */
  hidden: boolean;
  tone: "bad" | "warn" | "";
  findings: { severity: Severity; message: string }[];
  /** What the last return said of it. */
  returned: string | undefined;
};

/** A fieldset with what is filled in; `blank` names the fields that are not. */
export type FactGroup = { caption: string; facts: Fact[]; blank: string[] };

/** Everything that is laid beside the values. */
export type Marks = {
  findings: readonly Finding[];
  changes: readonly Difference[];
  returned: readonly Returned[];
  /** Places whose value was asked for with this request. */
  shown: ReadonlySet<string>;
  /** False for 客服, who read everything personal masked. */
  seesPersons: boolean;
};

/** 证件类型 is read together with its number. */
const typeBeside: Record<string, string> = { certNo: "certType", idNo: "idType", leaderIdNo: "leaderIdType" };
const shownBeside = new Set(Object.values(typeBeside));

const MASK = "****";

/** A value as this person may read it. */
export function readable(field: Field, values: Values, seesPersons: boolean): string {
  if (seesPersons || !isSensitive(field, values) || isMasked(field, values))
    return maskedValue(field, values);
  const text = displayValue(field, values);
  if (text === "") return "";
  if (field.sensitivity === "name") return maskName(text);
  return field.sensitivity === "address" ? `${[...text].slice(0, 6).join("")}${MASK}` : MASK;
}

/** The filing under review by section and fieldset, with findings, changes and returns at their places. */
export function factGroups({ subject, websites }: FilingData, marks: Marks): FactGroup[] {
  const several = websites.length > 1;
  const ofWebsites = websites.flatMap((website, index) => {
    const suffix = several ? String(index + 1) : "";
    return [website, ...website.accesses].flatMap((section) => groupsIn(section, suffix, marks));
  });
  return [...groupsIn(subject, "", marks), ...ofWebsites];
}

/** A fieldset of one line (同主体负责人) stands under the one before it. */
function joined(groups: readonly FactGroup[]): FactGroup[] {
  const done: FactGroup[] = [];
  for (const group of groups) {
    const last = done.at(-1);
    if (last && group.facts.length <= 1) {
      last.facts.push(...group.facts);
      last.blank.push(...group.blank);
    } else done.push(group);
  }
  return done;
}

function groupsIn(section: Section, suffix: string, marks: Marks): FactGroup[] {
  const groups = groupsOf(section.kind, section.values).map(({ legend, fields }) => {
    const facts = fields.filter(({ kind }) => kind !== "fixed").map((field) => factOf(section, field, marks));
    const empty = (fact: Fact) => fact.text === "" && fact.findings.length === 0 && !fact.changed;
    const beside = (fact: Fact) => shownBeside.has(keyOf(fact)) && !isMarked(fact);
    return {
      caption: legend + suffix,
      facts: facts.filter((fact) => !empty(fact) && !beside(fact)),
      blank: facts.filter((fact) => empty(fact) && !beside(fact)).map(({ label }) => label),
    };
  });
  return joined(groups);
}

const keyOf = ({ place }: Fact): string => place.slice(place.indexOf(".") + 1);

const isMarked = ({ findings, changed, returned }: Fact): boolean =>
  findings.length > 0 || changed || returned !== undefined;

function factOf({ id, kind, values }: Section, field: Field, marks: Marks): Fact {
  const place = `${id}.${field.key}`;
  const at = (one: { sectionId: number | null; field: string | null }) =>
    one.sectionId === id && one.field === field.key;
  const findings = marks.findings
    .filter((finding) => finding.section.id === id && finding.field === field.key)
    .map(({ severity, message }) => ({ severity, message }));
  const change = marks.changes.find(at);
  const open = marks.seesPersons && marks.shown.has(place);
  const text = open ? displayValue(field, values) : readable(field, values, marks.seesPersons);
  return {
    place,
    label: field.kind === "toggle" ? summaryLabelOf(field, values) : labelOf(field, values),
    prefix: text === "" ? "" : typeWord(kind, field.key, values),
    text,
    before: change?.before && readable(field, change.before, marks.seesPersons),
    changed: change !== undefined,
    hidden: marks.seesPersons && text !== "" && isMasked(field, values) && !marks.shown.has(place),
    tone: toneOf(findings),
    findings,
    returned: marks.returned.find(at)?.text,
  };
}

/** 居民身份证 for its number; "" for a field that is no number of a document. */
function typeWord(kind: SectionKind, key: string, values: Values): string {
  const field = maybeField(kind, typeBeside[key] ?? "");
  return field ? displayValue(field, values).replace(/（.*$/, "") : "";
}

/** What is for the reviewer alone gets no colour. */
function toneOf(findings: readonly { severity: Severity }[]): Fact["tone"] {
  if (findings.some(({ severity }) => severity === "error")) return "bad";
  return findings.some(({ severity }) => severity === "warning") ? "warn" : "";
}
