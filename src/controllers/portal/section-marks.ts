import { createHash } from "node:crypto";
import type { Rewriting } from "../../forms/spelling.ts";
import { confirmation, type Finding } from "../../rules/index.ts";
import { fieldsOf, groupsOf, listOf, type SectionKind, type Values } from "../../vocabulary/fields/index.ts";

/** One sentence beside a field, with the box 与证件完全一致 where the rule may be wrong about an honest person. */
export type Mark = {
  tone: "bad" | "warn" | "dim";
  text: string;
  confirm: { value: string; checked: boolean; text: string } | undefined;
};

/** What stands beside one field after a save; `to` is put into the control in the place of what was typed. */
export type FieldMarks = {
  key: string;
  marks: Mark[];
  stamp: string;
  told: string | undefined;
  to: string | undefined;
};

/** The sentence of a finding; one that was confirmed stays with its box ticked, so that it can be taken back. */
export function markOf(finding: Finding, values: Values): Mark {
  const { rule, field, severity, message, confirmable, confirmText = "与证件完全一致" } = finding;
  const value = confirmable && field ? confirmation(rule, field, values) : undefined;
  return {
    tone: severity === "error" ? "bad" : severity === "warning" ? "warn" : "dim",
    text: severity === "warning" ? `提示：${message}` : message,
    confirm: value ? { value, checked: severity === "check", text: confirmText } : undefined,
  };
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

/** A few signs of what stands beside a field: the page sends it back, so that only what reads otherwise is sent anew. */
export const stampOf = (marks: readonly Mark[]): string =>
  marks.length === 0
    ? ""
    : createHash("sha256").update(JSON.stringify(marks)).digest("base64url").slice(0, 6);

/** What the hidden `shown` says of the page: `certNo.x1Y2z3`. */
function shownOn(shown: readonly string[]): Map<string, string> {
  return new Map(shown.map((one) => [one.replace(/\..*$/, ""), one.replace(/^[^.]*\.?/, "")]));
}

export type Answered = {
  kind: SectionKind;
  values: Values;
  findings: readonly Finding[];
  /** Fields that read otherwise than before this save. */
  changed: ReadonlySet<string>;
  rewritten: readonly Rewriting[];
  /** The field somebody is in the middle of: nothing new is said of it yet. */
  typing: string;
  /** As the page sent it. */
  shown: readonly string[];
};

/**
 * What must be said anew after a save: of the fields just changed, and of every other whose findings read otherwise than
 * on the page, since one field steers another (省 and 固定电话, 证件类型 and 证件号码).
 */
export function freshMarks({
  kind,
  values,
  findings,
  changed,
  rewritten,
  typing,
  shown,
}: Answered): FieldMarks[] {
  const early = earlyFindings(kind, findings, values, changed);
  const onPage = shownOn(shown);
  const here = groupsOf(kind, values).flatMap(({ fields }) => fields.map(({ key }) => key));
  return here.flatMap((key) => {
    const isShown = onPage.has(key);
    if (key === typing && !isShown) return [];
    const marks = (isShown ? findings : early)
      .filter(({ field }) => field === key)
      .map((finding) => markOf(finding, values));
    const other = key === typing ? undefined : rewritten.find((one) => one.key === key);
    const stamp = stampOf(marks);
    if (!other && !changed.has(key) && stamp === (onPage.get(key) ?? "")) return [];
    const told = other?.told ? other.to.replaceAll("\n", "、") : undefined;
    return [{ key, marks, stamp, told, to: other?.to }];
  });
}
