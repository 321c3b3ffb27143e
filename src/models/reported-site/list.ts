import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { type ReportedSite, type SiteKind, siteColumns } from "./rows.ts";

/** `inside` and `outside` our address ranges are open · `answering` waits for the bureau's receipt · `done` */
export const sitePlaces = ["inside", "outside", "answering", "done"] as const;
export type SitePlace = (typeof sitePlaces)[number];

/** The last row of the page before. */
export type SiteCursor = { at: Date; id: number };

/**
 * Open ones in our ranges are looked for from the ranges: however many the bureau lists, those of ours are found along
 * the index of addresses.
 */
const insideIds = (db: Db, ispId: number, kind: SiteKind) => db`
  select i.id from isp_ip_ranges r
  join reported_sites i on i.isp_id = r.isp_id and i.ip between r.first_ip and r.last_ip
  where r.isp_id = ${ispId} and i.kind = ${kind} and i.state = 'open'`;

const within = (db: Db, ispId: number, kind: SiteKind, place: SitePlace) => {
  if (place === "inside") return db`s.id in (${insideIds(db, ispId, kind)})`;
  if (place !== "outside") return db`s.state = ${place}`;
  return db`s.state = 'open' and not exists (
    select 1 from isp_ip_ranges r where r.isp_id = ${ispId} and s.ip between r.first_ip and r.last_ip)`;
};

/** A page of what bureaus reported, what they looked at last first. */
export const sitesOf = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  kind: SiteKind,
  place: SitePlace,
  { before, limit = 50 }: { before?: SiteCursor | undefined; limit?: number } = {},
): Promise<ReportedSite[]> => db<ReportedSite[]>`
  select ${siteColumns(db)} where s.id = any(array(
    select s.id from reported_sites s
    where s.isp_id = ${ispId} and s.kind = ${kind} and ${within(db, ispId, kind, place)}
      ${before ? db`and (s.checked_at, s.id) < (${before.at}, ${before.id})` : db``}
    order by s.checked_at desc, s.id desc limit ${limit}))
  order by s.checked_at desc, s.id desc`;

/** Everything of a place, a batch at a time: for a file. */
export async function* allSites(
  db: Db,
  actor: Pick<Staff, "ispId">,
  kind: SiteKind,
  place: SitePlace,
): AsyncGenerator<ReportedSite> {
  const limit = 500;
  for (let before: SiteCursor | undefined; ; ) {
    const rows = await sitesOf(db, actor, kind, place, { before, limit });
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < limit || !last) return;
    before = { at: last.checkedAt, id: last.id };
  }
}

/** How many are open in our ranges, of either kind: what has to be dealt with. */
export async function sitesWaiting(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select (select count(distinct u.id) from (${insideIds(db, ispId, "unfiled")}) u)::int
      + (select count(distinct i.id) from (${insideIds(db, ispId, "illegal")}) i)::int as count`;
  return row?.count ?? 0;
}
