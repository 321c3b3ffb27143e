import type { Db } from "../../db/client.ts";

/** Whether a filing is the provider's own 取消接入, which its registrant objects to but does not take back. */
export async function isTermination(db: Db, { id }: { id: number }): Promise<boolean> {
  const [row] = await db`select 1 from terminations where filing_id = ${id}`;
  return row !== undefined;
}
