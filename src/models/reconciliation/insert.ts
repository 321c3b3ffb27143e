import type { DataKey } from "../../crypto/vault.ts";
import type { BureauRecord, RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import { noteRevision } from "../record/revisions.ts";
import { sealRecordValues } from "../record/values.ts";
import { usualNumber } from "../record/writing.ts";
import type { Store } from "../store.ts";
import type { Mending, Obstacle } from "./mend.ts";
import { endsOf } from "./mend-values.ts";
import { ownAccesses } from "./pairs.ts";
import { accessSaid, type Said, subjectSaid, websiteSaid } from "./said.ts";
import { isTaken } from "./taken.ts";

/** The subject that something is put on record under. */
export type Under = {
  store: Store;
  ispId: number;
  subjectId: number;
  key: DataKey;
  subject: Values;
  /** Our id at the bureau: accesses of other providers are theirs. */
  ispNumber: number;
  differenceId: number;
};

const valuesOf = (said: Said): Values => Object.assign({}, ...Object.values(said)) as Values;

export const newObjectId = async ({ db }: Store): Promise<number> => {
  const [row] = await db<{ id: number }[]>`select nextval('object_ids') as id`;
  if (!row) throw new Error("no new id");
  return row.id;
};

/** Values of a subject as the bureau has it. */
export const subjectValuesOf = ({ subject }: BureauRecord): Values => valuesOf(subjectSaid(subject));

/** Values of a website as the bureau has it; its person is the subject's where both are the same. */
function websiteValuesOf(theirs: RecordWebsite, subject: Values): Values {
  const values = valuesOf(websiteSaid(theirs));
  const [own, other] = [websitePerson(values, subject), subjectPerson(subject)];
  const same = own.idNo === other.idNo && own.name === other.name && own.mobile === other.mobile;
  const serviceType = parseIcpNumber(theirs.number ?? "")?.serviceType ?? "1";
  return { ...values, serviceType, samePerson: same && own.email === other.email ? "1" : "" };
}

/** A website or an access that only the bureau has, under a record that both have. */
export async function insertFromBureau({
  store,
  record,
  row,
  theirs,
}: Mending): Promise<Obstacle | undefined> {
  const { db } = store;
  if (record.cancelled) return "parent";
  const [bureau] = await db<{ number: number }[]>`
    select bureau_isp_id as number from isp_bureaus where id = ${row.bureauId} and isp_id = ${record.ispId}`;
  const under: Under = {
    ...{ store, ispId: record.ispId, subjectId: record.id, key: record.key, subject: record.values },
    ...{ ispNumber: bureau?.number ?? 0, differenceId: row.id },
  };
  if (row.place === "website") return insertWebsite(under, theirs as unknown as RecordWebsite);
  if (row.websiteId === null) return "incomplete";
  await insertAccess(under, row.websiteId, theirs as unknown as RecordAccess);
  return undefined;
}

export async function insertWebsite(under: Under, theirs: RecordWebsite): Promise<Obstacle | undefined> {
  const { store, ispId, key, subjectId } = under;
  const { db } = store;
  if (!theirs.number || theirs.name === "") return "incomplete";
  const number = usualNumber(theirs.number);
  const values = websiteValuesOf(theirs, under.subject);
  const domains = listOf(values, "domains");
  if (await isTaken(db, ispId, { number, of: "website", domains, except: 0 })) return "taken";
  const id = await newObjectId(store);
  const sealed = sealRecordValues(key, { ispId, id, kind: "website" }, values);
  await db`
    insert into websites (id, isp_id, subject_id, bureau_object_id, number, name, values)
    values (${id}, ${ispId}, ${subjectId}, ${theirs.bureauId ?? null}, ${number}, ${textOf(values, "siteName")},
      ${db.json(sealed)})`;
  for (const domain of domains) {
    const same = theirs.domains.find(({ name }) => name.toLowerCase() === domain);
    await db`
      insert into domains (id, isp_id, website_id, bureau_object_id, domain)
      values (nextval('object_ids'), ${ispId}, ${id}, ${same?.bureauId ?? null}, ${domain})`;
  }
  await noteRevision(db, { ispId, subjectId, kind: "website", id }, "imported", under.differenceId);
  for (const access of ownAccesses(theirs, under.ispNumber)) await insertAccess(under, id, access);
  return undefined;
}

async function insertAccess(under: Under, websiteId: number, theirs: RecordAccess): Promise<void> {
  const { store, ispId, key, subjectId } = under;
  const { db } = store;
  const id = await newObjectId(store);
  const values = valuesOf(accessSaid(theirs));
  const sealed = sealRecordValues(key, { ispId, id, kind: "access" }, values);
  await db`
    insert into accesses (id, isp_id, website_id, bureau_object_id, values)
    values (${id}, ${ispId}, ${websiteId}, ${theirs.bureauId ?? null}, ${db.json(sealed)})`;
  for (const line of listOf(values, "ips")) {
    const [first, last] = endsOf(line);
    const same = theirs.ips.find(({ from, to }) => from === first && to === last);
    await db`
      insert into access_ips (id, isp_id, access_id, bureau_object_id, first_ip, last_ip)
      values (nextval('object_ids'), ${ispId}, ${id}, ${same?.bureauId ?? null}, ${first}, ${last})`;
  }
  await noteRevision(db, { ispId, subjectId, kind: "access", id }, "imported", under.differenceId);
}
