import { newId } from "../../lib/ids.ts";
import { addWorkingDays } from "../../lib/working-days.ts";
import { workingCalendar } from "../filing/sla.ts";
import { type InquiryRow, inquiryColumns, recordAsked } from "../inquiry/rows.ts";
import { ispSettings } from "../isp/settings.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

/** Most inquiries named in one mail. */
const LIMIT = 200;

/** How many inquiries the reminders were about. */
export type RemindedInquiries = { soon: number; overdue: number };

/**
 * Tells 上报 (else 主管) which 核实任务 are due within a working day and which are overdue, each once for each due time,
 * all of a provider in one mail. An answer that waits to be sent needs nobody.
 */
export async function remindInquiries(root: RootStore): Promise<RemindedInquiries> {
  const isps = await root.db<{ ispId: number }[]>`
    select distinct isp_id from inquiries where state = 'open' order by 1`;
  const reminded: RemindedInquiries = { soon: 0, overdue: 0 };
  for (const { ispId } of isps)
    for (const kind of ["overdue", "soon"] as const)
      reminded[kind] += await inTransaction(root, (store) => remind(store, ispId, kind));
  return reminded;
}

async function remind(store: Store, ispId: number, kind: keyof RemindedInquiries): Promise<number> {
  const { db } = store;
  const { workingHours } = await ispSettings(db, ispId);
  const tomorrow = addWorkingDays(new Date(), 1, await workingCalendar(db), workingHours);
  const span =
    kind === "overdue"
      ? db`q.due_at <= now() and q.told_overdue is distinct from q.due_at`
      : db`q.due_at > now() and q.due_at <= ${tomorrow} and q.told_soon is distinct from q.due_at`;
  const due = await db<InquiryRow[]>`
    select ${inquiryColumns(db)} from inquiries q where q.isp_id = ${ispId} and q.state = 'open' and ${span}
    order by q.due_at, q.id limit ${LIMIT} for update of q skip locked`;
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  const column = kind === "overdue" ? db`told_overdue` : db`told_soon`;
  // From the column itself: a Date of ours has no microseconds.
  await db`update inquiries set ${column} = due_at where id = any(${ids}::bigint[])`;
  const tasks = due.map((row) => ({ name: taskName(store, row), dueAt: row.dueAt }));
  // The columns make it once; the cause only has to be one of its own.
  const cause = `inquiries-${kind}:${newId()}`;
  await noticeOnDuty(store, { ispId }, "inquiries-due", { tasks, overdue: kind === "overdue" }, cause);
  return due.length;
}

/** The websites that are asked about: the name of a subject may be a person's. */
const taskName = (store: Store, row: InquiryRow): string =>
  recordAsked(store, row)
    .websites.map(({ name }) => name)
    .filter((name) => name !== "")
    .join("、") || `核实任务${row.id}`;
