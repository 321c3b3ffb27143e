import { enqueue } from "../../jobs.ts";
import type { HookEvent } from "../../vocabulary/hook-events.ts";
import type { Store } from "../store.ts";

/**
 * Something that the provider's system is told. `cause` names what happened; the same cause is told once. The payload
 * holds numbers, codes, domains and addresses, never anything of a person.
 */
export type NewEvent = {
  ispId: number;
  event: HookEvent;
  cause: string;
  cutId?: number;
  payload: Record<string, unknown>;
};

/**
 * Writes the delivery and its job in the caller's transaction, where the provider has a hook that wants the event. Gives
 * the delivery's id, undefined when there is nothing to deliver.
 */
export async function queueEvent({ db }: Pick<Store, "db">, told: NewEvent): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    insert into hook_deliveries (isp_id, event, cause, cut_id, payload)
    select h.isp_id, ${told.event}, ${told.cause}, ${told.cutId ?? null}, ${db.json(told.payload as never)}
    from isp_hooks h where h.isp_id = ${told.ispId} and ${told.event} = any(h.events)
    on conflict do nothing returning id`;
  if (row) await sendSoon({ db }, { id: row.id, ispId: told.ispId });
  return row?.id;
}

/** Asks for a try. Those of a provider go one after the other: a system that hangs holds up nothing else. */
export const sendSoon = (
  { db }: Pick<Store, "db">,
  { id, ispId }: { id: number; ispId: number },
  runAt?: Date,
): Promise<void> =>
  enqueue(
    db,
    "send-hook",
    { deliveryId: id },
    { key: `hook:${id}`, queue: `hook:${ispId}`, ...(runAt && { runAt }) },
  );
