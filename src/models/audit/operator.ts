import type { Db } from "../../db/client.ts";

/** Acts of the operator at the command line. */
export type OperatorAction =
  | "add-isp"
  | "add-staff"
  | "add-bureau"
  | "change-bureau"
  | "start-bureau"
  | "pull-bureau"
  | "submit-to-bureau"
  | "resend-package"
  | "decode-file"
  | "skip-answer"
  | "show-filing"
  | "verify-history"
  | "import-products"
  | "change-products"
  | "change-province-rules"
  | "repair-record"
  | "compare-records"
  | "add-token"
  | "revoke-token"
  | "set-hook"
  | "test-hook"
  | "remove-hook"
  | "adopt-code-table"
  | "dismiss-code-table";

/** Writes what the operator did; `detail` holds ids and codes, never a value of a person or a secret. */
export async function recordOperator(
  db: Db,
  action: OperatorAction,
  about: { ispId?: number; filingId?: number; detail?: Record<string, unknown> } = {},
): Promise<void> {
  await db`
    insert into audit_log (isp_id, actor_kind, action, filing_id, detail)
    values (${about.ispId ?? null}, 'operator', ${action}, ${about.filingId ?? null}, ${db.json((about.detail ?? {}) as never)})`;
}
