import type { Finding } from "../../rules/index.ts";
import type { Problem } from "../../view.ts";
import { fieldOfPart, fieldsOf, maybeField, personKeys, type Values } from "../../vocabulary/fields/index.ts";
import type { Section } from "../../vocabulary/filing.ts";
import { anchorOf } from "./section-fields.ts";
import type { Drawing } from "./section-page.ts";

/** The summary: errors in the order of the form, what is about the code behind the number it goes to. */
export function problemsOf(
  kind: Section["kind"],
  values: Values,
  { findings, problems }: Pick<Drawing, "findings" | "problems">,
  shown: readonly Finding[],
): Problem[] {
  if (!problems) return [];
  const errors = findings === "all" ? shown.filter(({ severity }) => severity === "error") : [];
  const listed = errors.map(({ field, message }) => ({
    field: anchorOf(maybeField(kind, field ?? ""), values),
    text: message,
  }));
  const own = problems.filter(({ field }) => !listed.some((one) => one.field === field));
  return [...listed, ...own].sort((a, b) => positionOf(kind, a.field) - positionOf(kind, b.field));
}

/** Where the control of an id stands in the form. */
function positionOf(kind: Section["kind"], anchor: string): number {
  if (anchor === "code" && (kind === "subject" || kind === "website"))
    return positionOf(kind, personKeys[kind].mobile) + 0.5;
  const field = fieldOfPart(kind, anchor);
  return field ? fieldsOf(kind).indexOf(field) : -1;
}

/** Problems that no rule found (a code cannot be sent to this number) stand beside their field too. */
export const formFindings = (
  { kind, id }: Section,
  problems: readonly Problem[],
  shown: readonly Finding[],
): Finding[] =>
  problems
    .filter(({ field }) => field !== "code" && !shown.some((finding) => finding.field === field))
    .map(({ field, text }) => ({
      rule: "form",
      severity: "error" as const,
      section: { kind, id },
      field,
      message: text,
      source: "",
    }));
