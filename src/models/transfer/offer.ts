import { accountNamed, findAccount } from "../account/find.ts";
import type { Registrant } from "../actor.ts";
import { type Checked, checkCode, type Requested, requestCode } from "../code/codes.ts";
import { NotFound } from "../errors.ts";
import type { Channel } from "../notice/templates.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { lockAccounts, type MoveRefusal, refusalOf } from "./move-record.ts";
import { lapseMoves } from "./rows.ts";
import { recordMoveAct, tellAccount } from "./tell.ts";

/** What the owner wants to give, to whom. The code is good for exactly this. */
export type Offer = { subjectId: number; toName: string; channel: Channel };

const codeOf = (actor: Registrant, { subjectId, toName }: Offer) => ({
  purpose: "transfer" as const,
  holder: `transfer:${actor.accountId}:${subjectId}:${toName.toLowerCase()}`,
});

/** `offered`: another offer of this record is waiting. */
export type OfferRefusal = MoveRefusal | "offered";

/** Whether the record can be offered; throws NotFound for one that is not the actor's. */
async function offerRefusal(
  { db }: Store,
  { accountId, ispId }: Registrant,
  subjectId: number,
): Promise<OfferRefusal | undefined> {
  const [own] = await db`
    select 1 from subjects where id = ${subjectId} and account_id = ${accountId} and isp_id = ${ispId}`;
  if (!own) throw new NotFound(`no record ${subjectId} for this account`);
  await lapseMoves(db, subjectId);
  const [waiting] =
    await db`select 1 from account_moves where subject_id = ${subjectId} and state = 'offered'`;
  return waiting ? "offered" : refusalOf(db, { ispId, from: accountId }, [subjectId]);
}

export type CodeAsked = { refused: OfferRefusal } | { refused?: never; requested: Requested };

/**
 * 转移, first half: sends a code to the owner's own mailbox or phone. Says nothing about the other user name; whether
 * somebody has it is not looked at here.
 */
export const requestTransferCode = (root: RootStore, actor: Registrant, offer: Offer): Promise<CodeAsked> =>
  inTransaction(root, async (store) => {
    const refused = await offerRefusal(store, actor, offer.subjectId);
    if (refused) return { refused };
    const account = await findAccount(store, actor.accountId);
    const requested = await requestCode(store, {
      ...codeOf(actor, offer),
      target: offer.channel === "sms" ? account.mobile : account.email,
      ispId: actor.ispId,
      accountId: actor.accountId,
      channel: offer.channel,
    });
    return { requested };
  });

export type Offered = { offered: true } | { offered: false; refused: OfferRefusal } | { checked: Checked };

/**
 * 转移, second half: tries the code and puts the record on offer for seven days. Where the name is nobody's at this
 * provider, the offer stands all the same and runs out: the answer is one for both.
 */
export async function offerRecord(
  root: RootStore,
  actor: Registrant,
  offer: Offer & { code: string; requestId: string },
): Promise<Offered> {
  const { subjectId, requestId } = offer;
  const [earlier] = await root.db`
    select 1 from account_moves
    where subject_id = ${subjectId} and request_id = ${requestId} and from_account = ${actor.accountId}`;
  if (earlier) return { offered: true };
  const account = await findAccount(root, actor.accountId);
  const target = offer.channel === "sms" ? account.mobile : account.email;
  const checked = await checkCode(root, { ...codeOf(actor, offer), target }, offer.code);
  if (checked.result !== "ok") return { checked };
  return inTransaction(root, async (store) => {
    await lockAccounts(store.db, [actor.accountId]);
    const refused = await offerRefusal(store, actor, subjectId);
    if (refused) return { offered: false, refused };
    await writeOffer(store, actor, offer, account.userName);
    return { offered: true };
  });
}

async function writeOffer(
  store: Store,
  actor: Registrant,
  { subjectId, toName, requestId }: Offer & { requestId: string },
  fromName: string,
): Promise<void> {
  const { db } = store;
  const to = (await accountNamed(store, actor.ispId, toName)) ?? null;
  const [move] = await db<{ id: number; number: string }[]>`
    insert into account_moves (isp_id, kind, subject_id, from_account, to_account, to_name, request_id)
    values (${actor.ispId}, 'transfer', ${subjectId}, ${actor.accountId}, ${to}, ${toName}, ${requestId})
    returning id, (select number from subjects where id = ${subjectId}) as number`;
  if (!move) throw new Error("an offer without a row");
  const detail = { moveId: move.id, subjectId, from: actor.accountId, to };
  await recordMoveAct(db, actor, "offer-record", detail);
  const variables = { kind: "transfer", number: move.number, by: fromName } as const;
  if (to !== null) await tellAccount(store, to, "record-offered", variables, `move:${move.id}:offered`);
}
