import type { BureauLookups } from "../../gateways/bureau/lookups.ts";
import { codeTable } from "../../vocabulary/code-tables.ts";
import type { Registrant } from "../actor.ts";
import { certificateHash } from "../record/write.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { lapseMoves } from "../transfer/rows.ts";
import { recordMoveAct, tellAccount } from "../transfer/tell.ts";
import { askPassword, type PasswordTry } from "./password.ts";

export type ClaimTry = PasswordTry & { certNo: string; requestId: string };

/**
 * - `claimed`: nobody had it, it is the account's now · `own`: it was the account's already
 * - `asked`: another account has it, and its owner is asked to agree (合并) · `waiting`: somebody waits for that answer
 * - `wrong`: number, password or certificate; never which · `silent`: the bureau said nothing, so nothing was given
 */
export type ClaimResult = "claimed" | "own" | "asked" | "waiting" | "wrong" | "silent" | "too_many";

/**
 * 认领 of a record with its number (主体备案号 or 网站备案号), its 备案密码 and the number of its certificate. The bureau is
 * asked first, whatever is on record here: how an answer comes about tells nothing of what was right.
 */
export async function claimRecord(
  root: RootStore,
  lookups: Pick<BureauLookups, "verifyBamm">,
  actor: Registrant,
  wanted: ClaimTry,
): Promise<ClaimResult> {
  const answer = await askPassword(root, lookups, actor, wanted);
  const subjectId = await subjectOf(root, actor.ispId, wanted);
  if (answer !== "right") return answer;
  if (subjectId === undefined) return "wrong";
  return inTransaction(root, (store) => give(store, actor, subjectId, wanted));
}

/** The record in force with the number and the certificate, of whatever type that is. */
async function subjectOf(
  store: Store,
  ispId: number,
  { number, certNo }: ClaimTry,
): Promise<number | undefined> {
  const hashes = codeTable("cert_type").rows.map(({ code }) =>
    certificateHash(store, code, certNo).toString("hex"),
  );
  const [row] = await store.db<{ id: number }[]>`
    select s.id from subjects s
    where s.isp_id = ${ispId} and s.cancelled_at is null
      and s.certificate_hash in (select decode(h, 'hex') from unnest(${hashes}::text[]) h)
      and (s.number = ${number} or s.id in (
        select subject_id from websites where isp_id = ${ispId} and number = ${number} and cancelled_at is null))
    limit 1`;
  return row?.id;
}

/** The lock of the record's row decides a race: one account gets it, the next asks that one. */
async function give(
  store: Store,
  actor: Registrant,
  subjectId: number,
  { requestId }: ClaimTry,
): Promise<ClaimResult> {
  const { db } = store;
  const { accountId, ispId } = actor;
  const [subject] = await db<{ owner: number | null; number: string }[]>`
    select account_id as owner, number from subjects where id = ${subjectId} and cancelled_at is null for no key update`;
  if (!subject) return "wrong";
  if (subject.owner === accountId) return "own";
  if (subject.owner !== null) return askOwner(store, actor, subjectId, { owner: subject.owner, requestId });
  await db`update subjects set account_id = ${accountId} where id = ${subjectId}`;
  const [move] = await db<{ id: number }[]>`
    insert into account_moves (isp_id, kind, subject_id, to_account, to_name, state, request_id, settled_at)
    select ${ispId}, 'claim', ${subjectId}, id, user_name, 'accepted', ${requestId}, now()
    from accounts where id = ${accountId}
    returning id`;
  const moveId = move?.id ?? 0;
  await recordMoveAct(db, actor, "claim-record", { moveId, subjectId, from: null, to: accountId });
  const variables = { outcome: "received", number: subject.number, other: "" } as const;
  await tellAccount(store, accountId, "record-settled", variables, `move:${moveId}:done`);
  return "claimed";
}

/** 合并: what the one has proved, the other has to agree to, within seven days. */
async function askOwner(
  store: Store,
  actor: Registrant,
  subjectId: number,
  { owner, requestId }: { owner: number; requestId: string },
): Promise<ClaimResult> {
  const { db } = store;
  const { accountId, ispId } = actor;
  await lapseMoves(db, subjectId);
  const [move] = await db<{ id: number; toName: string; number: string }[]>`
    insert into account_moves (isp_id, kind, subject_id, from_account, to_account, to_name, request_id)
    select ${ispId}, 'merge', ${subjectId}, ${owner}, id, user_name, ${requestId} from accounts where id = ${accountId}
    on conflict do nothing
    returning id, to_name, (select number from subjects where id = ${subjectId}) as number`;
  if (!move) return "waiting";
  const detail = { moveId: move.id, subjectId, from: owner, to: accountId };
  await recordMoveAct(db, actor, "ask-for-record", detail);
  const variables = { kind: "merge", number: move.number, by: move.toName } as const;
  await tellAccount(store, owner, "record-offered", variables, `move:${move.id}:offered`);
  return "asked";
}
