import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Actor, Staff } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { type Filing, filingContext, filingKey, filingsById } from "../filing/rows.ts";
import { type Context, transition } from "../filing/transition.ts";
import type { Action } from "../filing/workflow.ts";
import type { RootStore, Store } from "../store.ts";

export type PaperState = "posted" | "received" | "checked" | "rejected" | "lost";

/** One parcel of papers (寄送资料); the newest of a filing counts. `reason` is "" unless it was rejected. */
export type PaperDelivery = {
  id: number;
  filingId: number;
  state: PaperState;
  courier: string;
  trackingNumber: string;
  reason: string;
  postedAt: Date;
  receivedAt: Date | null;
  settledAt: Date | null;
};

type Row = Omit<PaperDelivery, "reason"> & { reasonSealed: Buffer | null };

const columns = (db: Db) => db`
  d.id, d.filing_id, d.state, d.courier, d.tracking_number, d.reason_sealed, d.posted_at, d.received_at, d.settled_at`;

const place = (filing: Filing): string => filingContext(filing, "papers:reason");

function opened(store: Store, filing: Filing, { reasonSealed, ...row }: Row): PaperDelivery {
  const reason = reasonSealed ? openText(filingKey(store, filing), reasonSealed, place(filing)) : "";
  return { ...row, reason };
}

/** The parcels of a filing, newest first. */
export async function papersOf(store: Store, filing: Filing): Promise<PaperDelivery[]> {
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} from paper_deliveries d where d.filing_id = ${filing.id} order by d.id desc limit 50`;
  return rows.map((row) => opened(store, filing, row));
}

/** Parcels of a provider in a state, oldest first, with their filings: a page at a time, those with an id above `after`. */
export async function papersInState(
  store: Store,
  actor: Staff,
  state: PaperState,
  after = 0,
  limit = 50,
): Promise<(PaperDelivery & { filing: Filing })[]> {
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} from paper_deliveries d
    where d.isp_id = ${actor.ispId} and d.state = ${state} and d.id > ${after} order by d.id limit ${limit}`;
  const ids = rows.map(({ filingId }) => filingId);
  const filings = await filingsById(store.db, actor, ids);
  return rows.flatMap((row) => {
    const filing = filings.get(row.filingId);
    return filing ? [{ ...opened(store, filing, row), filing }] : [];
  });
}

/** How many parcels are on their way or wait to be looked at, for the side bar. */
export async function papersWaiting(db: Db, { ispId }: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) from paper_deliveries where isp_id = ${ispId} and state in ('posted', 'received')`;
  return row?.count ?? 0;
}

type Act = { filingId: number; actor: Actor; requestId: string };

/** Row 10: posted by courier under a number. Throws TransitionRefused `papers_under_way` while a parcel is. */
export const postPapers = (
  store: RootStore,
  act: Act,
  parcel: { courier: string; trackingNumber: string },
): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "post-papers",
    input: { words: `${parcel.courier} ${parcel.trackingNumber}` },
    within: async ({ store: { db }, filing }) => {
      const rows = await db`
        insert into paper_deliveries (filing_id, isp_id, state, courier, tracking_number)
        values (${filing.id}, ${filing.ispId}, 'posted', ${parcel.courier}, ${parcel.trackingNumber})
        on conflict do nothing returning id`;
      if (rows.length === 0) throw new TransitionRefused("post-papers", "papers_under_way");
    },
  });

/** Row 10: it came. */
export const receivePapers = (store: RootStore, act: Act): Promise<Filing> =>
  move(
    store,
    act,
    "receive-papers",
    ["posted"],
    ({ store: { db } }, id) => db`
    update paper_deliveries set state = 'received', received_at = now() where id = ${id}`,
  );

/** Row 10: it was lost; the papers can be posted again. */
export const losePapers = (store: RootStore, act: Act): Promise<Filing> =>
  move(
    store,
    act,
    "lose-papers",
    ["posted"],
    ({ store: { db } }, id) => db`
    update paper_deliveries set state = 'lost', settled_at = now() where id = ${id}`,
  );

/** Row 10: the originals are what was uploaded; the filing may go to the bureau. */
export const checkPapers = (store: RootStore, act: Act): Promise<Filing> =>
  move(
    store,
    act,
    "check-papers",
    ["received"],
    ({ store: { db }, actor }, id) => db`
    update paper_deliveries set state = 'checked', settled_at = now(), settled_by = ${staffOf(actor)} where id = ${id}`,
  );

/** Row 10: something is wrong with them, also when a form was signed anew since; the registrant reads what. */
export const rejectPapers = (store: RootStore, act: Act, reason: string): Promise<Filing> =>
  move(
    store,
    { ...act, input: { words: reason } },
    "reject-papers",
    ["received", "checked"],
    ({ store: inside, filing, actor }, id) => inside.db`
      update paper_deliveries set state = 'rejected', settled_at = now(), settled_by = ${staffOf(actor)},
        reason_sealed = ${seal(filingKey(inside, filing), reason, place(filing))}
      where id = ${id}`,
  );

const staffOf = (actor: Actor): number | null => (actor.kind === "staff" ? actor.staffId : null);

/** Works on the newest parcel of the filing, which must be in one of these states. */
function move(
  store: RootStore,
  act: Act & { input?: { words: string } },
  action: Action,
  from: readonly PaperState[],
  write: (context: Context, id: number) => PromiseLike<unknown>,
): Promise<Filing> {
  return transition(store, {
    ...act,
    action,
    within: async (context) => {
      const [row] = await context.store.db<{ id: number; state: PaperState }[]>`
        select id, state from paper_deliveries where filing_id = ${context.filing.id} order by id desc limit 1`;
      if (!row || !from.includes(row.state)) throw new TransitionRefused(action, "papers_missing");
      await write(context, row.id);
    },
  });
}
