import type { Db } from "../../db/client.ts";
import type { FilingKind, Scope } from "../../vocabulary/filing.ts";
import type { Actor, Registrant, Staff } from "../actor.ts";
import type { Store } from "../store.ts";
import type { FilingEvent } from "./history.ts";
import { visibleTo } from "./rows.ts";
import type { Action } from "./workflow.ts";

/** An event with the filing that it belongs to. */
export type FoundEvent = Pick<
  FilingEvent,
  "id" | "action" | "actorKind" | "actorId" | "detail" | "createdAt"
> & {
  filingId: number;
  number: string;
  kind: FilingKind;
  scope: Scope | null;
  siteName: string | null;
  domain: string | null;
};

/** What the history is searched by; all of what is given must hold. */
export type HistoryFilter = {
  /** From this moment on, and before that one. */
  from?: Date;
  until?: Date;
  action?: Action;
  actorKind?: Actor["kind"];
  /** A member of staff. */
  staffId?: number;
  /** Filings that something was found for; none: everything that the actor may see. */
  filingIds?: readonly number[];
  /** Actions that are not shown. */
  without?: readonly Action[];
};

/** Where the page before ended: the order is by time, then id, newest first. */
export type HistoryCursor = { at: Date; id: number };

/** Newest filings of an account whose history is searched at once. */
const MOST = 5_000;

/**
 * A page of the history that an actor may see, newest first. Staff read along the index of their provider; where the
 * filings are known, as an account's are, the chains of those are read instead.
 */
export async function searchHistory(
  { db }: Pick<Store, "db">,
  actor: Registrant | Staff,
  filter: HistoryFilter,
  after?: HistoryCursor,
  limit = 50,
): Promise<FoundEvent[]> {
  const filingIds =
    filter.filingIds ?? (actor.kind === "registrant" ? await ownFilings(db, actor) : undefined);
  const where = filingIds
    ? db`e.filing_id = any(${[...filingIds]}::bigint[])`
    : db`e.isp_id = ${actor.ispId}`;
  return db<FoundEvent[]>`
  select e.id, e.filing_id, e.action, e.actor_kind, e.actor_id, e.detail, e.created_at, f.number, f.kind, f.scope,
    f.site_name, f.domain
  from filing_events e join filings f on f.id = e.filing_id
  where ${where} and ${visibleTo(db, actor)} ${narrowed(db, filter)}
    ${after ? db`and (e.created_at, e.id) < (${after.at}, ${after.id})` : db``}
  order by e.created_at desc, e.id desc limit ${limit}`;
}

async function ownFilings(db: Db, { accountId }: Registrant): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select id from filings where account_id = ${accountId} order by id desc limit ${MOST}`;
  return rows.map(({ id }) => id);
}

function narrowed(db: Db, { from, until, action, actorKind, staffId, without = [] }: HistoryFilter) {
  return db`
    ${from ? db`and e.created_at >= ${from}` : db``}
    ${until ? db`and e.created_at < ${until}` : db``}
    ${action ? db`and e.action = ${action}` : db``}
    ${actorKind ? db`and e.actor_kind = ${actorKind}` : db``}
    ${staffId === undefined ? db`` : db`and e.actor_kind = 'staff' and e.actor_id = ${staffId}`}
    ${without.length > 0 ? db`and e.action <> all(${[...without]}::text[])` : db``}`;
}
