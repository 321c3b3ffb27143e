import type { Actor } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { destinationOf } from "./destinations.ts";
import { effects } from "./effects.ts";
import { guards } from "./guards.ts";
import { appendEvent } from "./history.ts";
import { type Filing, lockFiling } from "./rows.ts";
import { dueAt } from "./sla.ts";
import type { ReturnedFrom, State } from "./states.ts";
import { type Action, type Refusal, refusalByTable, rowOf } from "./workflow.ts";

/** One place to correct: a field of a section, a material, or the filing as a whole. */
export type Reason = {
  sectionId?: number | null;
  field?: string | null;
  slot?: string | null;
  /** Id of a return reason, "other" when only the note says it. */
  reason: string;
  /** What the registrant reads besides the reason. */
  note?: string;
};

export type Input = {
  reasons?: readonly Reason[];
  /** Why a filing with an open error was let through. */
  justification?: string;
  declared?: boolean;
  /** To whom a claim is handed over. */
  staffId?: number;
  formSignedOn?: string;
  /** What the other side reads with the notice; kept nowhere else by the transition. */
  words?: string;
  /** Goes into the event: keys, codes and digests only. */
  detail?: Record<string, unknown>;
};

export type Request = {
  filingId: number;
  action: Action;
  actor: Actor;
  /** Made when the page was drawn, or by a job from its cause: the same request counts once. */
  requestId: string;
  input?: Input;
  /** Further writes of the same act (a curtain's row, a material's row); they share the transaction and the lock. */
  within?: (context: Context, eventId: number) => Promise<void>;
};

/** What guards and effects see: the locked row, inside the transaction. */
export type Context = {
  store: Store;
  filing: Filing;
  action: Action;
  actor: Actor;
  input: Input;
  now: Date;
};

/**
 * The only writer of a filing's state: lock, guard, update, event, effects and jobs, all in one transaction or none.
 * Gives the filing as it then is. Throws NotFound for a filing the actor may not see and TransitionRefused with the
 * refusal's code; a request that was already carried out is answered again and changes nothing.
 */
export async function transition(store: RootStore, request: Request): Promise<Filing> {
  return inTransaction(store, (inside) => transitionWithin(inside, request));
}

/** The same inside a transaction that the caller has begun. */
export async function transitionWithin(store: Store, request: Request): Promise<Filing> {
  const { action, actor, requestId, input = {} } = request;
  const filing = await lockFiling(store.db, request.filingId, actor);
  const [at] = await store.db<{ now: Date; done: boolean }[]>`
    select now() as now, exists (
      select 1 from filing_events where filing_id = ${filing.id} and request_id = ${requestId}) as done`;
  if (at?.done) return filing;

  const context: Context = { store, filing, action, actor, input, now: at?.now ?? new Date() };
  const refusal = await refusalOf(context);
  if (refusal) throw new TransitionRefused(action, refusal);

  const to = await destinationOf(context, rowOf(action).to);
  await moveTo(context, to);
  const detail = { ...input.detail, ...(input.reasons ? { reasons: input.reasons.map(withoutNote) } : {}) };
  const eventId = await appendEvent(store.db, {
    filing,
    action,
    actor,
    from: filing.state,
    to: to.state,
    requestId,
    detail,
  });
  await request.within?.(context, eventId);
  for (const effect of rowOf(action).effects ?? []) await effects[effect](context, eventId);
  return lockFiling(store.db, filing.id, { kind: "system" });
}

/** Everything that speaks against the action: first the table, then its guards in order. */
export async function refusalOf(context: Context): Promise<Refusal | undefined> {
  const { action, actor, filing } = context;
  const byTable = refusalByTable(action, filing.state, actor);
  if (byTable) return byTable;
  for (const guard of rowOf(action).guards ?? []) {
    const refusal = await guards[guard](context);
    if (refusal) return refusal;
  }
  return undefined;
}

/** A note may hold what a person wrote; the event keeps the codes, `filing_returns` the sealed note. */
const withoutNote = ({ sectionId, field, slot, reason }: Reason) => ({ sectionId, field, slot, reason });

async function moveTo(
  context: Context,
  to: { state: State; returnedFrom: ReturnedFrom | null },
): Promise<void> {
  const { store, filing, now } = context;
  if (to.state === filing.state && to.returnedFrom === filing.returnedFrom) {
    await store.db`update filings set updated_at = now() where id = ${filing.id}`;
    return;
  }
  const due = await dueAt(store, filing.ispId, to.state, now);
  await store.db`
    update filings set state = ${to.state}, returned_from = ${to.returnedFrom}, former_state = ${filing.state},
      former_from = ${filing.returnedFrom},      state_since = now(), due_at = ${due}, updated_at = now()
    where id = ${filing.id}`;
}
