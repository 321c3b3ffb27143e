import type { Db } from "../../db/client.ts";
import type { BureauQueue } from "../bureau/senders.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type InquiryRow, inquiryColumns, writeEvent } from "./rows.ts";

/** Answers that wait for a bureau, the longest first; none is under way. */
const waiting = (db: Db) => db`
  from inquiries q where q.state = 'to_send'
    and not exists (select 1 from bureau_requests r where r.inquiry_id = q.id and r.state = 'open')`;

export const inquiriesToSend = (
  db: Db,
  bureauId: number,
  { limit, passed }: { limit: number; passed: readonly number[] },
): Promise<InquiryRow[]> => db<InquiryRow[]>`
  select ${inquiryColumns(db)} ${waiting(db)} and q.bureau_id = ${bureauId}
    and not (q.id = any(${[...passed]}::bigint[]))
  order by q.answered_at, q.id limit ${limit}`;

/** Bureaus for which an answer waits. */
export const bureausWithAnswers = (db: Db): Promise<BureauQueue[]> => db<BureauQueue[]>`
  select q.bureau_id as id, min(q.answered_at) as since ${waiting(db)} group by q.bureau_id`;

/** Locks an answer in the transaction of its package; false where it does not wait any more. */
export async function claimAnswer(db: Db, { id, answeredAt }: InquiryRow): Promise<boolean> {
  await db`select 1 from inquiries where id = ${id} for update`;
  const [row] = await db<{ answeredAt: Date | null }[]>`select q.answered_at ${waiting(db)} and q.id = ${id}`;
  // Answered anew in between, it is another answer.
  return row?.answeredAt?.getTime() === answeredAt?.getTime() && row !== undefined;
}

/**
 * The bureau has the answer: the task is settled. Asked again after the answer was sent, it waits for staff once more:
 * the bureau may have asked because of it.
 */
export async function settleInquiry(db: Db, id: number | null, packageId: number): Promise<void> {
  const [row] = await db<{ ispId: number }[]>`
    update inquiries q set state = case when a.again then 'open' else 'settled' end,
      settled_at = case when not a.again then now() end
    from (select exists (select 1 from bureau_packages p, inquiries i
      where p.id = ${packageId} and i.id = ${id} and i.asked_at > p.sent_at) as again) a
    where q.id = ${id} and q.state = 'to_send' returning q.isp_id`;
  if (row && id !== null) await writeEvent(db, { id, ispId: row.ispId }, "sent", { package: packageId });
}

type Back = { id: number; problem: string; cause: string };

/**
 * The answer did not get through: the task waits for staff again, who are told. One that the bureau has asked again
 * since goes on as that one.
 */
export async function putBack(store: Store, { id, problem, cause }: Back): Promise<void> {
  const { db } = store;
  const [row] = await db<{ ispId: number }[]>`
    update inquiries q set state = 'open', settled_at = null, problem = ${problem.slice(0, 500)}
    where q.id = ${id} and q.state <> 'open' and not exists (select 1 from inquiries o
      where o.bureau_id = q.bureau_id and o.about = q.about and o.state <> 'settled' and o.id <> q.id)
    returning isp_id`;
  if (!row) return;
  await writeEvent(db, { id, ispId: row.ispId }, "came-back", { problem: problem.slice(0, 500) });
  const variables = { inquiry: id, reason: problem };
  await noticeOnDuty(store, row, "inquiry-came-back", variables, `inquiry:${id}:back:${cause}`);
}

/** The same in a transaction of its own. */
export const putBackAlone = (root: RootStore, back: Back): Promise<void> =>
  inTransaction(root, (store) => putBack(store, back));
