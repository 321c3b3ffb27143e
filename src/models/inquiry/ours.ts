import type { BureauRecord, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import { listOf, personKeys } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { type Person, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import type { Staff } from "../actor.ts";
import { knownOf } from "../bureau/known.ts";
import type { Known } from "../bureau/parts.ts";
import { type WholeAccess, type WholeRecord, type WholeWebsite, wholeRecords } from "../record/whole.ts";
import { usualNumber } from "../record/writing.ts";
import type { Store } from "../store.ts";

/** Our record of what is asked about, as it is in force, with the bureau's ids as far as it told them, and the account it is in. */
export type OurRecord = { record: WholeRecord; known: Known; accountId: number | null };

/** Undefined where nothing is on record, or where it was cancelled. */
export async function ourRecord(
  store: Store,
  actor: Staff,
  subjectId: number | null,
): Promise<OurRecord | undefined> {
  if (subjectId === null) return undefined;
  const [record] = await wholeRecords(store, [subjectId], actor);
  if (!record || record.cancelledAt) return undefined;
  const websites = record.websites
    .filter(({ cancelledAt }) => !cancelledAt)
    .map((site) => ({ ...site, accesses: site.accesses.filter(({ cancelledAt }) => !cancelledAt) }));
  const [row] = await store.db<{ accountId: number | null }[]>`
    select account_id from subjects where id = ${subjectId} and isp_id = ${actor.ispId}`;
  const known = await knownOf(store.db, { subjectId });
  return { record: { ...record, websites }, known, accountId: row?.accountId ?? null };
}

/** Our website that the bureau means: by its id, by its number, else by a domain that both have. */
export function ourWebsite({ record, known }: OurRecord, theirs: RecordWebsite): WholeWebsite | undefined {
  const idOf = (id: number) => known.websites.find((one) => one.id === id)?.bureauId;
  const names = theirs.domains.map(({ name }) => name.toLowerCase());
  const { websites } = record;
  return (
    websites.find(({ id }) => theirs.bureauId !== undefined && idOf(id) === theirs.bureauId) ??
    websites.find(({ number }) => theirs.number && usualNumber(number) === usualNumber(theirs.number)) ??
    websites.find(
      ({ id, values }) =>
        (idOf(id) ?? null) === null && listOf(values, "domains").some((name) => names.includes(name)),
    )
  );
}

/** Our access that the bureau means; a website with a single one on both sides needs no id. */
export function ourAccess(
  { known }: OurRecord,
  site: WholeWebsite,
  theirs: RecordWebsite,
  at: number,
): WholeAccess | undefined {
  const wanted = theirs.accesses[at]?.bureauId;
  const idOf = (id: number) => known.accesses.find((one) => one.id === id)?.bureauId;
  const same = site.accesses.find(({ id }) => wanted !== undefined && idOf(id) === wanted);
  const alone = site.accesses.length === 1 && theirs.accesses.length === 1;
  return same ?? (alone ? site.accesses[0] : undefined);
}

/** Pairs of websites, in the order of what is asked. */
export const sitesAsked = (ours: OurRecord | undefined, { websites }: BureauRecord) =>
  websites.map((theirs) => ({ theirs, own: ours && ourWebsite(ours, theirs) }));

/** Values of a person as they are sent: an office telephone that a unit has not given is the mobile number. */
function personSent(section: keyof typeof personKeys, person: Person, subject: Values): Values {
  const keys = personKeys[section];
  const carried = person.messengerType === "qq" || person.messengerType === "msn";
  return {
    ...{ [keys.name]: person.name, [keys.idType]: person.idType, [keys.idNo]: person.idNo },
    ...{ [keys.mobile]: person.mobile, [keys.email]: person.email },
    [keys.phone]: person.phone || (isIndividual(subject.nature) ? "" : person.mobile),
    [keys.messengerType]: carried ? person.messengerType : "",
    [keys.messenger]: carried ? person.messenger : "",
  };
}

/** What we have, put as we send it, so that only real differences are one. */
export const subjectSent = (values: Values): Values => {
  const sent = personSent("subject", subjectPerson(values), values);
  const { person: _, idType: __, idNo: ___, ...contacts } = sent;
  return { ...values, ...(isIndividual(values.nature) ? contacts : sent) };
};

export const websiteSent = (values: Values, subject: Values): Values => ({
  ...values,
  ...personSent("website", websitePerson(values, subject), subject),
  samePerson: "",
});
