import { seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { BureauRecord, RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { FiledIds } from "../bureau/first-filing.ts";
import { certificateHold } from "../filing/holds.ts";
import type { Filing } from "../filing/rows.ts";
import type { Snapshot } from "../filing/snapshots.ts";
import type { Store } from "../store.ts";
import { recordContext, sealRecordValues } from "./values.ts";

export type Writing = {
  store: Store;
  filing: Filing;
  bureauId: number;
  /** What was sent: values under our ids. */
  sent: Snapshot;
  ids: FiledIds;
  /** What came back: the bureau's ids and numbers. */
  record: BureauRecord;
};

type Section = Snapshot["sections"][number];

/** A website as sent with the one that came back for it. */
export type Pair = { site: Section; theirs: RecordWebsite };

/** Digest of a subject's document, the same for all its records of an installation. */
export const certificateHash = ({ vault }: Pick<Store, "vault">, certType: string, certNo: string): Buffer =>
  vault.lookup("certificate", certificateHold(certType, certNo).value);

/** Our websites with what came back for each: by our id, else by a domain that both have. */
export function pairsOf({ sent, ids, record }: Pick<Writing, "sent" | "ids" | "record">): Pair[] {
  const sites = sent.sections.filter(({ kind }) => kind === "website");
  return sites.flatMap((site) => {
    const own = ids.domains.filter(({ sectionId }) => sectionId === site.id).map(({ domain }) => domain);
    const theirs =
      record.websites.find(({ ourId }) => ourId === site.id) ??
      record.websites.find(
        ({ ourId, domains }) => ourId === undefined && domains.some(({ name }) => own.includes(name)),
      );
    return theirs ? [{ site, theirs }] : [];
  });
}

/** What of the record is in our records already, such as 主体12; undefined when all of it is new. */
export async function takenNumber({ store, filing, ids, record }: Writing): Promise<string | undefined> {
  const numbers = record.websites.flatMap(({ number }) => number ?? []);
  const [taken] = await store.db<{ what: string }[]>`
    select '主体' || id as what from subjects where isp_id = ${filing.ispId} and number = ${record.subject.number ?? ""}
    union all
    select '网站' || id from websites where isp_id = ${filing.ispId} and number = any(${numbers})
    union all
    select '域名' || id from domains
    where isp_id = ${filing.ispId} and domain = any(${ids.domains.map(({ domain }) => domain)})
    limit 1`;
  return taken?.what;
}

/** Subject, websites, domains, accesses and addresses, each under the id it had in the filing. */
export async function writeRecord(writing: Writing): Promise<void> {
  const { key, wrapped } = writing.store.vault.newDataKey();
  await writeSubject(writing, key, wrapped);
  for (const pair of pairsOf(writing)) {
    if (!pair.theirs.number) continue;
    await writeWebsite(writing, key, pair);
    await writeDomains(writing, pair);
    for (const access of writing.sent.sections.filter(({ parentId }) => parentId === pair.site.id))
      await writeAccess(writing, key, pair.site.id, access, accessOf(pair.theirs, access.id));
  }
}

/** The access of our id; a website with a single access needs no id to be known. */
const accessOf = ({ accesses }: RecordWebsite, id: number): RecordAccess | undefined =>
  accesses.find(({ ourId }) => ourId === id) ?? (accesses.length === 1 ? accesses[0] : undefined);

async function writeSubject(
  { store, filing, bureauId, sent, record }: Writing,
  key: DataKey,
  wrapped: Buffer,
) {
  const subject = sent.sections.find(({ kind }) => kind === "subject");
  if (!subject) throw new Error("a snapshot without a subject");
  const { values, id } = subject;
  const name = textOf(values, "name");
  const hash = certificateHash(store, textOf(values, "certType"), textOf(values, "certNo"));
  await store.db`
    insert into subjects (id, isp_id, account_id, filing_id, bureau_id, bureau_object_id, number, province, nature,
      certificate_hash, name, name_sealed, data_key, values)
    values (${id}, ${filing.ispId}, ${filing.accountId}, ${filing.id}, ${bureauId}, ${record.subject.bureauId ?? null},
      ${record.subject.number ?? ""}, ${textOf(values, "province")}, ${Number(textOf(values, "nature"))}, ${hash},
      ${isIndividual(values.nature) ? null : name}, ${seal(key, name, recordContext(filing.ispId, id, "subject-name"))},
      ${wrapped}, ${store.db.json(sealRecordValues(key, { ispId: filing.ispId, id, kind: "subject" }, values))})`;
}

async function writeWebsite({ store, filing, sent }: Writing, key: DataKey, { site, theirs }: Pair) {
  const subjectId = sent.sections.find(({ kind }) => kind === "subject")?.id ?? 0;
  const sealed = sealRecordValues(key, { ispId: filing.ispId, id: site.id, kind: "website" }, site.values);
  await store.db`
    insert into websites (id, isp_id, filing_id, subject_id, bureau_object_id, number, name, values)
    values (${site.id}, ${filing.ispId}, ${filing.id}, ${subjectId}, ${theirs.bureauId ?? null}, ${theirs.number ?? ""},
      ${textOf(site.values, "siteName")}, ${store.db.json(sealed)})`;
}

async function writeDomains({ store, filing, ids }: Writing, { site, theirs }: Pair) {
  for (const { id, domain } of ids.domains.filter(({ sectionId }) => sectionId === site.id)) {
    const same = theirs.domains.find(({ ourId, name }) => ourId === id || name.toLowerCase() === domain);
    await store.db`
      insert into domains (id, isp_id, website_id, bureau_object_id, domain)
      values (${id}, ${filing.ispId}, ${site.id}, ${same?.bureauId ?? null}, ${domain})`;
  }
}

async function writeAccess(
  { store, filing, ids }: Writing,
  key: DataKey,
  websiteId: number,
  { id, values }: Section,
  theirs: RecordAccess | undefined,
) {
  const sealed = sealRecordValues(key, { ispId: filing.ispId, id, kind: "access" }, values);
  await store.db`
    insert into accesses (id, isp_id, filing_id, website_id, bureau_object_id, values)
    values (${id}, ${filing.ispId}, ${filing.id}, ${websiteId}, ${theirs?.bureauId ?? null}, ${store.db.json(sealed)})`;
  for (const ip of ids.ips.filter(({ sectionId }) => sectionId === id)) {
    const same = theirs?.ips.find(
      ({ ourId, from, to }) => ourId === ip.id || (from === ip.first && to === ip.last),
    );
    await store.db`
      insert into access_ips (id, isp_id, access_id, bureau_object_id, first_ip, last_ip)
      values (${ip.id}, ${filing.ispId}, ${id}, ${same?.bureauId ?? null}, ${ip.first}, ${ip.last})`;
  }
}
