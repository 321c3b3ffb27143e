import { seal } from "../../crypto/seal.ts";
import { enqueue } from "../../jobs.ts";
import type { Store } from "../store.ts";

/** Every template has a view `views/mail/<name>.eta` and, where short messages exist for it, `views/sms/<name>.eta`. */
export type NoticeTemplate =
  | "code-activation"
  | "code-login"
  | "code-password-reset"
  | "code-email-change"
  | "code-mobile-change"
  | "code-phone-proof"
  | "account-exists"
  | "account-activated"
  | "password-changed"
  | "filing-submitted"
  | "filing-returned"
  | "filing-approved"
  | "curtain-posted"
  | "filing-verified"
  | "sms-check"
  | "sms-check-reminder"
  | "filing-numbered"
  | "filing-closed"
  | "term-reminder"
  | "material-expiring"
  | "message-received"
  | "sla-due"
  | "sla-overdue"
  | "bureau-stopped"
  | "numbers-missing";

export type Notice = {
  ispId: number;
  accountId?: number;
  staffId?: number;
  filingId?: number;
  /** The row of `codes` whose code this notice carries; the worker makes the code when it sends. */
  codeId?: number;
  channel: "mail" | "sms";
  template: NoticeTemplate;
  /** An e-mail address or a mobile number, sealed at once. */
  address: string;
  /** What the template needs, sealed at once. */
  variables: Record<string, unknown>;
  /** Names the cause and the channel: the same cause is noticed once (`returned:event:77:mail`). */
  cause: string;
};

/** Sealing context of a notice's columns. */
export const noticeContext = (id: string, column: "address" | "variables"): string => `notice:${id}:${column}`;

/** Writes the notice and its job in the caller's transaction. Gives its id, undefined when that cause was noticed before. */
export async function queueNotice({ db, vault }: Store, notice: Notice): Promise<string | undefined> {
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
  await enqueue(db, "send-notice", { noticeId: id }, { key: `notice:${id}`, priority: notice.codeId ? -10 : 0 });
  return id;
}
