import type { Hold } from "../filing/holds.ts";
import type { Store } from "../store.ts";

/**
 * Which of these a record of the provider has already, the record that the filing works on or became left out: what is
 * on record is changed, never filed for the first time again. The certificate is looked up by the digest that
 * `writeRecord` keeps; what is cancelled is free.
 */
export async function onRecord(
  { db, vault }: Store,
  filing: { id: number; ispId: number; subjectId: number | null },
  wanted: readonly Hold[],
): Promise<Hold[]> {
  const certificates = wanted
    .filter(({ kind }) => kind === "certificate")
    .map((hold) => ({ hold, key: vault.lookup("certificate", hold.value).toString("hex") }));
  const names = wanted.filter(({ kind }) => kind === "domain");
  const subjects = await db<{ key: string }[]>`
    select encode(s.certificate_hash, 'hex') as key from subjects s
    where s.isp_id = ${filing.ispId} and s.filing_id is distinct from ${filing.id} and s.cancelled_at is null
      and s.id is distinct from ${filing.subjectId}
      and s.certificate_hash in (select decode(k, 'hex') from unnest(${certificates.map(({ key }) => key)}::text[]) k)`;
  const domains = await db<{ domain: string }[]>`
    select d.domain from domains d join websites w on w.id = d.website_id join subjects s on s.id = w.subject_id
    where d.isp_id = ${filing.ispId} and d.domain = any(${names.map(({ value }) => value)}::text[])
      and d.cancelled_at is null and w.filing_id is distinct from ${filing.id}
      and not exists (select 1 from filing_sections c where c.filing_id = ${filing.id} and c.record_id = w.id)`;
  return [
    ...certificates.filter(({ key }) => subjects.some((row) => row.key === key)).map(({ hold }) => hold),
    ...names.filter(({ value }) => domains.some(({ domain }) => domain === value)),
  ];
}
