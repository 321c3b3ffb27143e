import type { Db } from "../../db/client.ts";
import type { Channel, NoticeTemplate } from "./templates.ts";

export type NoticeState = "queued" | "sending" | "sent" | "failed" | "unclear";

/** A line of the notice log: what was told and what became of it, never to which address. */
export type NoticeEntry = {
  id: string;
  channel: Channel;
  template: NoticeTemplate;
  /** Number of its filing. */
  filing: string | null;
  state: NoticeState;
  tries: number;
  problem: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

const columns = (db: Db) => db`
  n.id, n.channel, n.template, f.number as filing, n.state, n.tries, n.problem, n.created_at, n.sent_at`;

/** Everything that was told about a filing, newest first. */
export const noticesOfFiling = (
  db: Db,
  ispId: number,
  filingId: number,
  limit = 100,
): Promise<NoticeEntry[]> =>
  db<NoticeEntry[]>`
    select ${columns(db)} from notices n left join filings f on f.id = n.filing_id
    where n.filing_id = ${filingId} and n.isp_id = ${ispId}
    order by n.created_at desc, n.id limit ${limit}`;

/** Notices of a provider older than `before`, newest first; `states` narrows them. */
export function noticesOfIsp(
  db: Db,
  ispId: number,
  { states, before, limit = 50 }: { states?: readonly NoticeState[]; before?: Date; limit?: number } = {},
): Promise<NoticeEntry[]> {
  return db<NoticeEntry[]>`
    select ${columns(db)} from notices n left join filings f on f.id = n.filing_id
    where n.isp_id = ${ispId}
      ${states ? db`and n.state = any(${[...states]})` : db``}
      ${before ? db`and n.created_at < ${before}` : db``}
    order by n.created_at desc, n.id limit ${limit}`;
}

/** How many notices wait or failed in the installation, by state and channel: for doctor and metrics. */
export const unsentNotices = (db: Db): Promise<{ state: NoticeState; channel: Channel; count: number }[]> =>
  db<{ state: NoticeState; channel: Channel; count: number }[]>`
    select state, channel, count(*) as count from notices
    where state in ('queued', 'sending', 'failed', 'unclear')
    group by state, channel order by state, channel`;
