import { closeByHook } from "../cut/close.ts";
import { noticeStaff } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type HookTarget, hookTarget } from "./hook.ts";
import { sendSoon } from "./queue.ts";

/** A delivery that this process has begun to send. */
export type Sending = {
  id: number;
  ispId: number;
  eventId: string;
  event: string;
  cutId: number | null;
  payload: Record<string, unknown>;
  occurredAt: Date;
  /** Which try this is, from 1; only the newest records that it came to nothing. */
  tries: number;
  /** The same since it was queued, or since a person had it tried again. */
  round: number;
};

/** A try with where it goes. */
export type Begun = { sending: Sending; target: HookTarget };

/** Minutes between two tries; after the last one nearly a day has passed. */
const PAUSES = [1, 5, 15, 30, 60, 120, 240, 480, 480];

/**
 * Begins a try. Undefined when there is nothing to send: delivered, given up, or the hook is gone. A try whose worker
 * died has left no trace: the next one sends the same event under the same id.
 */
export async function beginDelivery(store: Store, id: number): Promise<Begun | undefined> {
  const [sending] = await store.db<Sending[]>`
    update hook_deliveries set tries = tries + 1, round = round + 1, tried_at = now()
    where id = ${id} and state = 'queued'
    returning id, isp_id, event_id, event, cut_id, payload, occurred_at, tries, round`;
  if (!sending) return undefined;
  const target = await hookTarget(store, sending.ispId);
  if (target) return { sending, target };
  await store.db`
    update hook_deliveries set state = 'failed', settled_at = now(), last_problem = 'the hook was removed'
    where id = ${id} and state = 'queued'`;
  return undefined;
}

/** The message as it is sent, the same on every try. */
export const bodyOf = ({ eventId, event, occurredAt, payload }: Sending): string =>
  JSON.stringify({ id: eventId, event, at: occurredAt.toISOString(), ...payload });

/** The other side took it; `done`: and says that the access is cut, which closes the task. */
export const recordDelivered = (
  root: RootStore,
  { id, cutId }: Sending,
  { status, done }: { status: number; done: boolean },
): Promise<void> =>
  inTransaction(root, async (store) => {
    await store.db`
      update hook_deliveries set state = 'delivered', settled_at = now(), last_code = ${status}, last_problem = null
      where id = ${id} and state <> 'delivered'`;
    if (done && cutId !== null) await closeByHook(store, cutId);
  });

/**
 * It was not taken, or nobody knows. Tried again after a pause that grows; after a day it is given up and staff are told.
 * `problem` is a fixed sentence. True when it will be tried again.
 */
export const recordNotDelivered = (
  root: RootStore,
  sending: Sending,
  { status, problem }: { status: number | null; problem: string },
): Promise<boolean> =>
  inTransaction(root, async (store) => {
    const { id, ispId, tries, round } = sending;
    const pause = PAUSES[round - 1];
    const rows = await store.db`
      update hook_deliveries set last_code = ${status}, last_problem = ${problem},
        state = ${pause === undefined ? "failed" : "queued"},
        settled_at = case when ${pause === undefined} then now() end
      where id = ${id} and tries = ${tries} and round = ${round} and state = 'queued' returning id`;
    if (rows.length === 0) return false;
    if (pause === undefined) await alarm(store, sending);
    else await sendSoon(store, { id, ispId }, new Date(Date.now() + pause * 60_000));
    return pause !== undefined;
  });

/** 上报 cut what the provider's system does not, 管理员 see to the hook. */
async function alarm(store: Store, { id, ispId, event, tries, cutId }: Sending): Promise<void> {
  for (const role of ["submitter", "administrator"] as const)
    await noticeStaff(store, { ispId, role }, "hook-failed", { event, cut: cutId }, `hook:${id}:${tries}`);
}
