import { seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { certificateHold } from "../filing/holds.ts";
import type { Store } from "../store.ts";
import { recordContext, sealRecordValues } from "./values.ts";
import { recordIdOf, type SentSection, subjectOf, type Writing, withoutNumber } from "./writing.ts";

/** Digest of a subject's document, the same for all its records of an installation. */
export const certificateHash = ({ vault }: Pick<Store, "vault">, certType: string, certNo: string): Buffer =>
  vault.lookup("certificate", certificateHold(certType, certNo).value);

/** The columns of a subject that follow from its values. */
export const subjectColumns = (store: Store, key: DataKey, ispId: number, id: number, values: Values) => {
  const name = textOf(values, "name");
  return {
    name: isIndividual(values.nature) ? null : name,
    nameSealed: seal(key, name, recordContext(ispId, id, "subject-name")),
    nature: Number(textOf(values, "nature")),
    province: textOf(values, "province"),
    hash: certificateHash(store, textOf(values, "certType"), textOf(values, "certNo")),
    sealed: sealRecordValues(key, { ispId, id, kind: "subject" }, withoutNumber(values)),
  };
};

/** A subject that is new here, under a key of its own; `number` is its 主体备案号. */
export async function insertSubject(
  writing: Writing,
  number: string,
): Promise<{ subjectId: number; key: DataKey }> {
  const { store, filing, bureauId, record } = writing;
  const { key, wrapped } = store.vault.newDataKey();
  const { id, values } = subjectOf(writing);
  const columns = subjectColumns(store, key, filing.ispId, id, values);
  const province = columns.province || filing.province || "";
  await store.db`
    insert into subjects (id, isp_id, account_id, filing_id, bureau_id, bureau_object_id, number, province, nature,
      certificate_hash, name, name_sealed, data_key, values)
    values (${id}, ${filing.ispId}, ${filing.accountId}, ${filing.id}, ${bureauId}, ${record.subject.bureauId ?? null},
      ${number}, ${province}, ${columns.nature}, ${columns.hash}, ${columns.name}, ${columns.nameSealed}, ${wrapped},
      ${store.db.json(columns.sealed)})`;
  return { subjectId: id, key };
}

/** Where something new hangs on the record, with the key of its subject. */
export type Place = { writing: Writing; key: DataKey };

export async function insertWebsite(
  { writing: { store, filing }, key }: Place,
  subjectId: number,
  site: SentSection,
  { number, bureauId }: { number: string; bureauId: number | undefined },
): Promise<number> {
  const id = recordIdOf(site);
  const values = withoutNumber(site.values);
  const sealed = sealRecordValues(key, { ispId: filing.ispId, id, kind: "website" }, values);
  await store.db`
    insert into websites (id, isp_id, filing_id, subject_id, bureau_object_id, number, name, values)
    values (${id}, ${filing.ispId}, ${filing.id}, ${subjectId}, ${bureauId ?? null}, ${number},
      ${textOf(site.values, "siteName")}, ${store.db.json(sealed)})`;
  return id;
}

/** Domains of a website that are not in force under it yet. */
export async function insertDomains(
  { store, filing, ids }: Writing,
  websiteId: number,
  site: SentSection,
  theirs: RecordWebsite | undefined,
): Promise<void> {
  for (const { id, domain } of ids.domains.filter(({ sectionId }) => sectionId === site.id)) {
    const same = theirs?.domains.find(({ ourId, name }) => ourId === id || name.toLowerCase() === domain);
    await store.db`
      insert into domains (id, isp_id, website_id, bureau_object_id, domain)
      select ${id}, ${filing.ispId}, ${websiteId}, ${same?.bureauId ?? null}, ${domain}
      where not exists (select 1 from domains
        where website_id = ${websiteId} and domain = ${domain} and cancelled_at is null)`;
  }
}

export async function insertAccess(
  { writing, key }: Place,
  websiteId: number,
  section: SentSection,
  theirs: RecordAccess | undefined,
): Promise<void> {
  const { store, filing } = writing;
  const id = recordIdOf(section);
  const sealed = sealRecordValues(key, { ispId: filing.ispId, id, kind: "access" }, section.values);
  await store.db`
    insert into accesses (id, isp_id, filing_id, website_id, bureau_object_id, values)
    values (${id}, ${filing.ispId}, ${filing.id}, ${websiteId}, ${theirs?.bureauId ?? null}, ${store.db.json(sealed)})`;
  await insertIps(writing, id, section, theirs);
}

/** Address ranges of an access that are not on record yet. */
export async function insertIps(
  { store, filing, ids }: Writing,
  accessId: number,
  section: SentSection,
  theirs: RecordAccess | undefined,
): Promise<void> {
  for (const ip of ids.ips.filter(({ sectionId }) => sectionId === section.id)) {
    const same = theirs?.ips.find(
      ({ ourId, from, to }) => ourId === ip.id || (from === ip.first && to === ip.last),
    );
    await store.db`
      insert into access_ips (id, isp_id, access_id, bureau_object_id, first_ip, last_ip)
      select ${ip.id}, ${filing.ispId}, ${accessId}, ${same?.bureauId ?? null}, ${ip.first}, ${ip.last}
      where not exists (select 1 from access_ips
        where access_id = ${accessId} and first_ip = ${ip.first} and last_ip = ${ip.last})`;
  }
}
