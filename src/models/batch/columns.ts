import { type Field, fieldsOf, optionsOf, type Part } from "../../vocabulary/fields/index.ts";

/** A section that a row of the table fills in. */
export type RowSection = "subject" | "website" | "access";

/** A column of the table: a field of the dictionary, or one step of 省 市 区县. */
export type Column = { label: string; section: RowSection; field: Field; part: string };

const sections: readonly RowSection[] = ["subject", "website", "access"];

function columnsOfField(section: RowSection, field: Field): Column[] {
  const one = (part: Part, label: string): Column => ({ label, section, field, part: part.key });
  if (field.kind === "division") return field.parts.map((part) => one(part, part.label));
  return field.parts.slice(0, 1).map((part) => one(part, field.summaryLabel));
}

/** Every column in the order of the forms; a row is one website with one access, and the subject it belongs to. */
export const columns: readonly Column[] = sections.flatMap((section) =>
  fieldsOf(section)
    .filter(({ kind }) => kind !== "fixed")
    .flatMap((field) => columnsOfField(section, field)),
);

/** The column that a finding about a field stands in; "" for what concerns the row as a whole. */
export const columnOf = (section: string, key: string | null): string =>
  columns.find((one) => one.section === section && (one.part === key || one.field.key === key))?.label ?? "";

/** The words that may stand in a column; empty where anything may. */
export function wordsOf({ field }: Column): string[] {
  if (field.kind === "toggle") return [...field.words];
  if (field.key === "certType") return [...new Set(everyCertificate(field))];
  return optionsOf(field, {}).map(({ label }) => label);
}

/** The documents of every 性质: those of a 个人 are not among those of the others. */
const everyCertificate = (field: Field): string[] =>
  ["", "5"].flatMap((nature) => optionsOf(field, { nature }).map(({ label }) => label));
