import type { Db } from "../../db/client.ts";

/** What of a record stands in a 黑名单 that holds for its provider. */
export type RecordMark = { certificate: boolean; domains: string[] };

/** The marks of those of these records that are in force and of which something is listed, by their ids. */
export async function recordMarks(
  db: Db,
  ispId: number,
  ids: readonly number[],
): Promise<Map<number, RecordMark>> {
  const rows = await db<(RecordMark & { id: number })[]>`
    select s.id, exists (select 1 from blacklist_keys k
        where k.isp_id = s.isp_id and k.certificate = s.certificate_hash) as certificate,
      array(select distinct d.domain from websites w join domains d on d.website_id = w.id
        where w.subject_id = s.id and w.cancelled_at is null and d.cancelled_at is null and exists (
          select 1 from blacklist_keys k where k.isp_id = s.isp_id and k.domain = d.domain)
        order by d.domain) as domains
    from subjects s where s.id = any(${[...ids]}::bigint[]) and s.isp_id = ${ispId} and s.cancelled_at is null`;
  const listed = rows.filter(({ certificate, domains }) => certificate || domains.length > 0);
  return new Map(listed.map(({ id, ...mark }) => [id, mark]));
}

/** Ids of records in force of which something is listed (已备案但在黑名单中), newest first: those below `before`. */
export async function recordsListed(
  db: Db,
  ispId: number,
  { before = Number.MAX_SAFE_INTEGER, limit = 50 }: { before?: number | undefined; limit?: number } = {},
): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select id from (
      select s.id from blacklist_keys k join subjects s on s.isp_id = k.isp_id and s.certificate_hash = k.certificate
      where k.isp_id = ${ispId} and k.certificate is not null and s.cancelled_at is null
      union
      select w.subject_id from blacklist_keys k join domains d on d.isp_id = k.isp_id and d.domain = k.domain
      join websites w on w.id = d.website_id
      where k.isp_id = ${ispId} and k.domain is not null and d.cancelled_at is null and w.cancelled_at is null) listed
    where id < ${before} order by id desc limit ${limit}`;
  return rows.map(({ id }) => id);
}
