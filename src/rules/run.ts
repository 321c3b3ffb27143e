import { normalise } from "../lib/text.ts";
import { isVisible, listOf, maybeField } from "../vocabulary/fields/index.ts";
import type { FilingData, Section, WebsiteSection } from "../vocabulary/filing.ts";
import { sourceText } from "../vocabulary/sources.ts";
import { isConfirmed } from "./confirm.ts";
import type { Finding, Problem, Rule, RuleContext, Scope } from "./types.ts";

/** A section with the website it belongs to. */
export type Place = { section: Section; website: WebsiteSection | undefined };

/** The sections that are filled in; what is copied from the record is not looked at. */
export function placesOf(filing: FilingData): Place[] {
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

/** The scopes of a place, each made once for all rules that run on its field; undefined for a hidden field. */
export function scopesOf(filing: FilingData, place: Place): (field: string) => Scope | undefined {
  const made = new Map<string, Scope | undefined>();
  return (key) => {
    if (made.has(key)) return made.get(key);
    const field = maybeField(place.section.kind, key);
    const isHidden = field && !isVisible(field, place.section.values);
    const scope = isHidden ? undefined : scopeOf(filing, place, key);
    made.set(key, scope);
    return scope;
  };
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

/** A hidden field is not looked at, an empty one only by rules about absence. */
export function runRule(rule: Rule, scope: Scope | undefined, context: RuleContext): Finding[] {
  if (!scope || (scope.value === "" && !rule.empty)) return [];
  if (rule.applies?.(scope, context) === false) return [];
  const found = rule.run(scope, context) ?? [];
  const problems = Array.isArray(found) ? (found as readonly Problem[]) : [found as Problem];
  return problems.map((problem) => toFinding(rule, scope, problem));
}
