import { isIndividual } from "./code-tables.ts";
import { textOf } from "./fields/display.ts";
import { type PersonSection, personKeys } from "./fields/person.ts";
import type { Values } from "./fields/types.ts";

/** A responsible person (负责人) as filed; "" for what was not given. */
export type Person = Record<keyof (typeof personKeys)["subject"], string>;

function read(section: PersonSection, values: Values): Person {
  const entries = Object.entries(personKeys[section]).map(([part, key]) => [part, textOf(values, key)]);
  return Object.fromEntries(entries) as Person;
}

/** 主体负责人. For 个人 the subject is the person: name and document are the subject's own. */
export function subjectPerson(subject: Values): Person {
  const person = read("subject", subject);
  if (!isIndividual(subject.nature)) return person;
  const own = { name: "name", idType: "certType", idNo: "certNo", idValidUntil: "certValidUntil" };
  const document = Object.entries(own).map(([part, key]) => [part, textOf(subject, key)]);
  return { ...person, ...Object.fromEntries(document) };
}

/** 网站负责人: the subject's person where 与主体负责人是同一人 is ticked. */
export function websitePerson(website: Values, subject: Values): Person {
  return website.samePerson === "1" ? subjectPerson(subject) : read("website", website);
}

/** True when a website's person is another one than the subject's: not ticked as the same, and another document. */
export function isOtherPerson(website: Values, subject: Values): boolean {
  if (website.samePerson === "1") return false;
  const [own, other] = [websitePerson(website, subject), subjectPerson(subject)];
  return own.idNo !== other.idNo || own.idType !== other.idType;
}
