import { hashPassword } from "../../crypto/password.ts";
import { seal } from "../../crypto/seal.ts";
import type { Store } from "../store.ts";
import { emailHash, mobileHash } from "./contacts.ts";
import { removeLapsed } from "./lapse.ts";
import { accountContext } from "./rows.ts";

export type NewAccount = {
  ispId: number;
  userName: string;
  /** In clear; only its argon2id hash is stored. */
  password: string;
  name: string;
  /** As `cleanEmail` gives it. */
  email: string;
  /** Eleven digits. */
  mobile: string;
  division: string;
  customerNumber?: string | null;
  remark?: string | null;
  agreementVersion: string;
  /** When the agreement was accepted; left out: now. */
  agreedAt?: Date;
  /** `active` for the demo and the command line; registration begins with `pending`. */
  state: "pending" | "active";
};

/**
 * Adds an account and gives its id; undefined when the user name is taken. Takes a transaction: the row and what follows
 * from it (code, notice) are written together. Raises a unique violation when an active one has the e-mail or number.
 */
export async function addAccount(store: Store, account: NewAccount): Promise<number | undefined> {
  const { db, vault } = store;
  const passwordHash = await hashPassword(account.password);
  await removeLapsed(db, account.userName);
  const { key, wrapped } = vault.newDataKey();
  const [next] = await db<{ id: number }[]>`select nextval(pg_get_serial_sequence('accounts', 'id')) as id`;
  const id = next?.id ?? 0;
  const active = account.state === "active";
  const rows = await db`
    insert into accounts (id, isp_id, user_name, password_hash, state, data_key, name_sealed, email_sealed, mobile_sealed,
      email_hash, mobile_hash, division, customer_number, remark, agreement_version, agreed_at, activated_at, lapses_at)
    overriding system value
    values (${id}, ${account.ispId}, ${account.userName}, ${passwordHash}, ${account.state}, ${wrapped},
      ${seal(key, account.name, accountContext(id, "name"))}, ${seal(key, account.email, accountContext(id, "email"))},
      ${seal(key, account.mobile, accountContext(id, "mobile"))}, ${emailHash(vault, account.email)},
      ${mobileHash(vault, account.mobile)}, ${account.division}, ${account.customerNumber || null},
      ${account.remark || null}, ${account.agreementVersion}, coalesce(${account.agreedAt ?? null}, now()),
      case when ${active} then now() end, case when not ${active} then now() + interval '24 hours' end)
    on conflict (lower(user_name)) do nothing returning id`;
  return rows.length > 0 ? id : undefined;
}
