import type { Db } from "../../db/client.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { sendSoon } from "./queue.ts";

/** A delivery as lists show it. */
export type Delivery = {
  id: number;
  eventId: string;
  event: string;
  cutId: number | null;
  state: "queued" | "delivered" | "failed";
  tries: number;
  lastCode: number | null;
  occurredAt: Date;
  triedAt: Date | null;
  settledAt: Date | null;
};

const columns = (db: Db) => db`
  id, event_id, event, cut_id, state, tries, last_code, occurred_at, tried_at, settled_at from hook_deliveries`;

/** What a provider's system was told, newest first; with `before` what was told earlier. */
export const deliveriesOf = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  { before = Number.MAX_SAFE_INTEGER, limit = 50 } = {},
): Promise<Delivery[]> => db<Delivery[]>`
  select ${columns(db)} where isp_id = ${ispId} and id < ${before} order by id desc limit ${limit}`;

/** What it was told about one task, newest first. */
export const deliveriesOfCut = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  cutId: number,
): Promise<Delivery[]> => db<Delivery[]>`
  select ${columns(db)} where cut_id = ${cutId} and isp_id = ${ispId} order by id desc limit 20`;

/**
 * Sends an event once more under its id, from now on for a day again: delivered before or not, the other side knows it by
 * the id. What waits is tried at once. Throws NotFound for one of another provider.
 */
export async function sendAgain(root: RootStore, actor: Staff, id: number): Promise<Delivery> {
  if (!hasRole(actor, "submitter", "administrator")) throw new Forbidden("only 上报 and 管理员 send again");
  return inTransaction(root, async ({ db }) => {
    const [row] = await db<Delivery[]>`
      update hook_deliveries set state = 'queued', settled_at = null, queued_at = now(), round = 0
      where id = ${id} and isp_id = ${actor.ispId}
      returning id, event_id, event, cut_id, state, tries, last_code, occurred_at, tried_at, settled_at`;
    if (!row) throw new NotFound(`no delivery ${id}`);
    await recordLook(db, actor, "send-hook-again", [null], { delivery: id });
    await sendSoon({ db }, { id, ispId: actor.ispId });
    return row;
  });
}
