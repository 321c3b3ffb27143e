import { openText } from "../../crypto/seal.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { emailHash } from "./contacts.ts";
import { type AccountState, accountContext } from "./rows.ts";

/** An account with what it takes to write to its owner. */
export type Account = {
  id: number;
  ispId: number;
  userName: string;
  state: AccountState;
  passwordHash: string;
  name: string;
  email: string;
  mobile: string;
  lastLoginAt: Date | null;
  lastLoginPlace: string | null;
  lastLoginDevice: string | null;
};

type Row = Omit<Account, "name" | "email" | "mobile"> & {
  dataKey: Buffer;
  nameSealed: Buffer;
  emailSealed: Buffer;
  mobileSealed: Buffer;
};

/** Opens what is sealed in a row. */
function toAccount({ vault }: Store, row: Row | undefined): Account | undefined {
  if (!row) return undefined;
  const { dataKey, nameSealed, emailSealed, mobileSealed, ...rest } = row;
  const key = vault.unwrap(dataKey);
  return {
    ...rest,
    name: openText(key, nameSealed, accountContext(row.id, "name")),
    email: openText(key, emailSealed, accountContext(row.id, "email")),
    mobile: openText(key, mobileSealed, accountContext(row.id, "mobile")),
  };
}

const columns = ({
  db,
}: Store) => db`id, isp_id, user_name, state, password_hash, data_key, name_sealed, email_sealed,
  mobile_sealed, last_login_at, last_login_place, last_login_device`;

/** An account by its id; throws `NotFound`. A pending one whose 24 hours are over is gone. */
export async function findAccount(store: Store, id: number): Promise<Account> {
  const [row] = await store.db<Row[]>`
    select ${columns(store)} from accounts where id = ${id} and (state <> 'pending' or lapses_at > now())`;
  const account = toAccount(store, row);
  if (!account) throw new NotFound("no such account");
  return account;
}

/**
 * The account that somebody means who types a user name or an e-mail address; with `ispId` only one of that provider.
 * An address finds activated accounts alone: before that it is not known whose it is.
 */
export async function accountByLogin(
  store: Store,
  login: string,
  ispId?: number,
): Promise<Account | undefined> {
  const [row] = await store.db<Row[]>`
    select ${columns(store)} from accounts
    where (lower(user_name) = ${login.toLowerCase()} and (state <> 'pending' or lapses_at > now())
        or email_hash = ${emailHash(store.vault, login)} and state <> 'pending')
      and (${ispId ?? null}::bigint is null or isp_id = ${ispId ?? null})
    limit 1`;
  return toAccount(store, row);
}

/** Id of the active account of the provider with a user name. */
export async function accountNamed(
  { db }: Pick<Store, "db">,
  ispId: number,
  userName: string,
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    select id from accounts
    where isp_id = ${ispId} and lower(user_name) = ${userName.toLowerCase()} and state = 'active'`;
  return row?.id;
}
