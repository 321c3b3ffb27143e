/** The filing rules: `check` looks at a whole filing, `checkField` at one field while it is typed. */
import { normalise } from "../lib/text.ts";
import { fieldsOf, isVisible, listOf, maybeField } from "../vocabulary/fields/index.ts";
import type { FilingData, Section, SectionKind, SectionRef, WebsiteSection } from "../vocabulary/filing.ts";
import { sourceText } from "../vocabulary/sources.ts";
import { accessRules } from "./access.ts";
import { appRules } from "./apps.ts";
import { certificateRules } from "./certificates.ts";
import { changeRules } from "./changes.ts";
import { codeRules } from "./codes.ts";
import { isConfirmed } from "./confirm.ts";
import { contactRules } from "./contacts.ts";
import { domainFactRules } from "./domain-facts.ts";
import { domainSuffixRules, stateDomainRule } from "./domain-suffixes.ts";
import { domainRules } from "./domains.ts";
import { elsewhereRules } from "./elsewhere-rules.ts";
import { homePageRules } from "./home-pages.ts";
import { identityRules } from "./identity.ts";
import { investorRules } from "./investor.ts";
import { landlineRules } from "./landline.ts";
import { legalRepresentativeRules } from "./legal-representative.ts";
import { personRules } from "./persons.ts";
import { pictureRules } from "./pictures.ts";
import { placeRules } from "./place.ts";
import { presenceRules } from "./presence.ts";
import { recognisedRules } from "./recognised.ts";
import { remarkRules } from "./remarks.ts";
import { siteLimitRules } from "./site-limits.ts";
import { siteNameRules } from "./site-name.ts";
import { textRules } from "./text.ts";
import type { FieldRef, Finding, Problem, Rule, RuleContext, Scope, Severity } from "./types.ts";
import { uploadRules } from "./uploads.ts";
import { validityRules } from "./validity.ts";

export { CONFIRMED, confirmation, isConfirmed, readConfirmed } from "./confirm.ts";
export type * from "./types.ts";

/** Every rule once. */
export const rules: readonly Rule[] = [
  ...presenceRules,
  ...codeRules,
  ...certificateRules,
  ...identityRules,
  ...validityRules,
  ...contactRules,
  ...landlineRules,
  ...personRules,
  ...legalRepresentativeRules,
  ...placeRules,
  ...investorRules,
  ...siteNameRules,
  ...remarkRules,
  ...domainRules,
  ...domainSuffixRules,
  stateDomainRule,
  ...domainFactRules,
  ...homePageRules,
  ...siteLimitRules,
  ...accessRules,
  ...appRules,
  ...textRules,
  ...uploadRules,
  ...pictureRules,
  ...recognisedRules,
  ...changeRules,
  ...elsewhereRules,
];

const order = new Map(
  (["subject", "website", "access", "cancellation"] as const).flatMap((kind) =>
    fieldsOf(kind).map(({ key }, i) => [`${kind}.${key}`, i] as const),
  ),
);

type Place = { section: Section; website: WebsiteSection | undefined };

/** The sections that are filled in; what is copied from the record is not looked at. */
function placesOf(filing: FilingData): Place[] {
  const websites = filing.websites.flatMap((website) => [
    { section: website, website },
    ...website.accesses.map((section) => ({ section, website })),
  ]);
  const alone = [filing.subject, ...(filing.cancellation ? [filing.cancellation] : [])];
  return [...alone.map((section) => ({ section, website: undefined })), ...websites].filter(
    ({ section }) => section.open !== false,
  );
}

function scopeOf(filing: FilingData, { section, website }: Place, field: string): Scope {
  const { values } = section;
  const list = field ? listOf(values, field).map(normalise).filter(Boolean) : [];
  const subject = filing.subject.values;
  return { filing, section, values, subject, website, field, value: list.join("\n"), list };
}

/** A hidden field is not looked at, an empty one only by rules about absence. */
function concerns(rule: Rule, scope: Scope): boolean {
  const field = maybeField(scope.section.kind, scope.field);
  if (field && !isVisible(field, scope.values)) return false;
  return rule.empty === true || scope.value !== "";
}

function toFinding(rule: Rule, { section, field, values }: Scope, problem: Problem): Finding {
  const {
    message,
    severity = rule.severity,
    slot,
  } = typeof problem === "string" ? { message: problem } : problem;
  const finding: Finding = {
    rule: rule.id,
    severity,
    section: { kind: section.kind, id: section.id },
    field: field || null,
    message,
    source: rule.sources.map(sourceText).join("；"),
  };
  if (slot) finding.slot = slot;
  if (!rule.confirmable) return finding;
  if (typeof rule.confirmable === "string") finding.confirmText = rule.confirmable;
  const confirmed = isConfirmed(rule.id, field, values);
  return confirmed ? { ...finding, severity: "check", confirmable: true } : { ...finding, confirmable: true };
}

function runRule(rule: Rule, scope: Scope, context: RuleContext): Finding[] {
  if (!concerns(rule, scope) || rule.applies?.(scope, context) === false) return [];
  const found = rule.run(scope, context) ?? [];
  const problems = Array.isArray(found) ? (found as readonly Problem[]) : [found as Problem];
  return problems.map((problem) => toFinding(rule, scope, problem));
}

function fieldsAt(rule: Rule, kind: SectionKind): string[] {
  return rule.at.filter((ref) => ref.startsWith(`${kind}.`)).map((ref) => ref.slice(kind.length + 1));
}

/** Findings in the order of the form: by section, then by field, what concerns the whole section last. */
function inOrder(findings: Finding[], place: Place): Finding[] {
  const { kind } = place.section;
  const at = (one: Finding) =>
    (one.field ? order.get(`${kind}.${one.field}`) : undefined) ?? Number.MAX_SAFE_INTEGER;
  return findings.sort((a, b) => at(a) - at(b));
}

/**
 * All findings of a filing: the 预审报告. Pure; whether a certificate or domain is open elsewhere, the ISP's ranges and
 * today come in the context.
 */
export function check(filing: FilingData, context: RuleContext): Finding[] {
  return placesOf(filing).flatMap((place) => {
    const found = rules.flatMap((rule) =>
      fieldsAt(rule, place.section.kind).flatMap((field) =>
        runRule(rule, scopeOf(filing, place, field), context),
      ),
    );
    return inOrder(found, place);
  });
}

/** Findings of one field, as while it is typed; nothing for a section that is not in the filing. */
export function checkField(
  filing: FilingData,
  context: RuleContext,
  { kind, id }: SectionRef,
  field: string,
): Finding[] {
  const place = placesOf(filing).find(({ section }) => section.kind === kind && section.id === id);
  if (!place) return [];
  const ref: FieldRef = `${kind}.${field}`;
  return rules
    .filter((rule) => rule.at.includes(ref))
    .flatMap((rule) => runRule(rule, scopeOf(filing, place, field), context));
}

/** Findings of one section: what is shown when a form is sent. */
export function checkSection(filing: FilingData, context: RuleContext, { kind, id }: SectionRef): Finding[] {
  return check(filing, context).filter(({ section }) => section.kind === kind && section.id === id);
}

/** How many of a severity. */
export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** True when nothing keeps the filing from being submitted. */
export function canSubmit(findings: readonly Finding[]): boolean {
  return countOf(findings, "error") === 0;
}
