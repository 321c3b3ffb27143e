import { openText } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import type { ChangedSubject, ChangedWebsite } from "../../gateways/bureau/operations.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";

/** `open` staff have to answer · `to_send` the answer waits or is on its way · `settled` the bureau has it */
export type InquiryState = "open" | "to_send" | "settled";

/** A 核实任务 without what is sealed. */
export type Inquiry = {
  id: number;
  ispId: number;
  bureauId: number;
  subjectId: number | null;
  state: InquiryState;
  /** How often the bureau asked. */
  times: number;
  askedAt: Date;
  dueAt: Date;
  takenBy: number | null;
  /** Held by somebody now; the name is given then. */
  isTaken: boolean;
  takenByName: string | null;
  answeredBy: number | null;
  answeredAt: Date | null;
  requestId: string | null;
  /** Why an answer came back: a code of the bureau or a word of ours. */
  problem: string | null;
  settledAt: Date | null;
};

export type InquiryRow = Inquiry & { dataKey: Buffer; recordSealed: Buffer; answerSealed: Buffer | null };

/** Answered in another way than by the interface: how, in words of staff. */
export type ReplyByHand = { byHand: string };

/** What staff found, with the data that goes back; scans of approvals are added when it is sent. */
export type InquiryReply = {
  correct: boolean;
  checkedBy: string;
  /** YYYY-MM-DD */
  checkedOn: string;
  opinion: number;
  faults: string;
  /** Whose data go back: as they stand with us, or as the bureau sent them. */
  source: "ours" | "theirs";
  subject: ChangedSubject;
  websites: ChangedWebsite[];
};

export const inquiryColumns = (db: Db) => db`
  q.id, q.isp_id, q.bureau_id, q.subject_id, q.state, q.times, q.asked_at, q.due_at, q.taken_by,
  coalesce(q.taken_until > now(), false) as is_taken, q.answered_by, q.answered_at, q.request_id, q.problem,
  q.settled_at, q.data_key, q.record_sealed, q.answer_sealed,
  (select s.name from staff s where s.id = q.taken_by and q.taken_until > now()) as taken_by_name`;

/** Sealing context of what an inquiry holds. Its id is not known before the row is: the key is of the row alone. */
export const inquiryContext = (ispId: number, part: "record" | "answer"): string =>
  `isp:${ispId}:inquiry:${part}`;

export const inquiryKey = ({ vault }: Pick<Store, "vault">, { dataKey }: { dataKey: Buffer }): DataKey =>
  vault.unwrap(dataKey);

/** The record as the bureau sent it. */
export const recordAsked = (store: Pick<Store, "vault">, row: InquiryRow): BureauRecord =>
  JSON.parse(
    openText(inquiryKey(store, row), row.recordSealed, inquiryContext(row.ispId, "record")),
  ) as BureauRecord;

/** What was answered last; undefined before. */
export const replyOf = (
  store: Pick<Store, "vault">,
  row: InquiryRow,
): InquiryReply | ReplyByHand | undefined =>
  row.answerSealed
    ? (JSON.parse(openText(inquiryKey(store, row), row.answerSealed, inquiryContext(row.ispId, "answer"))) as
        | InquiryReply
        | ReplyByHand)
    : undefined;

/** An inquiry of the provider. Throws NotFound. */
export async function findInquiry(
  { db }: Pick<Store, "db">,
  { ispId }: Pick<Staff, "ispId">,
  id: number,
): Promise<InquiryRow> {
  const [row] = await db<InquiryRow[]>`
    select ${inquiryColumns(db)} from inquiries q where q.id = ${id} and q.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no inquiry ${id}`);
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockInquiry(
  { db }: Pick<Store, "db">,
  { ispId }: Pick<Staff, "ispId">,
  id: number,
): Promise<InquiryRow> {
  await db`select 1 from inquiries where id = ${id} and isp_id = ${ispId} for update`;
  return findInquiry({ db }, { ispId }, id);
}

/** What happened to an inquiry, oldest first. `detail` holds codes and ids. */
export type InquiryAction =
  | "asked"
  | "asked-again"
  | "taken"
  | "released"
  | "registrant-asked"
  | "answered"
  | "sent"
  | "came-back"
  | "closed-by-hand";

export type InquiryEvent = {
  id: number;
  action: InquiryAction;
  staff: string | null;
  detail: Record<string, unknown>;
  createdAt: Date;
};

export async function writeEvent(
  db: Db,
  { id, ispId }: Pick<Inquiry, "id" | "ispId">,
  action: InquiryAction,
  detail: Record<string, unknown> = {},
  staffId: number | null = null,
): Promise<void> {
  await db`
    insert into inquiry_events (isp_id, inquiry_id, action, staff_id, detail)
    values (${ispId}, ${id}, ${action}, ${staffId}, ${db.json(detail as never)})`;
}

export const eventsOf = (db: Db, { id, ispId }: Pick<Inquiry, "id" | "ispId">): Promise<InquiryEvent[]> => db<
  InquiryEvent[]
>`
  select e.id, e.action, s.name as staff, e.detail, e.created_at
  from inquiry_events e left join staff s on s.id = e.staff_id
  where e.inquiry_id = ${id} and e.isp_id = ${ispId} order by e.id limit 200`;
