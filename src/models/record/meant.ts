import type { Db } from "../../db/client.ts";
import { codeTable } from "../../vocabulary/code-tables.ts";
import { certificateHold } from "../filing/holds.ts";
import type { Store } from "../store.ts";
import { usualNumber } from "./writing.ts";

/** By what the bureau may name something on record: ids of its own, numbers (备案号), a certificate, domains. */
export type Named = {
  subjects?: readonly number[];
  websites?: readonly number[];
  accesses?: readonly number[];
  numbers?: readonly string[];
  certificate?: { type: number; number: string } | undefined;
  domains?: readonly string[];
};

/** What is meant: the record of a subject, and the website where one is. */
export type Meant = { subjectId: number; websiteId: number | null };

type Source = { ispId: number; bureauId: number };

const subjectsNamed = async ({ db, vault }: Store, { ispId, bureauId }: Source, named: Named) => {
  const { type, number = "" } = named.certificate ?? {};
  const known = codeTable("cert_type").rows.some(({ code }) => code === String(type));
  const hash =
    number !== "" && known
      ? vault.lookup("certificate", certificateHold(String(type), number).value).toString("hex")
      : null;
  return db<{ subjectId: number }[]>`
    select s.id as subject_id from (
      select id from subjects
      where bureau_id = ${bureauId} and bureau_object_id = any(${[...(named.subjects ?? [])]}::bigint[])
      union select id from subjects
      where isp_id = ${ispId} and number = any(${(named.numbers ?? []).map(usualNumber)}::text[])
      union select id from subjects
      where isp_id = ${ispId} and certificate_hash = decode(${hash}::text, 'hex')) found
    join subjects s on s.id = found.id and s.isp_id = ${ispId}
    order by s.cancelled_at is not null, s.id desc limit 1`;
};

/** Each way along an index of its own: joined by `or` they would read every website of the provider. */
const websitesNamed = (db: Db, { ispId, bureauId }: Source, named: Named) => db<Meant[]>`
  select w.subject_id, w.id as website_id from (
    select o.id from websites o join subjects s on s.id = o.subject_id and s.bureau_id = ${bureauId}
    where o.isp_id = ${ispId} and o.bureau_object_id = any(${[...(named.websites ?? [])]}::bigint[])
    union select id from websites
    where isp_id = ${ispId} and number = any(${(named.numbers ?? []).map(usualNumber)}::text[])
    union select o.website_id from accesses o
      join websites v on v.id = o.website_id join subjects s on s.id = v.subject_id and s.bureau_id = ${bureauId}
    where o.isp_id = ${ispId} and o.bureau_object_id = any(${[...(named.accesses ?? [])]}::bigint[])
    union select website_id from domains
    where isp_id = ${ispId} and domain = any(${(named.domains ?? []).map((one) => one.toLowerCase())}::text[])) found
  join websites w on w.id = found.id and w.isp_id = ${ispId}
  order by w.cancelled_at is not null, w.id desc limit 1`;

/**
 * What of the provider's records the bureau means, by anything it names, a website before a subject; what is in force
 * before what is cancelled. Undefined for what is not on record.
 */
export async function recordMeant(store: Store, source: Source, named: Named): Promise<Meant | undefined> {
  const [website] = await websitesNamed(store.db, source, named);
  if (website) return website;
  const [subject] = await subjectsNamed(store, source, named);
  return subject && { ...subject, websiteId: null };
}
