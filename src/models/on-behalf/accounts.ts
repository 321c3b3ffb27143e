import { randomBytes } from "node:crypto";
import { openText } from "../../crypto/seal.ts";
import type { Vault } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { emailHash, mobileHash } from "../account/contacts.ts";
import { register } from "../account/register.ts";
import { type AccountState, accountContext } from "../account/rows.ts";
import { type Actor, hasRole, type Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { RootStore, Store } from "../store.ts";

/** An account as staff see it: who it is and how to reach them stays masked in pages. */
export type Customer = {
  id: number;
  userName: string;
  state: AccountState;
  name: string;
  email: string;
  mobile: string;
  createdAt: Date;
};

type Row = Omit<Customer, "name" | "email" | "mobile"> & {
  dataKey: Buffer;
  nameSealed: Buffer;
  emailSealed: Buffer;
  mobileSealed: Buffer;
};

const columns = (db: Db) =>
  db`id, user_name, state, created_at, data_key, name_sealed, email_sealed, mobile_sealed`;

const opened = (vault: Vault, { dataKey, nameSealed, emailSealed, mobileSealed, ...row }: Row): Customer => {
  const key = vault.unwrap(dataKey);
  return {
    ...row,
    name: openText(key, nameSealed, accountContext(row.id, "name")),
    email: openText(key, emailSealed, accountContext(row.id, "email")),
    mobile: openText(key, mobileSealed, accountContext(row.id, "mobile")),
  };
};

/** A locked account files nothing; one that nobody has activated yet only when staff opened it. */
const files = (db: Db) => db`(state = 'active' or (state = 'pending' and opened_by is not null))`;

const worksOnFilings = (actor: Actor): actor is Staff =>
  hasRole(actor, "initial_reviewer", "verifier", "submitter", "service");

/** An account of the provider for which staff may file; throws NotFound. */
export async function findCustomer({ db, vault }: Store, actor: Actor, id: number): Promise<Customer> {
  const [row] = worksOnFilings(actor)
    ? await db<Row[]>`
        select ${columns(db)} from accounts where id = ${id} and isp_id = ${actor.ispId} and ${files(db)}`
    : [];
  if (!row) throw new NotFound(`no account ${id} for this provider`);
  return opened(vault, row);
}

/** The accounts of the provider that the words mean: the whole user name, e-mail address or mobile number. */
export async function findCustomers({ db, vault }: Store, actor: Staff, words: string): Promise<Customer[]> {
  if (!worksOnFilings(actor)) return [];
  const rows = await db<Row[]>`
    select ${columns(db)} from accounts
    where isp_id = ${actor.ispId} and ${files(db)} and (lower(user_name) = ${words.toLowerCase()}
      or email_hash = ${emailHash(vault, words)} or mobile_hash = ${mobileHash(vault, words)})
    order by id desc limit 20`;
  return rows.map((row) => opened(vault, row));
}

export type NewCustomer = {
  userName: string;
  name: string;
  email: string;
  mobile: string;
  division: string;
  agreementVersion: string;
};

/**
 * Opens an account for a registrant: nobody knows its password, and the mail to activate it goes to the registrant, who
 * sets one. It does not lapse, as filings may hang on it. Undefined when the user name is taken.
 */
export async function openCustomer(
  store: RootStore,
  actor: Staff,
  wanted: NewCustomer,
): Promise<number | undefined> {
  const password = randomBytes(24).toString("base64url");
  const made = await register(store, { ...wanted, ispId: actor.ispId, password });
  if (made.state === "name-taken") return undefined;
  await store.db`
    update accounts set opened_by = ${actor.staffId}, lapses_at = 'infinity' where id = ${made.accountId}`;
  return made.accountId;
}

/** Whether the account was opened by staff and waits for its owner, who sets the password with the activation. */
export async function wantsPassword({ db }: Store, accountId: number): Promise<boolean> {
  const [row] = await db`
    select 1 from accounts where id = ${accountId} and opened_by is not null and state = 'pending'`;
  return row !== undefined;
}
