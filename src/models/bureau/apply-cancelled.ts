import type { Db } from "../../db/client.ts";
import type { Scope } from "../../vocabulary/filing.ts";
import { cutAccesses } from "../cut/open.ts";
import { lockFiling } from "../filing/rows.ts";
import { refusalByTable } from "../filing/workflow.ts";
import { queueEvent } from "../hook/queue.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { noticeStaff } from "../notice/staff.ts";
import { accessesOf, cancelRecord, cancelTarget } from "../record/cancel.ts";
import type { Store } from "../store.ts";
import { act, type Of, parked } from "./applying.ts";
import { requestOfDecision } from "./match.ts";
import { cancellationCodes } from "./operation-codes.ts";
import type { Applied, BureauResult } from "./results.ts";

type Cancelled = Extract<BureauResult, { kind: "cancelled" }>;

/** Something on record that the bureau's id means. */
type Object = {
  id: number;
  /** The filing that put it on record, null where none of ours did; and whose it is. */
  filingId: number | null;
  accountId: number | null;
  /** 备案号 of it, or of what it hangs on. */
  number: string;
  cancelled: boolean;
};

/**
 * ZXSJ, 注销数据: marks it as cancelled with all that hangs below it, opens a task to cut for each access that ends
 * (企业系统接口规范 V3.0, 1-3), and tells its owner, the staff and the provider's system. What we asked for ourselves ends that filing; what we do not know is parked.
 */
export async function applyCancelled(store: Store, place: Of<Cancelled>): Promise<Applied> {
  const { answer, result } = place;
  const { of, bureauId } = result;
  if (of === undefined || bureauId === undefined) return parked("注销数据不完整");
  const found = await objectOf(store.db, answer, of, bureauId);
  if (!found) return parked("注销数据里的编号不在备案库里");
  const own = await ownCancellation(store, place, of, bureauId);
  if (own !== undefined) return { outcome: "applied", filingId: own, note: null };
  if (found.cancelled) return { outcome: "repeated", filingId: found.filingId, note: null };
  const target = { ispId: answer.ispId, kind: of, id: found.id };
  const ended = await cancelRecord(store.db, target, null);
  await cut(store, place, of, found, accessesOf(ended));
  await tell(store, answer.ispId, of, found, `cancelled:${answer.id}:${place.position}`);
  return { outcome: "applied", filingId: found.filingId, note: null };
}

/** Our own 注销 that waits at the bureau ends with it; gives the filing's id. */
async function ownCancellation(
  store: Store,
  place: Of<Cancelled>,
  of: Scope,
  bureauId: number,
): Promise<number | undefined> {
  const sent = await requestOfDecision(store.db, place.answer.bureauId, {
    operation: cancellationCodes[of],
    about: String(bureauId),
  });
  if (!sent || sent === "ambiguous") return undefined;
  const filing = await lockFiling(store.db, sent.filingId ?? 0, { kind: "system" });
  const move = { action: "number", actor: { kind: "bureau" } } as const;
  if (refusalByTable(move.action, filing.state, move.actor)) return undefined;
  await act(store, filing, place, move, {}, () => cancelTarget(store, filing));
  return filing.id;
}

type Source = { ispId: number; bureauId: number };

const objects: Record<Scope, (db: Db, source: Source, id: number) => Promise<Object[]>> = {
  subject: (db, { bureauId }, id) => db<Object[]>`
    select s.id, s.filing_id, s.account_id, s.number, s.cancelled_at is not null as cancelled from subjects s
    where s.bureau_id = ${bureauId} and s.bureau_object_id = ${id}`,
  website: (db, { ispId, bureauId }, id) => db<Object[]>`
    select w.id, coalesce(w.filing_id, s.filing_id) as filing_id, s.account_id, w.number,
      w.cancelled_at is not null as cancelled
    from websites w join subjects s on s.id = w.subject_id
    where w.isp_id = ${ispId} and s.bureau_id = ${bureauId} and w.bureau_object_id = ${id}`,
  access: (db, { ispId, bureauId }, id) => db<Object[]>`
    select a.id, coalesce(a.filing_id, s.filing_id) as filing_id, s.account_id, w.number,
      a.cancelled_at is not null as cancelled
    from accesses a join websites w on w.id = a.website_id join subjects s on s.id = w.subject_id
    where a.isp_id = ${ispId} and s.bureau_id = ${bureauId} and a.bureau_object_id = ${id}`,
};

/** What the id means: in force before cancelled before, the newest of those. */
async function objectOf(db: Db, source: Source, of: Scope, id: number): Promise<Object | undefined> {
  const found = [...(await objects[of](db, source, id))].sort((a, b) => b.id - a.id);
  return found.find(({ cancelled }) => !cancelled) ?? found[0];
}

/** 断开接入, and the same to the provider's own system. */
async function cut(
  store: Store,
  { answer, position }: Of<Cancelled>,
  of: Scope,
  { id, number }: Object,
  accesses: readonly number[],
): Promise<void> {
  const { ispId } = answer;
  const reference = `answer:${answer.id}:${position}`;
  await cutAccesses(store, { ispId, cause: "bureau", reference }, accesses);
  const payload = { of, record: id, number, accesses: [...accesses] };
  await queueEvent(store, { ispId, event: "record.cancelled", cause: reference, payload });
}

const names: Record<Scope, string> = { subject: "主体", website: "网站", access: "网站接入" };

async function tell(store: Store, ispId: number, of: Scope, found: Object, cause: string): Promise<void> {
  const { filingId, accountId, number } = found;
  const variables = { what: names[of], number };
  if (accountId !== null) {
    const filing = { ...(filingId !== null && { id: filingId }), ispId, accountId };
    await noticeRegistrant(store, filing, "record-cancelled", variables, cause);
  }
  const to = { ...(filingId !== null && { filingId }), ispId, role: "submitter" } as const;
  await noticeStaff(store, to, "record-cancelled", variables, cause);
}
