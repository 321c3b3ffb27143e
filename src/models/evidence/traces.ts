import { compact } from "../../lib/text.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import { cleanEmail } from "../../vocabulary/email.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { type Person, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import { cleanPhone } from "../../vocabulary/phone.ts";
import type { Store } from "../store.ts";

/** What is used: by whose certificate, of which person. Digests in hexadecimal: the driver sends no arrays of bytes. */
export type Trace = {
  kind: "mobile" | "email" | "person" | "site_leader";
  key: string;
  subject: string;
  person: string | null;
  contacts: string | null;
  /** The website it stands in, null for the subject's own person; of a record or of a filing alike. */
  websiteId: number | null;
};

/** Subject and websites as they stand in a filing or on record. */
export type Used = { subject: { values: Values }; websites: readonly { id: number; values: Values }[] };

type Vault = Pick<Store, "vault">;

const digest = ({ vault }: Vault, kind: string, value: string): string =>
  value === "" ? "" : vault.lookup(`evidence:${kind}`, value).toString("hex");

const numbered = (type: string, number: string): string => {
  const text = compact(number).toUpperCase();
  return text === "" ? "" : `${type}:${text}`;
};

/** Digest of a document with its kind: of a subject's certificate and of a person's alike. */
export const documentKey = (store: Vault, type: string, number: string): string =>
  digest(store, "document", numbered(type, number));

export const personKey = (store: Vault, { idType, idNo }: Pick<Person, "idType" | "idNo">): string =>
  documentKey(store, idType, idNo);

export const mobileKey = (store: Vault, mobile: string): string =>
  digest(store, "mobile", cleanPhone(mobile));

export const emailKey = (store: Vault, email: string): string =>
  digest(store, "email", cleanEmail(email).toLowerCase());

/** Both have to be the same wherever a person stands; "" until both are there. */
export const contactsKey = (store: Vault, { mobile, email }: Pick<Person, "mobile" | "email">): string =>
  mobile && email
    ? digest(store, "contacts", `${cleanPhone(mobile)} ${cleanEmail(email).toLowerCase()}`)
    : "";

export const subjectKey = (store: Vault, values: Values): string =>
  documentKey(store, textOf(values, "certType"), textOf(values, "certNo"));

/** Everything that is used; nothing while the subject's certificate is missing, since it is not known whose use it is. */
export function tracesOf(store: Vault, { subject, websites }: Used): Trace[] {
  const owner = subjectKey(store, subject.values);
  if (owner === "") return [];
  const own = tracesOfPerson(store, owner, subjectPerson(subject.values), null);
  const others = websites.flatMap(({ id, values }) => {
    const leader = websitePerson(values, subject.values);
    const traces = values.samePerson === "1" ? [] : tracesOfPerson(store, owner, leader, id);
    return [...traces, ...(isIndividual(subject.values.nature) ? [] : leading(store, owner, leader, id))];
  });
  return [...own, ...others];
}

function tracesOfPerson(store: Vault, subject: string, of: Person, websiteId: number | null): Trace[] {
  const person = personKey(store, of) || null;
  const contacts = contactsKey(store, of) || null;
  const trace = (kind: Trace["kind"], key: string): Trace[] =>
    key === "" ? [] : [{ kind, key, subject, person, contacts: null, websiteId }];
  return [
    ...trace("mobile", mobileKey(store, of.mobile)),
    ...trace("email", emailKey(store, of.email)),
    ...(person && contacts
      ? [{ kind: "person" as const, key: person, subject, person, contacts, websiteId }]
      : []),
  ];
}

/** That somebody is the 网站负责人 of a unit's website; a website of a 个人 does not count. */
function leading(store: Vault, subject: string, leader: Person, websiteId: number): Trace[] {
  const person = personKey(store, leader);
  return person === ""
    ? []
    : [{ kind: "site_leader", key: person, subject, person, contacts: null, websiteId }];
}
