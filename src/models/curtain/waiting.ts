import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";

/** How many curtains wait to be posted. */
export async function orderedCurtains(db: Db, { ispId }: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) from curtains where isp_id = ${ispId} and state = 'ordered'`;
  return row?.count ?? 0;
}
