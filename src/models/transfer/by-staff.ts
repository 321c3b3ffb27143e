import { openText, seal } from "../../crypto/seal.ts";
import { accountNamed } from "../account/find.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { recordContext } from "../record/values.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { reportMove } from "./accept.ts";
import { lockAccounts, type MoveRefusal, moveRecords } from "./move-record.ts";
import { lapseMoves } from "./rows.ts";

/** `unknown`: no active account of the provider has this name. `same`: it has the record already. */
export type StaffMove = { moved: true } | { moved: false; refused: MoveRefusal | "unknown" | "same" };

/** A record as the page of a 转移 on behalf names it. */
export type StaffRecord = { id: number; number: string; name: string | null; owner: string | null };

/** A record in force of the provider of staff, with the user name of its owner; throws NotFound. */
export async function recordForStaff({ db }: Store, { ispId }: Staff, id: number): Promise<StaffRecord> {
  const [row] = await db<StaffRecord[]>`
    select s.id, s.number, s.name, a.user_name as owner
    from subjects s left join accounts a on a.id = s.account_id
    where s.id = ${id} and s.isp_id = ${ispId} and s.cancelled_at is null`;
  if (!row) throw new NotFound(`no record ${id} for this provider`);
  return row;
}

/**
 * 转移 on behalf: a 主管 moves a record at once, for a reason that is kept sealed with the move; both sides are told. An
 * offer that waits is taken back. The same request moves once.
 */
export const moveByStaff = (
  root: RootStore,
  staff: Staff,
  wanted: { subjectId: number; toName: string; reason: string; requestId: string },
): Promise<StaffMove> =>
  inTransaction(root, async (store) => {
    const { db } = store;
    const { subjectId, requestId } = wanted;
    await recordForStaff(store, staff, subjectId);
    const [earlier] = await db`
      select 1 from account_moves where subject_id = ${subjectId} and request_id = ${requestId}`;
    if (earlier) return { moved: true };
    const to = await accountNamed(store, staff.ispId, wanted.toName);
    const [owner] = await db<{ id: number | null }[]>`
      select account_id as id from subjects where id = ${subjectId}`;
    if (to === undefined) return { moved: false, refused: "unknown" };
    const from = owner?.id ?? null;
    if (from === null) return { moved: false, refused: "gone" };
    if (from === to) return { moved: false, refused: "same" };
    await lockAccounts(db, [from, to]);
    const refused = await moveRecords(db, { ispId: staff.ispId, from, to }, [subjectId]);
    if (refused) return { moved: false, refused };
    const moveId = await writeMove(store, staff, wanted, { from, to });
    await reportMove(store, staff, { moveId, subjectId, from, to });
    return { moved: true };
  });

async function writeMove(
  { db, vault }: Store,
  staff: Staff,
  { subjectId, toName, reason, requestId }: Parameters<typeof moveByStaff>[2],
  { from, to }: { from: number; to: number },
): Promise<number> {
  await lapseMoves(db, subjectId);
  await db`
    update account_moves set state = 'withdrawn', settled_at = now()
    where subject_id = ${subjectId} and state = 'offered'`;
  const [subject] = await db<{ dataKey: Buffer }[]>`select data_key from subjects where id = ${subjectId}`;
  if (!subject) throw new NotFound(`no record ${subjectId}`);
  const sealed = seal(
    vault.unwrap(subject.dataKey),
    reason,
    recordContext(staff.ispId, subjectId, `move:${requestId}`),
  );
  const [move] = await db<{ id: number }[]>`
    insert into account_moves (isp_id, kind, subject_id, from_account, to_account, to_name, state, staff_id,
      reason_sealed, request_id, settled_at)
    values (${staff.ispId}, 'transfer', ${subjectId}, ${from}, ${to}, ${toName}, 'accepted', ${staff.staffId},
      ${sealed}, ${requestId}, now())
    returning id`;
  return move?.id ?? 0;
}

/** What staff wrote as the reason of each of their moves of a record, newest first. */
export async function staffReasons(
  { db, vault }: Store,
  { ispId }: Staff,
  subjectId: number,
): Promise<{ at: Date; staff: string; toName: string; reason: string }[]> {
  const rows = await db<
    { at: Date; staff: string; toName: string; requestId: string; reasonSealed: Buffer; dataKey: Buffer }[]
  >`
    select m.created_at as at, p.name as staff, m.to_name, m.request_id, m.reason_sealed, s.data_key
    from account_moves m join subjects s on s.id = m.subject_id join staff p on p.id = m.staff_id
    where m.subject_id = ${subjectId} and m.isp_id = ${ispId} order by m.id desc limit 50`;
  return rows.map(({ requestId, reasonSealed, dataKey, ...row }) => {
    const context = recordContext(ispId, subjectId, `move:${requestId}`);
    return { ...row, reason: openText(vault.unwrap(dataKey), reasonSealed, context) };
  });
}
