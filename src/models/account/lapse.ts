import type { Db } from "../../db/client.ts";

/** How many accounts one call removes at most. */
const BATCH = 1000;

/**
 * Removes accounts that nobody activated in 24 hours, with their codes and notices: their names are free again. All of
 * them, or the one with a user name. Takes a transaction. Gives how many there were.
 */
export async function removeLapsed(db: Db, userName?: string): Promise<number> {
  const rows = await db<{ id: number }[]>`
    select id from accounts where state = 'pending' and lapses_at <= now()
      ${userName === undefined ? db`` : db`and lower(user_name) = ${userName.toLowerCase()}`}
    order by lapses_at limit ${BATCH} for update skip locked`;
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const holders = ids.map((id) => `account:${id}`);
  await db`
    delete from notices where account_id = any(${ids})
      or code_id in (select id from codes where holder = any(${holders}))`;
  await db`delete from codes where holder = any(${holders})`;
  await db`delete from accounts where id = any(${ids})`;
  return ids.length;
}
