import type { Db } from "../../db/client.ts";
import { findAccount } from "../account/find.ts";
import type { Actor } from "../actor.ts";
import { actorId } from "../actor.ts";
import { queueNotice } from "../notice/queue.ts";
import { channels, type NoticeTemplate, type NoticeVariables } from "../notice/templates.ts";
import type { Store } from "../store.ts";

/** Writes to an account through every channel of the template; the same cause is noticed once on each. */
export async function tellAccount<T extends NoticeTemplate>(
  store: Store,
  accountId: number,
  template: T,
  variables: NoticeVariables[T],
  cause: string,
): Promise<void> {
  const { ispId, email, mobile } = await findAccount(store, accountId);
  for (const channel of channels[template])
    await queueNotice<T>(store, {
      ...{ ispId, accountId, channel, template, variables },
      address: channel === "mail" ? email : mobile,
      cause: `${cause}:${accountId}:${channel}`,
    });
}

export type MoveAct =
  | "offer-record"
  | "ask-for-record"
  | "move-record"
  | "decline-record"
  | "withdraw-record"
  | "claim-record";

/** Writes into the audit log who did what with which record; ids only. */
export async function recordMoveAct(
  db: Db,
  actor: Actor & { ispId: number },
  action: MoveAct,
  detail: { moveId: number; subjectId: number; from: number | null; to: number | null },
): Promise<void> {
  await db`
    insert into audit_log (isp_id, actor_kind, actor_id, action, detail)
    values (${actor.ispId}, ${actor.kind}, ${actorId(actor)}, ${action}, ${db.json(detail)})`;
}
