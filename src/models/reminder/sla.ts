import type { Db } from "../../db/client.ts";
import { newId } from "../../lib/ids.ts";
import type { Role } from "../actor.ts";
import type { Stage } from "../filing/sla.ts";
import { states } from "../filing/states.ts";
import { noticeStaff } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

/** Who works on a stage. */
const roleOf: Record<Stage, Role> = {
  initial_review: "initial_reviewer",
  verification: "verifier",
  ready: "submitter",
  bureau_returned: "submitter",
};

/** Hours before the due time at which those who work on the stage are told. */
const SOON_HOURS = 3;

/** Most filings named in one mail. */
const LIMIT = 200;

type Kind = "sla-due" | "sla-overdue";
type Due = { id: number; number: string; ispId: number; state: Stage; dueAt: Date };

/** What the reminders were about: how many filings are due soon, and how many are overdue. */
export type Reminded = Record<Kind, number>;

/**
 * Tells those who work on a stage which filings are due soon, and them and 主管 which are overdue: each filing once for
 * each due time, all of a stage in one mail.
 */
export async function remindSla(root: RootStore): Promise<Reminded> {
  const isps = await root.db<{ id: number }[]>`select id from isps order by id`;
  const reminded: Reminded = { "sla-due": 0, "sla-overdue": 0 };
  for (const { id: ispId } of isps)
    for (const state of Object.keys(roleOf) as Stage[])
      for (const kind of ["sla-overdue", "sla-due"] as const)
        reminded[kind] += await inTransaction(root, (store) => remindStage(store, { ispId, state, kind }));
  return reminded;
}

async function remindStage(
  store: Store,
  { ispId, state, kind }: { ispId: number; state: Stage; kind: Kind },
): Promise<number> {
  const due = await newlyDue(store.db, ispId, state, kind);
  if (due.length === 0) return 0;
  // From the column itself: a Date of ours has no microseconds.
  await store.db`
    insert into reminders (filing_id, kind, about)
    select f.id, ${kind}, f.due_at from filings f where f.id = any(${due.map(({ id }) => id)}::bigint[])
    on conflict do nothing`;
  const filings = due.map(({ number, dueAt }) => ({ number, stage: states[state].label, dueAt }));
  const roles: Role[] = kind === "sla-overdue" ? [roleOf[state], "supervisor"] : [roleOf[state]];
  // The rows above make it once; the cause only has to be one of its own.
  const cause = `${kind}:${newId()}`;
  for (const role of roles) await noticeStaff(store, { ispId, role }, kind, { filings }, cause);
  return due.length;
}

/** A range of the queue's index; an overdue filing is not called due soon as well. */
function newlyDue(db: Db, ispId: number, state: Stage, kind: Kind): Promise<Due[]> {
  const span =
    kind === "sla-overdue"
      ? db`f.due_at <= now()`
      : db`f.due_at > now() and f.due_at <= now() + make_interval(hours => ${SOON_HOURS})`;
  return db<Due[]>`
    select f.id, f.number, f.isp_id, f.state, f.due_at from filings f
    where f.isp_id = ${ispId} and f.state = ${state} and ${span}
      and not exists (select 1 from reminders r where r.filing_id = f.id and r.kind = ${kind} and r.about = f.due_at)
    order by f.due_at, f.id limit ${LIMIT}`;
}
