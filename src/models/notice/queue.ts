import { seal } from "../../crypto/seal.ts";
import { enqueue } from "../../jobs.ts";
import type { Store } from "../store.ts";
import type { Channel, NoticeTemplate, NoticeVariables } from "./templates.ts";

export type { NoticeTemplate, NoticeVariables } from "./templates.ts";

export type Notice<T extends NoticeTemplate = NoticeTemplate> = {
  ispId: number;
  accountId?: number;
  staffId?: number;
  filingId?: number;
  /** The row of `codes` whose code this notice carries; the worker makes the code when it sends. */
  codeId?: number;
  channel: Channel;
  template: T;
  /** An e-mail address or a mobile number, sealed at once. */
  address: string;
  /** What the template needs, sealed at once. */
  variables: NoticeVariables[T];
  /** Names the cause and the channel: the same cause is noticed once (`returned:event:77:mail`). */
  cause: string;
};

/** Sealing context of a notice's columns. */
export const noticeContext = (id: string, column: "address" | "variables"): string =>
  `notice:${id}:${column}`;

/** Key of the job that sends a notice: asked for twice, it runs once. */
export const noticeJob = (id: string): string => `notice:${id}`;

/** Writes the notice and its job in the caller's transaction. Gives its id, undefined when that cause was noticed before. */
export async function queueNotice<T extends NoticeTemplate>(
  { db, vault }: Store,
  notice: Notice<T>,
): Promise<string | undefined> {
  const id = crypto.randomUUID();
  const { key, wrapped } = vault.newDataKey();
  const rows = await db`
    insert into notices (id, isp_id, account_id, staff_id, filing_id, code_id, channel, template, data_key,
      address_sealed, variables_sealed, cause)
    values (${id}, ${notice.ispId}, ${notice.accountId ?? null}, ${notice.staffId ?? null}, ${notice.filingId ?? null},
      ${notice.codeId ?? null}, ${notice.channel}, ${notice.template}, ${wrapped},
      ${seal(key, notice.address, noticeContext(id, "address"))},
      ${seal(key, JSON.stringify(notice.variables), noticeContext(id, "variables"))}, ${notice.cause})
    on conflict (cause) do nothing returning id`;
  if (rows.length === 0) return undefined;
  await enqueue(
    db,
    "send-notice",
    { noticeId: id },
    { key: noticeJob(id), priority: notice.codeId ? -10 : 0 },
  );
  return id;
}
