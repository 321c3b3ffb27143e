import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { type QueueName, rangeOf } from "./queues.ts";
import { type Filing, visibleTo } from "./rows.ts";

/** Numbers of the filings before and after one in the order of a queue, whoever holds them. */
export type Neighbours = { previous: string | undefined; next: string | undefined };

/** 上一件 and 下一件: where the filing stands in the queue, or stood. */
export async function queueNeighbours(
  db: Db,
  actor: Staff,
  queue: QueueName,
  filing: Pick<Filing, "id" | "dueAt">,
): Promise<Neighbours> {
  const due = db`coalesce(f.due_at, 'infinity')`;
  const here = db`(coalesce(${filing.dueAt}, 'infinity'::timestamptz), ${filing.id})`;
  const within = db`f.isp_id = ${actor.ispId} and ${visibleTo(db, actor)} and ${rangeOf(db, actor, queue)}`;
  const rows = await db<{ side: "previous" | "next"; number: string }[]>`
    (select 'previous' as side, f.number from filings f where ${within} and (${due}, f.id) < ${here}
      order by ${due} desc, f.id desc limit 1)
    union all
    (select 'next', f.number from filings f where ${within} and (${due}, f.id) > ${here}
      order by ${due}, f.id limit 1)`;
  const at = (side: "previous" | "next") => rows.find((row) => row.side === side)?.number;
  return { previous: at("previous"), next: at("next") };
}
