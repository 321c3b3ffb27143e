import type { Db } from "../../db/client.ts";
import type { BeianStatus } from "../../gateways/bureau/lookups.ts";
import { toAscii } from "../../vocabulary/domain.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { canonical, type Found } from "./compare.ts";
import { keepDifferences } from "./keep.ts";
import { lockRecord, type OurRecord, type OurWebsite } from "./ours.ts";
import { countRecord, type Reconciliation, reachSite } from "./reconciliations.ts";
import { numberSaid } from "./said.ts";
import { absent, holderOf, inForce } from "./sides.ts";

/** What came out for one website. */
export type Answered = "same" | "differing" | "notFiled" | "unanswered";

type Round = Pick<Reconciliation, "id" | "ispId" | "bureauId" | "askedTo">;

/** Websites in force with a domain and an access here: others are no matter between this provider and the bureau. */
const served = (db: Db, { ispId, bureauId }: Round, after: number) => db`
  websites w join subjects s on s.id = w.subject_id and s.isp_id = w.isp_id
  where w.isp_id = ${ispId} and s.bureau_id = ${bureauId} and w.id > ${after}
    and w.cancelled_at is null and s.cancelled_at is null
    and exists (select 1 from accesses a where a.website_id = w.id and a.website_id > ${after} and a.cancelled_at is null)
    and exists (select 1 from domains d where d.website_id = w.id and d.website_id > ${after} and d.cancelled_at is null)`;

/** The next websites that are asked for. */
export async function sitesAfter(db: Db, round: Round, after: number, limit: number): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select w.id from ${served(db, round, after)} order by w.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** How many have not been asked for. */
export async function countLeft(db: Db, round: Round): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    with r as (select asked_to from reconciliations where id = ${round.id})
    select count(*)::int as count from ${served(db, round, round.askedTo)} and w.id > (select asked_to from r)`;
  return row?.count ?? 0;
}

/** Domains of a website as the bureau is asked for them. */
export async function askedDomains(db: Db, { ispId }: Round, websiteId: number): Promise<string[]> {
  const rows = await db<{ domain: string }[]>`
    select domain from domains
    where website_id = ${websiteId} and isp_id = ${ispId} and cancelled_at is null order by id`;
  return rows.map(({ domain }) => toAscii(domain));
}

/** Places that a question to the bureau speaks of. */
const PLACES = new Set(["filed", "holder", "number"]);

/**
 * Notes what the bureau says of a website, beside what full copies found: not filed there, filed with another subject, or
 * under another number. The round has reached this website then, in the same transaction.
 */
export const noteAnswer = (
  root: RootStore,
  round: Round,
  websiteId: number,
  status: BeianStatus | undefined,
): Promise<Answered> =>
  inTransaction(root, async (store) => {
    const { ispId, bureauId } = round;
    const [row] = await store.db<{ subjectId: number }[]>`
      select subject_id from websites where id = ${websiteId} and isp_id = ${ispId}`;
    const record = row && (await lockRecord(store, { ispId, id: row.subjectId }));
    const site = record?.websites.find(({ id }) => id === websiteId);
    await reachSite(store.db, round, websiteId);
    if (!status || !record || !site || site.cancelled) return "unanswered";
    const found = differencesIn(record, site, status);
    const seen = { ispId, bureauId, reconciliationId: round.id };
    await keepDifferences(store, { subjectId: record.id, key: record.key }, found, seen, (standing) =>
      isTold(standing, websiteId, status),
    );
    const result = found.length > 0 ? "differing" : "same";
    const counted = { key: `site:${websiteId}`, subjectId: record.id, answerId: null, result } as const;
    await countRecord(store.db, round, counted);
    return status.filed ? result : "notFiled";
  });

/** What stood before and is not found any more is gone only where the bureau spoke of it. */
function isTold(
  { websiteId, accessId, place }: { websiteId: number | null; accessId: number | null; place: string },
  asked: number,
  { filed, websiteNumber }: BeianStatus,
): boolean {
  if (websiteId !== asked || accessId !== null || !PLACES.has(place)) return false;
  return place !== "number" || (filed && websiteNumber !== undefined);
}

function differencesIn(record: OurRecord, site: OurWebsite, status: BeianStatus): Found[] {
  const at = { websiteId: site.id, accessId: null, key: "" };
  if (!status.filed) return [{ kind: "only_here", ...at, place: "filed", ours: inForce, theirs: absent }];
  const differs = (place: string, ours: Values | undefined, theirs: Values | undefined): Found[] =>
    theirs === undefined || canonical(ours) === canonical(theirs)
      ? []
      : [{ kind: "differs", ...at, place, ours: ours ?? null, theirs }];
  const holder = differs("holder", holderOf(record.number), holderOf(status.subjectNumber));
  // A website of somebody else has a number of its own.
  if (holder.length > 0) return holder;
  return differs("number", numberSaid(site.number), numberSaid(status.websiteNumber));
}
