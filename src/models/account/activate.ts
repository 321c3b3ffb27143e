import postgres from "postgres";
import { hashPassword } from "../../crypto/password.ts";
import { type Checked, checkCode } from "../code/codes.ts";
import { queueNotice } from "../notice/queue.ts";
import { inTransaction, type RootStore } from "../store.ts";
import type { Account } from "./find.ts";

/** `taken`: the address or the number has meanwhile been activated by another account. */
export type Activated = { result: "activated" } | { result: "taken" } | Exclude<Checked, { result: "ok" }>;

/**
 * 激活: tries the code that was sent to the account's e-mail address; then the account is active. `password`: the first one
 * that its owner chose, where staff opened the account.
 */
export async function activate(
  root: RootStore,
  account: Account,
  typed: string,
  password?: string,
): Promise<Activated> {
  const subject = { purpose: "activation", holder: `account:${account.id}`, target: account.email } as const;
  const checked = await checkCode(root, subject, typed);
  if (checked.result !== "ok") return checked;
  const passwordHash = password === undefined ? null : await hashPassword(password);
  try {
    await inTransaction(root, async (store) => {
      await store.db`
        update accounts set state = 'active', activated_at = now(), lapses_at = null,
          password_hash = coalesce(${passwordHash}, password_hash)
        where id = ${account.id} and state = 'pending'`;
      await queueNotice(store, {
        ispId: account.ispId,
        accountId: account.id,
        channel: "sms",
        template: "account-activated",
        address: account.mobile,
        variables: { userName: account.userName },
        cause: `account-activated:${account.id}:sms`,
      });
    });
  } catch (error) {
    if (isTaken(error)) return { result: "taken" };
    throw error;
  }
  return { result: "activated" };
}

const unique = ["account_email_taken", "account_mobile_taken"];

/** Whether the database refused a second account with the same verified address or number. */
export const isTaken = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && unique.includes(error.constraint_name ?? "");
