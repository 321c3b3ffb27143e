/**
 * The field dictionary (字段字典): every field of a filing once. Forms, rules, summaries, the reviewer's page, return
 * reasons, differences, spreadsheets and the bureau's XML are drawn from it.
 */
import { isIndividual } from "../code-tables.ts";
import { fieldReason, type ReturnReason } from "../return-reasons.ts";
import { accessFields } from "./access.ts";
import { cancellationFields } from "./cancellation.ts";
import { isVisible } from "./conditions.ts";
import { changesBetween } from "./display.ts";
import { subjectFields } from "./subject.ts";
import type { Change, Field, Group, SectionKind, Values } from "./types.ts";
import { websiteFields } from "./website.ts";

export * from "./conditions.ts";
export { displayValue, listOf, maskedValue, textOf } from "./display.ts";
export { type Option, optionLabel, optionsOf } from "./options.ts";
export { personKeys } from "./person.ts";
export { initialValues, readValues, sensitiveParts } from "./read.ts";
export type * from "./types.ts";
export { approvalNumberKey } from "./website.ts";

const dictionary: Record<SectionKind, readonly Field[]> = {
  subject: subjectFields,
  website: websiteFields,
  access: accessFields,
  cancellation: cancellationFields,
};

/** Chinese words of the sections. */
export const sectionNames: Record<SectionKind, string> = {
  subject: "主办单位",
  website: "网站",
  access: "网站接入",
  cancellation: "注销原因",
};

/** Legends; that of the subject changes with its 性质. */
const legends: Record<string, string> = {
  organiser: "单位信息",
  person: "主体负责人",
  site: "网站信息",
  app: "应用信息",
  leader: "网站负责人",
  access: "网站接入",
  cancellation: "注销原因",
};

const byKey = new Map(
  Object.values(dictionary)
    .flat()
    .map((field) => [`${field.section}.${field.key}`, field] as const),
);

/** All fields of a section in the order of the form. */
export function fieldsOf(section: SectionKind): readonly Field[] {
  return dictionary[section];
}

/** The field of a key, undefined when the section has none. */
export function maybeField(section: SectionKind, key: string): Field | undefined {
  return byKey.get(`${section}.${key}`);
}

/** The field of a key; throws for a key that is not in the dictionary. */
export function field(section: SectionKind, key: string): Field {
  const found = maybeField(section, key);
  if (!found) throw new Error(`no field ${section}.${key}`);
  return found;
}

/** The field that holds a value key: `city` belongs to `division`, `approvalNumber2` to `preApprovals`. */
export function fieldOfPart(section: SectionKind, key: string): Field | undefined {
  return (
    maybeField(section, key) ??
    dictionary[section].find(({ parts }) => parts.some((part) => part.key === key))
  );
}

function legendOf(group: string, values: Values): string {
  if (group === "organiser" && isIndividual(values.nature)) return "个人信息";
  if (group === "person" && isIndividual(values.nature)) return "联系方式";
  return legends[group] ?? group;
}

/** The fieldsets of a section with the fields visible for these values, in order. */
export function groupsOf(section: SectionKind, values: Values): Group[] {
  const visible = dictionary[section].filter((one) => isVisible(one, values));
  const ids = [...new Set(visible.map(({ group }) => group))];
  return ids.map((id) => ({
    id,
    legend: legendOf(id, values),
    fields: visible.filter(({ group }) => group === id),
  }));
}

/** Fields that read differently in two versions of a section, with both readings in words. */
export function changedFields(section: SectionKind, before: Values, after: Values): Change[] {
  return changesBetween(dictionary[section], before, after);
}

/** Why this field may be returned, the list a reviewer picks from. */
export function returnReasonsOf(one: Field): ReturnReason[] {
  return one.returnReasons.map(fieldReason);
}
