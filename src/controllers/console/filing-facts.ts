import { readable } from "../../models/filing/readable.ts";
import type { Returned } from "../../models/filing/returns.ts";
import type { Difference } from "../../models/filing/snapshots.ts";
import type { Finding, Severity } from "../../rules/types.ts";
import {
  displayValue,
  type Field,
  groupsOf,
  isMasked,
  isVisible,
  labelOf,
  maybeField,
  type SectionKind,
  summaryLabelOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import { type FactFinding, factFinding, type Other } from "./filing-findings.ts";
import { readInstead } from "./filing-readings.ts";

export { readable };

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
  /** In a change: what stands on record where that differs; `same` where it does not. */
  recorded: string | undefined;
  same: boolean;
  changed: boolean;
  /** Masked, and may be asked for. */
  hidden: boolean;
  tone: "bad" | "warn" | "";
  findings: FactFinding[];
  /** What was read on the picture of a document, where the rules say that it differs. */
  read: string | undefined;
  /** What the last return said of it. */
  returned: string | undefined;
};

/** A fieldset with what is filled in; `blank` names the fields that are not. */
export type FactGroup = { caption: string; facts: Fact[]; blank: string[] };

/** Everything that is laid beside the values. */
export type Marks = {
  materials: FilingData["materials"];
  findings: readonly Finding[];
  changes: readonly Difference[];
  returned: readonly Returned[];
  /** Other filings of the provider that share something with this one. */
  others: readonly Other[];
  /** Places whose value was asked for with this request. */
  shown: ReadonlySet<string>;
  /** False for 客服, who read everything personal masked. */
  seesPersons: boolean;
};

/** 证件类型 is read together with its number. */
const typeBeside: Record<string, string> = { certNo: "certType", idNo: "idType", leaderIdNo: "leaderIdType" };
const shownBeside = new Set(Object.values(typeBeside));

/** What was filled in, and below it what was copied from the record (备案库中的信息). */
export type FactGroups = { filled: FactGroup[]; copied: FactGroup[] };

/** Every section of a filing with the number that tells websites apart. */
export function numberedSections({ subject, websites, cancellation }: FilingData): [Section, string][] {
  const ofWebsites = websites.flatMap((website, at): [Section, string][] => {
    const suffix = websites.length > 1 ? String(at + 1) : "";
    return [website, ...website.accesses].map((section) => [section, suffix]);
  });
  return [...(cancellation ? [[cancellation, ""] as [Section, string]] : []), [subject, ""], ...ofWebsites];
}

/** The filing under review by section and fieldset, with findings, changes and returns at their places. */
export function factGroups(data: FilingData, marks: Marks): FactGroups {
  const groups = (open: boolean) =>
    numberedSections(data)
      .filter(([section]) => (section.open !== false) === open)
      .flatMap(([section, suffix]) => groupsIn(section, suffix, marks));
  return { filled: groups(true), copied: groups(false) };
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
  const groups = groupsOf(section.kind, section.values).map(({ id, legend, fields }) => {
    const facts = [...fields, ...goneFrom(id, section)]
      .filter(({ kind }) => kind !== "fixed")
      .map((field) => factOf(section, field, marks));
    const empty = (fact: Fact) => fact.text === "" && !isMarked(fact);
    const beside = (fact: Fact) => shownBeside.has(keyOf(fact)) && !isMarked(fact);
    return {
      caption: legend + suffix,
      facts: facts.filter((fact) => !empty(fact) && !beside(fact)),
      blank: facts.filter((fact) => empty(fact) && !beside(fact)).map(({ label }) => label),
    };
  });
  return joined(groups);
}

/** Fields of a fieldset that the record has and the change does without. */
function goneFrom(group: string, { kind, values, before, open }: Section): Field[] {
  if (!before || open === false) return [];
  const fields = groupsOf(kind, before).find(({ id }) => id === group)?.fields ?? [];
  return fields.filter((field) => !isVisible(field, values));
}

const keyOf = ({ place }: Fact): string => place.slice(place.indexOf(".") + 1);

const isMarked = ({ findings, changed, returned, recorded }: Fact): boolean =>
  findings.length > 0 || changed || returned !== undefined || recorded !== undefined;

/** What stands on record beside a value that was filled in over it. */
function beside({ values, before, open }: Section, field: Field, sees: boolean) {
  if (!before || open === false) return { recorded: undefined, same: false };
  const read = (of: Values) => (isVisible(field, of) ? displayValue(field, of) : "");
  const same = read(before) === read(values);
  return { same, recorded: same ? undefined : read(before) && readable(field, before, sees) };
}

function factOf(section: Section, field: Field, marks: Marks): Fact {
  const { id, kind, values } = section;
  const place = `${id}.${field.key}`;
  const at = (one: { sectionId: number | null; field: string | null }) =>
    one.sectionId === id && one.field === field.key;
  const findings = marks.findings
    .filter((finding) => finding.section.id === id && finding.field === field.key)
    .map((finding) => factFinding(finding, marks.others));
  const change = marks.changes.find(at);
  const open = marks.seesPersons && marks.shown.has(place);
  const shown = open ? displayValue(field, values) : readable(field, values, marks.seesPersons);
  const text = isVisible(field, values) ? shown : "";
  const read = readInstead(section, field, marks.materials, marks.findings);
  return {
    place,
    label: field.kind === "toggle" ? summaryLabelOf(field, values) : labelOf(field, values),
    prefix: text === "" ? "" : typeWord(kind, field.key, values),
    text,
    before: change?.before && readable(field, change.before, marks.seesPersons),
    changed: change !== undefined,
    ...beside(section, field, marks.seesPersons),
    hidden: marks.seesPersons && text !== "" && isMasked(field, values) && !marks.shown.has(place),
    tone: toneOf(findings),
    findings,
    read: read && (open ? displayValue(field, read) : readable(field, read, marks.seesPersons)),
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
