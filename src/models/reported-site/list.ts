import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { type ReportedSite, type SiteKind, siteColumns } from "./rows.ts";

/** `inside` and `outside` our address ranges are open · `answering` waits for the bureau's receipt · `done` */
export const sitePlaces = ["inside", "outside", "answering", "done"] as const;
export type SitePlace = (typeof sitePlaces)[number];

/** The last row of the page before. */
export type SiteCursor = { at: Date; id: number };

/**
 * Open ones in our ranges, looked for from the ranges along the index of addresses: however many the bureau lists, those
 * of ours are found at once. The planner takes most for ours and would read them all; `offset 0` holds it to this way.
 */
const insideSites = (db: Db, ispId: number, kind: SiteKind) => db`
  select distinct i.id, i.checked_at from isp_ip_ranges r cross join lateral (
    select s.id, s.checked_at from reported_sites s
    where s.isp_id = ${ispId} and s.kind = ${kind} and s.state = 'open' and s.ip between r.first_ip and r.last_ip
    offset 0) i
  where r.isp_id = ${ispId}`;

const sitesIn = (db: Db, ispId: number, kind: SiteKind, place: SitePlace) => {
  if (place === "inside") return db`(${insideSites(db, ispId, kind)})`;
  const state = place === "outside" ? "open" : place;
  const outside = db`and not exists (
    select 1 from isp_ip_ranges r where r.isp_id = ${ispId} and s.ip between r.first_ip and r.last_ip)`;
  return db`(
    select s.id, s.checked_at from reported_sites s
    where s.isp_id = ${ispId} and s.kind = ${kind} and s.state = ${state} ${place === "outside" ? outside : db``})`;
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
    select l.id from ${sitesIn(db, ispId, kind, place)} l
    ${before ? db`where (l.checked_at, l.id) < (${before.at}, ${before.id})` : db``}
    order by l.checked_at desc, l.id desc limit ${limit}))
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
    select (select count(*) from (${insideSites(db, ispId, "unfiled")}) u)::int
      + (select count(*) from (${insideSites(db, ispId, "illegal")}) i)::int as count`;
  return row?.count ?? 0;
}
