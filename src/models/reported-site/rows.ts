import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";

/** `unfiled` 未备案网站, to be answered · `illegal` 非法接入 */
export type SiteKind = "unfiled" | "illegal";

/** `open` to be worked off · `answering` the answer is on its way to the bureau · `done` */
export type SiteState = "open" | "answering" | "done";

/** Something that a bureau found: a website without a filing, or one over an address without an access on record. */
export type ReportedSite = {
  id: number;
  ispId: number;
  bureauId: number;
  bureau: string;
  kind: SiteKind;
  number: number | null;
  domain: string;
  ip: string | null;
  /** As the bureau writes them. */
  accessProvider: string;
  operator: string;
  province: string;
  firstCheckedAt: Date | null;
  checkedAt: Date;
  checks: number | null;
  received: number;
  state: SiteState;
  createdAt: Date;
  takenBy: number | null;
  /** Name of who works on it now, null for nobody. */
  takenByName: string | null;
  /** The file that brought it, or looked again. */
  fileName: string;
  /** The address lies in our ranges as they are now. */
  inside: boolean;
  /** Records and a filing under way that have the domain now. */
  recordId: number | null;
  recordNumber: string | null;
  filing: string | null;
  /** An access of ours on record has this domain and this address. */
  accessId: number | null;
};

/** Everything is joined when it is asked for: ranges, records and filings may have changed since. */
const columns = (db: Db) => db`
  s.id, s.isp_id, s.bureau_id, b.name as bureau, s.kind, s.number, s.domain, host(s.ip) as ip, s.access_provider,
  s.operator, s.province, s.first_checked_at, s.checked_at, s.checks, s.received, s.state, s.created_at,
  case when s.taken_until > now() then s.taken_by end as taken_by,
  case when s.taken_until > now() then t.name end as taken_by_name, a.file_name,
  exists (select 1 from isp_ip_ranges r
    where r.isp_id = s.isp_id and s.ip between r.first_ip and r.last_ip) as inside,
  r.subject_id as record_id, r.number as record_number, r.access_id, f.number as filing
  from reported_sites s join isp_bureaus b on b.id = s.bureau_id join bureau_answers a on a.id = s.answer_id
  left join staff t on t.id = s.taken_by
  left join lateral (
    select w.subject_id, w.number,
      (select c.id from accesses c join access_ips i on i.access_id = c.id
        where c.website_id = w.id and c.cancelled_at is null and s.ip between i.first_ip and i.last_ip
        order by c.id limit 1) as access_id
    from domains d join websites w on w.id = d.website_id
    where d.isp_id = s.isp_id and d.domain in (s.domain, s.registrable) and d.cancelled_at is null
      and w.cancelled_at is null
    order by d.domain = s.domain desc, w.id desc limit 1) r on true
  left join lateral (
    select o.number from filing_domains d join filings o on o.id = d.filing_id
    where d.isp_id = s.isp_id and d.domain in (s.domain, s.registrable)
      and o.state not in ('numbered', 'cancelled', 'closed')
    order by o.id desc limit 1) f on true`;

export { columns as siteColumns };

/** One of the provider; throws NotFound. */
export async function findSite(db: Db, { ispId }: Pick<Staff, "ispId">, id: number): Promise<ReportedSite> {
  const [row] = await db<ReportedSite[]>`select ${columns(db)} where s.id = ${id} and s.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no reported site ${id}`);
  return row;
}

/** Those of the provider of one kind; throws NotFound when one of them is not. */
export async function findSites(
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  kind: SiteKind,
  ids: readonly number[],
): Promise<ReportedSite[]> {
  const rows = await db<ReportedSite[]>`
    select ${columns(db)}
    where s.id = any(${[...ids]}::bigint[]) and s.isp_id = ${ispId} and s.kind = ${kind} order by s.checked_at desc, s.id desc`;
  if (rows.length !== new Set(ids).size) throw new NotFound("no such reported site");
  return rows;
}
