/** The filing rules: `check` looks at a whole filing, `checkField` at one field while it is typed. */
import { fieldsOf } from "../vocabulary/fields/index.ts";
import type { FilingData, SectionKind, SectionRef } from "../vocabulary/filing.ts";
import { accessRules } from "./access.ts";
import { appRules } from "./apps.ts";
import { blacklistRules } from "./blacklist.ts";
import { certificateRules } from "./certificates.ts";
import { changeRules } from "./changes.ts";
import { codeRules } from "./codes.ts";
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
import { type Place, placesOf, runRule, scopesOf } from "./run.ts";
import { siteLimitRules } from "./site-limits.ts";
import { siteNameRules } from "./site-name.ts";
import { textRules } from "./text.ts";
import type { Finding, Rule, RuleContext, Severity } from "./types.ts";
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
  ...blacklistRules,
];

const order = new Map(
  (["subject", "website", "access", "cancellation"] as const).flatMap((kind) =>
    fieldsOf(kind).map(({ key }, i) => [`${kind}.${key}`, i] as const),
  ),
);

/** A rule on one of its fields. */
type Run = { rule: Rule; field: string };

function runsOn(kind: SectionKind): Run[] {
  const fieldsAt = ({ at }: Rule) =>
    at.filter((ref) => ref.startsWith(`${kind}.`)).map((ref) => ref.slice(kind.length + 1));
  return rules.flatMap((rule) => fieldsAt(rule).map((field) => ({ rule, field })));
}

const runs: Readonly<Record<SectionKind, readonly Run[]>> = {
  subject: runsOn("subject"),
  website: runsOn("website"),
  access: runsOn("access"),
  cancellation: runsOn("cancellation"),
};

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
  return placesOf(filing).flatMap((place) => checkPlace(filing, context, place));
}

function checkPlace(filing: FilingData, context: RuleContext, place: Place): Finding[] {
  const scopeAt = scopesOf(filing, place);
  const found = runs[place.section.kind].flatMap(({ rule, field }) => runRule(rule, scopeAt(field), context));
  return inOrder(found, place);
}

const placeAt = (filing: FilingData, { kind, id }: SectionRef): Place | undefined =>
  placesOf(filing).find(({ section }) => section.kind === kind && section.id === id);

/** Findings of one field, as while it is typed; nothing for a section that is not in the filing. */
export function checkField(
  filing: FilingData,
  context: RuleContext,
  ref: SectionRef,
  field: string,
): Finding[] {
  const place = placeAt(filing, ref);
  if (!place) return [];
  const scope = scopesOf(filing, place)(field);
  const own = runs[ref.kind].filter((run) => run.field === field);
  return own.flatMap(({ rule }) => runRule(rule, scope, context));
}

/** Findings of one section: what is shown when a form is sent. */
export function checkSection(filing: FilingData, context: RuleContext, ref: SectionRef): Finding[] {
  const place = placeAt(filing, ref);
  return place ? checkPlace(filing, context, place) : [];
}

/** How many of a severity. */
export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** True when nothing keeps the filing from being submitted. */
export function canSubmit(findings: readonly Finding[]): boolean {
  return countOf(findings, "error") === 0;
}
