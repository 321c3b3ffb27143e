import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";

/** Looks and acts of staff that change no filing; what changes one stands in its history. */
export type AuditAction =
  | "open-filing"
  | "show-value"
  | "open-curtain"
  | "print-labels"
  | "search-personal"
  | "open-record"
  | "open-material"
  | "open-form"
  | "change-product"
  | "add-announcement"
  | "change-announcement"
  | "take-down-announcement"
  | "add-question"
  | "change-question"
  | "arrange-questions"
  | "add-place"
  | "change-place"
  | "close-place"
  | "change-settings"
  | "change-words"
  | "change-province-rule"
  | "start-termination"
  | "decide-termination"
  | "file-termination"
  | "repair-record"
  | "show-difference"
  | "compare-records"
  | "open-inquiry"
  | "answer-inquiry"
  | "close-inspection"
  | "open-package"
  | "download-package"
  | "download-answer"
  | "skip-answer"
  | "assign-result"
  | "retry-result"
  | "handle-result"
  | "add-blacklist-entry"
  | "remove-blacklist-entry"
  | "answer-sites"
  | "close-cut"
  | "send-hook-again"
  | "adopt-code-table"
  | "dismiss-code-table";

/**
 * Writes what a member of staff looked at, one row a filing (one row without a filing where there is none).
 * `detail` holds keys and codes, never a value of a person.
 */
export async function recordLook(
  db: Db,
  actor: Staff,
  action: AuditAction,
  filingIds: readonly (number | null)[],
  detail: Record<string, unknown> = {},
): Promise<void> {
  if (filingIds.length === 0) return;
  await db`
    insert into audit_log (isp_id, actor_kind, actor_id, action, filing_id, detail)
    select ${actor.ispId}, 'staff', ${actor.staffId}, ${action}, f, ${db.json(detail as never)}
    from unnest(${[...filingIds]}::bigint[]) f`;
}
