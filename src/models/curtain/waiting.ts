import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { rowOf } from "../filing/workflow.ts";

/**
 * States of a filing whose ordered curtain is still to be posted: one that went on with a backdrop of its own, or is
 * over, needs none any more. A condition on `filings f`.
 */
export const needsCurtain = (db: Db) => db`f.state = any(${[...rowOf("post-curtain").from]})`;

/** How many curtains wait to be posted. */
export async function orderedCurtains(db: Db, { ispId }: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) from curtains c join filings f on f.id = c.filing_id
    where c.isp_id = ${ispId} and c.state = 'ordered' and ${needsCurtain(db)}`;
  return row?.count ?? 0;
}
