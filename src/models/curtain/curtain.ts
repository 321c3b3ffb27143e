import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Actor, Staff } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { type Filing, filingContext, filingKey, filingsById } from "../filing/rows.ts";
import { transition } from "../filing/transition.ts";
import type { Action } from "../filing/workflow.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import type { RootStore, Store } from "../store.ts";
import { needsCurtain } from "./waiting.ts";

export type CurtainState = "ordered" | "posted" | "received" | "lost";

/** One curtain (幕布) on its way to a registrant; the newest row of a filing counts. */
export type Curtain = {
  id: number;
  filingId: number;
  state: CurtainState;
  recipient: string;
  phone: string;
  address: string;
  remark: string;
  courier: string | null;
  trackingNumber: string | null;
  orderedAt: Date;
  postedAt: Date | null;
  receivedAt: Date | null;
};

export type CurtainOrder = { recipient: string; phone: string; address: string; remark: string };

type CurtainRow = Omit<Curtain, "recipient" | "phone" | "address" | "remark"> & {
  recipientSealed: Buffer;
  phoneSealed: Buffer;
  addressSealed: Buffer;
  remarkSealed: Buffer | null;
};

const columns = (db: Db) => db`
  c.id, c.filing_id, c.state, c.recipient_sealed, c.phone_sealed, c.address_sealed, c.remark_sealed, c.courier,
  c.tracking_number, c.ordered_at, c.posted_at, c.received_at`;

const context = (filing: Filing, column: string): string => filingContext(filing, `curtain:${column}`);

function opened(store: Store, filing: Filing, row: CurtainRow): Curtain {
  const key = filingKey(store, filing);
  const { recipientSealed, phoneSealed, addressSealed, remarkSealed, ...rest } = row;
  const text = (sealed: Buffer | null, column: string) =>
    sealed ? openText(key, sealed, context(filing, column)) : "";
  return {
    ...rest,
    recipient: text(recipientSealed, "recipient"),
    phone: text(phoneSealed, "phone"),
    address: text(addressSealed, "address"),
    remark: text(remarkSealed, "remark"),
  };
}

/** The newest curtain of a filing, if one was ever ordered. */
export async function maybeCurtain(store: Store, filing: Filing): Promise<Curtain | undefined> {
  const [row] = await store.db<CurtainRow[]>`
    select ${columns(store.db)} from curtains c where c.filing_id = ${filing.id} order by c.id desc limit 1`;
  return row && opened(store, filing, row);
}

type Act = { filingId: number; actor: Actor; requestId: string };

/** Row 9: orders a curtain. Throws TransitionRefused `curtain_under_way` while one is ordered or posted. */
export const orderCurtain = (store: RootStore, act: Act, order: CurtainOrder): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "order-curtain",
    within: async ({ store: inside, filing }) => {
      const key = filingKey(inside, filing);
      const sealed = (column: keyof CurtainOrder) => seal(key, order[column], context(filing, column));
      const rows = await inside.db`
        insert into curtains (filing_id, isp_id, state, recipient_sealed, phone_sealed, address_sealed, remark_sealed)
        values (${filing.id}, ${filing.ispId}, 'ordered', ${sealed("recipient")}, ${sealed("phone")},
          ${sealed("address")}, ${sealed("remark")})
        on conflict do nothing returning id`;
      if (rows.length === 0) throw new TransitionRefused("order-curtain", "curtain_under_way");
    },
  });

/** Row 10: the curtain was posted, under a tracking number; the registrant is told. */
export const postCurtain = (
  store: RootStore,
  act: Act,
  parcel: { courier: string; trackingNumber: string },
): Promise<Filing> =>
  move(store, act, "post-curtain", ["ordered"], async ({ db, vault }, filing, eventId) => {
    await db`
      update curtains set state = 'posted', posted_at = now(), courier = ${parcel.courier},
        tracking_number = ${parcel.trackingNumber}
      where filing_id = ${filing.id} and state = 'ordered'`;
    await noticeRegistrant(
      { db, vault },
      filing,
      "curtain-posted",
      parcel,
      `curtain-posted:event:${eventId}`,
    );
  });

/** Row 10: it arrived. */
export const receiveCurtain = (store: RootStore, act: Act): Promise<Filing> =>
  move(store, act, "receive-curtain", ["posted"], async ({ db }, filing) => {
    await db`
      update curtains set state = 'received', received_at = now() where filing_id = ${filing.id} and state = 'posted'`;
  });

/** Row 10: it was lost; another can be ordered. */
export const loseCurtain = (store: RootStore, act: Act): Promise<Filing> =>
  move(store, act, "lose-curtain", ["ordered", "posted"], async ({ db }, filing) => {
    await db`update curtains set state = 'lost' where filing_id = ${filing.id} and state in ('ordered', 'posted')`;
  });

function move(
  store: RootStore,
  act: Act,
  action: Action,
  from: readonly CurtainState[],
  write: (store: Store, filing: Filing, eventId: number) => Promise<void>,
): Promise<Filing> {
  return transition(store, {
    ...act,
    action,
    within: async ({ store: inside, filing }, eventId) => {
      const [row] = await inside.db`
        select 1 from curtains where filing_id = ${filing.id} and state = any(${[...from]})`;
      if (!row) throw new TransitionRefused(action, "curtain_missing");
      await write(inside, filing, eventId);
    },
  });
}

/** Curtains of a provider in a state, oldest first, with the filing they belong to; ordered ones while they are needed. */
export async function curtainsInState(
  store: Store,
  actor: Staff,
  state: CurtainState,
  after = 0,
  limit = 50,
): Promise<(Curtain & { filing: Filing })[]> {
  const { db } = store;
  const rows = await db<CurtainRow[]>`
    select ${columns(db)} from curtains c join filings f on f.id = c.filing_id
    where c.isp_id = ${actor.ispId} and c.state = ${state} and c.id > ${after}
      ${state === "ordered" ? db`and ${needsCurtain(db)}` : db``}
    order by c.id limit ${limit}`;
  const filings = await filingsById(
    db,
    actor,
    rows.map(({ filingId }) => filingId),
  );
  return rows.flatMap((row) => {
    const filing = filings.get(row.filingId);
    return filing ? [{ ...opened(store, filing, row), filing }] : [];
  });
}
