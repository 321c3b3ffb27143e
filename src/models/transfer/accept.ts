import type { Db } from "../../db/client.ts";
import { findAccount } from "../account/find.ts";
import type { Actor, Registrant } from "../actor.ts";
import { type Checked, checkCode, type Requested, requestCode } from "../code/codes.ts";
import { NotFound } from "../errors.ts";
import type { Channel } from "../notice/templates.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { lockAccounts, type MoveRefusal, moveRecords, refusalOf } from "./move-record.ts";
import { moveToProduct } from "./product.ts";
import { findMove, isAsked, type Move } from "./rows.ts";
import { recordMoveAct, tellAccount } from "./tell.ts";

/** `over`: it was declined, withdrawn or ran out. `product`: the receiver has none with enough places. */
export type AcceptRefusal = MoveRefusal | "over" | "product";

export type Accepted = { accepted: true } | { accepted: false; refused: AcceptRefusal };

/** A move that this account is asked to agree to; throws NotFound for any other. */
async function askedMove(db: Db, actor: Registrant, id: number): Promise<Move> {
  const move = await findMove(db, actor, id);
  if (!isAsked(move, actor)) throw new NotFound(`move ${id} waits for the other side`);
  return move;
}

/**
 * Accepts a transfer as its receiver. `productId` is the receiver's product that carries the websites from then on,
 * where the provider asks for one. Of two at once one moves the record; the second finds it done.
 */
export async function acceptMove(
  root: RootStore,
  actor: Registrant,
  id: number,
  { productId = null }: { productId?: number | null } = {},
): Promise<Accepted> {
  const move = await askedMove(root.db, actor, id);
  if (move.kind !== "transfer") throw new NotFound(`move ${id} is agreed to with a code`);
  return settle(root, actor, move, productId);
}

const codeOf = (actor: Registrant, move: Move) => ({
  purpose: "transfer" as const,
  holder: `merge:${actor.accountId}:${move.id}`,
});

/** 合并: sends the owner, who is asked to give way, a code to their own mailbox or phone. */
export const requestMergeCode = (
  root: RootStore,
  actor: Registrant,
  id: number,
  channel: Channel,
): Promise<Requested> =>
  inTransaction(root, async (store) => {
    const move = await askedMove(store.db, actor, id);
    if (move.kind !== "merge") throw new NotFound(`move ${id} needs no code`);
    const { email, mobile } = await findAccount(store, actor.accountId);
    const target = channel === "sms" ? mobile : email;
    const { accountId, ispId } = actor;
    return requestCode(store, { ...codeOf(actor, move), target, ispId, accountId, channel });
  });

/** 合并: the owner agrees with the code; every record of this certificate in the account goes along. */
export async function acceptMerge(
  root: RootStore,
  actor: Registrant,
  id: number,
  { channel, code }: { channel: Channel; code: string },
): Promise<Accepted | { checked: Checked }> {
  const move = await askedMove(root.db, actor, id);
  if (move.kind !== "merge") throw new NotFound(`move ${id} needs no code`);
  if (move.state !== "offered") return over(move);
  const { email, mobile } = await findAccount(root, actor.accountId);
  const target = channel === "sms" ? mobile : email;
  const checked = await checkCode(root, { ...codeOf(actor, move), target }, code);
  return checked.result === "ok" ? settle(root, actor, move, null) : { checked };
}

const over = ({ state }: Pick<Move, "state">): Accepted =>
  state === "accepted" ? { accepted: true } : { accepted: false, refused: "over" };

async function settle(
  root: RootStore,
  actor: Registrant,
  { id, fromAccount: from, toAccount: to, subjectId, kind }: Move,
  productId: number | null,
): Promise<Accepted> {
  if (from === null || to === null) return { accepted: false, refused: "over" };
  return inTransaction(root, async (store) => {
    const { db } = store;
    await lockAccounts(db, [from, to]);
    const move = await lockMove(db, actor, id);
    if (move.state !== "offered") return over(move);
    const subjectIds = kind === "merge" ? await siblings(db, subjectId) : [subjectId];
    const refused = await carryOut(store, kind, { ispId: move.ispId, from, to, subjectIds, productId });
    if (refused) return { accepted: false, refused };
    await db`
      update account_moves set state = 'accepted', settled_at = now(), product_id = ${productId} where id = ${id}`;
    await reportMove(store, actor, { moveId: id, subjectId, from, to });
    return { accepted: true };
  });
}

/** The row of the move decides a race between accepting, declining and withdrawing. */
export async function lockMove(db: Db, actor: Registrant, id: number): Promise<Move> {
  await db`select 1 from account_moves where id = ${id} for update`;
  return findMove(db, actor, id);
}

type Work = { ispId: number; from: number; to: number; subjectIds: number[]; productId: number | null };

async function carryOut(store: Store, kind: Move["kind"], work: Work): Promise<AcceptRefusal | undefined> {
  const { subjectIds } = work;
  const [active] = await store.db`select 1 from accounts where id = ${work.to} and state = 'active'`;
  if (!active) return "over";
  const refused = await refusalOf(store.db, work, subjectIds);
  if (refused) return refused;
  // At a merge the owner agrees, and the receiver is not there to be asked for a product.
  if (kind === "transfer" && !(await moveToProduct(store, work))) return "product";
  return moveRecords(store.db, work, subjectIds);
}

/** All records in force that the owner of this one has with the same certificate. */
async function siblings(db: Db, subjectId: number): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select s.id from subjects s join subjects o
      on o.isp_id = s.isp_id and o.certificate_hash = s.certificate_hash and o.account_id = s.account_id
    where o.id = ${subjectId} and s.cancelled_at is null order by s.id`;
  return rows.map(({ id }) => id);
}

type Done = { moveId: number; subjectId: number; from: number; to: number };

/** Writes the audit log and tells both sides. */
export async function reportMove(store: Store, actor: Actor & { ispId: number }, done: Done): Promise<void> {
  const { moveId, subjectId, from, to } = done;
  await recordMoveAct(store.db, actor, "move-record", done);
  const [row] = await store.db<{ number: string; name: string }[]>`
    select s.number, a.user_name as name from subjects s, accounts a where s.id = ${subjectId} and a.id = ${to}`;
  const { number = "", name = "" } = row ?? {};
  const cause = `move:${moveId}:done`;
  await tellAccount(store, from, "record-settled", { outcome: "given", number, other: name }, cause);
  await tellAccount(store, to, "record-settled", { outcome: "received", number, other: "" }, cause);
}
