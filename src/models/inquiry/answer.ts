import { seal } from "../../crypto/seal.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden } from "../errors.ts";
import { wakeBureau } from "../filing/effects.ts";
import { ispSettings } from "../isp/settings.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import {
  type Inquiry,
  type InquiryReply,
  type InquiryRow,
  inquiryContext,
  inquiryKey,
  lockInquiry,
  type ReplyByHand,
  writeEvent,
} from "./rows.ts";

const mustSubmit = (actor: Staff): void => {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 work on inquiries");
};

/** Somebody else holds it now. */
const isHeld = ({ isTaken, takenBy }: Inquiry, { staffId }: Staff): boolean => isTaken && takenBy !== staffId;

const sealedReply = (store: Store, found: InquiryRow, reply: InquiryReply | ReplyByHand): Buffer =>
  seal(inquiryKey(store, found), JSON.stringify(reply), inquiryContext(found.ispId, "answer"));

/** Takes an open inquiry for as long as a claim lasts; false when somebody else has it or it is answered. */
export async function takeInquiryOn(root: RootStore, actor: Staff, id: number): Promise<boolean> {
  mustSubmit(actor);
  const { claimMinutes } = await ispSettings(root.db, actor.ispId);
  return inTransaction(root, async (store) => {
    const found = await lockInquiry(store, actor, id);
    if (found.state !== "open" || isHeld(found, actor)) return false;
    await store.db`
      update inquiries set taken_by = ${actor.staffId}, taken_until = now() + make_interval(mins => ${claimMinutes})
      where id = ${id}`;
    if (!found.isTaken) await writeEvent(store.db, found, "taken", {}, actor.staffId);
    return true;
  });
}

/** Gives back what one holds; what nobody or somebody else holds stays as it is. */
export async function releaseInquiry(root: RootStore, actor: Staff, id: number): Promise<void> {
  mustSubmit(actor);
  await inTransaction(root, async (store) => {
    const found = await lockInquiry(store, actor, id);
    if (!found.isTaken || isHeld(found, actor)) return;
    await store.db`update inquiries set taken_by = null, taken_until = null where id = ${id}`;
    await writeEvent(store.db, found, "released", {}, actor.staffId);
  });
}

/** `answered`, also where the same form came twice · `held` by somebody else · `over`: it was answered otherwise */
export type Answered = "answered" | "held" | "over";

/**
 * Answers an open inquiry: the answer waits for the bureau's queue. Once, however often the form comes (`requestId`);
 * of two who answer at once the second is told. Throws NotFound for one of another provider.
 */
export async function answerInquiry(
  root: RootStore,
  actor: Staff,
  id: number,
  { reply, requestId }: { reply: InquiryReply; requestId: string },
): Promise<Answered> {
  mustSubmit(actor);
  return inTransaction(root, async (store) => {
    const found = await lockInquiry(store, actor, id);
    if (found.requestId === requestId) return "answered";
    if (found.state !== "open") return "over";
    if (isHeld(found, actor)) return "held";
    await store.db`
      update inquiries set state = 'to_send', answer_sealed = ${sealedReply(store, found, reply)}, answered_by = ${actor.staffId},
        answered_at = now(), request_id = ${requestId}, problem = null, taken_by = null, taken_until = null
      where id = ${id}`;
    const { correct, opinion, source } = reply;
    await writeEvent(store.db, found, "answered", { correct, opinion, source }, actor.staffId);
    await recordLook(store.db, actor, "answer-inquiry", [null], { inquiry: id, correct, source });
    await wakeBureau(store.db, found.bureauId);
    return "answered";
  });
}

/** 已线下答复: the bureau was answered in another way. False where it does not wait for staff any more. */
export async function closeInquiry(
  root: RootStore,
  actor: Staff,
  id: number,
  note: string,
): Promise<boolean> {
  mustSubmit(actor);
  return inTransaction(root, async (store) => {
    const found = await lockInquiry(store, actor, id);
    if (found.state !== "open" || isHeld(found, actor)) return false;
    const reply: ReplyByHand = { byHand: note };
    await store.db`
      update inquiries set state = 'settled', settled_at = now(), answered_by = ${actor.staffId}, answered_at = now(),
        answer_sealed = ${sealedReply(store, found, reply)}, problem = null, taken_by = null, taken_until = null
      where id = ${id}`;
    await writeEvent(store.db, found, "closed-by-hand", {}, actor.staffId);
    await recordLook(store.db, actor, "answer-inquiry", [null], { inquiry: id, byHand: true });
    return true;
  });
}

/**
 * 请主办者核对: writes to the account of the record what to look at. Once a form. False where the record is in no
 * account, or the inquiry is not open.
 */
export async function askRegistrant(
  root: RootStore,
  actor: Staff,
  id: number,
  { words, requestId }: { words: string; requestId: string },
): Promise<boolean> {
  mustSubmit(actor);
  return inTransaction(root, async (store) => {
    const found = await lockInquiry(store, actor, id);
    const [record] = await store.db<{ accountId: number | null; number: string }[]>`
      select account_id, number from subjects
      where id = ${found.subjectId} and isp_id = ${actor.ispId} and cancelled_at is null`;
    if (found.state !== "open" || !record?.accountId || found.subjectId === null) return false;
    const [asked] = await store.db`
      select 1 from inquiry_events where inquiry_id = ${id} and detail ->> 'request' = ${requestId}`;
    if (asked) return true;
    await writeEvent(store.db, found, "registrant-asked", { request: requestId }, actor.staffId);
    await noticeRegistrant(
      store,
      { ispId: actor.ispId, accountId: record.accountId },
      "inquiry-to-registrant",
      { record: found.subjectId, number: record.number, words, until: found.dueAt },
      `inquiry:${id}:registrant:${requestId}`,
    );
    return true;
  });
}
