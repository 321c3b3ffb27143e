import { isIndividual } from "../../vocabulary/code-tables.ts";
import { approvalNumberKey, listOf, personKeys } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { type Person, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";

type PersonSection = keyof typeof personKeys;

/** Values of a person under the keys of a section. */
const written = (section: PersonSection, person: Person): Values =>
  Object.fromEntries(
    Object.entries(personKeys[section]).map(([part, key]) => [key, person[part as keyof Person]]),
  );

const LEADER: ReadonlySet<string> = new Set(Object.values(personKeys.website));

/**
 * The values of a subject with what the bureau says at one place. Between 个人 and a body the person has other keys: it is
 * the same person before and after.
 */
export function patchSubject(values: Values, place: string, theirs: Values): Values {
  const patched = { ...values, ...theirs };
  const turns = place === "nature" && isIndividual(values.nature) !== isIndividual(patched.nature);
  return turns ? { ...patched, ...written("subject", subjectPerson(values)) } : patched;
}

/** The values of a website; a person that differs from the subject's is one of its own from then on. */
export function patchWebsite(values: Values, place: string, theirs: Values, subject: Values): Values {
  if (LEADER.has(place) && values.samePerson === "1") return { ...ownLeader(values, subject), ...theirs };
  if (place !== "preApprovals") return { ...values, ...theirs };
  const gone = listOf(values, "preApprovals").map((code) => [approvalNumberKey(code), ""]);
  return { ...values, ...Object.fromEntries(gone), ...theirs };
}

/** A website whose person was the subject's, with the same person as its own. */
export const ownLeader = (values: Values, subject: Values): Values => ({
  ...values,
  ...written("website", websitePerson({ ...values, samePerson: "1" }, subject)),
  samePerson: "",
});

/** The values of an access; ranges of IPv6 were never told to the bureau and stay. */
export function patchAccess(values: Values, place: string, theirs: Values): Values {
  if (place !== "ips") return { ...values, ...theirs };
  const own = listOf(values, "ips").filter((range) => range.includes(":"));
  return { ...values, ips: [...listOf(theirs, "ips"), ...own] };
}

const COMPARED: ReadonlySet<string> = new Set("name idType idNo mobile phone email messenger".split(" "));

/**
 * Keys of a website's person, where it is the subject's, that change when the subject does: a website that the bureau has
 * with the former person keeps that one.
 */
export function leaderChanges(before: Values, after: Values): string[] {
  const [was, is] = [subjectPerson(before), subjectPerson(after)];
  return Object.entries(personKeys.website)
    .filter(([part]) => COMPARED.has(part) && was[part as keyof Person] !== is[part as keyof Person])
    .map(([, key]) => key);
}
