import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { type Filing, filingsById } from "../filing/rows.ts";

/** A filing whose registrant wrote and got no answer yet. */
export type Unanswered = { filing: Filing; count: number; since: Date; lastId: number };

/** Filings with unanswered messages (新留言), the longest waiting first. */
export async function unansweredMessages(db: Db, actor: Staff, limit = 100): Promise<Unanswered[]> {
  const rows = await db<{ filingId: number; count: number; since: Date; lastId: number }[]>`
    select filing_id, count(*) as count, min(created_at) as since, max(id) as last_id
    from messages where isp_id = ${actor.ispId} and read_at is null and account_id is not null
    group by filing_id order by min(id) limit ${limit}`;
  const filings = await filingsById(
    db,
    actor,
    rows.map(({ filingId }) => filingId),
  );
  return rows.flatMap(({ filingId, ...row }) => {
    const filing = filings.get(filingId);
    return filing ? [{ ...row, filing }] : [];
  });
}

/** How many filings that are. */
export async function unansweredCount(db: Db, { ispId }: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(distinct filing_id) from messages
    where isp_id = ${ispId} and read_at is null and account_id is not null`;
  return row?.count ?? 0;
}
