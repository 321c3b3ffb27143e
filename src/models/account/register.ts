import { timingSafeEqual } from "node:crypto";
import type { Vault } from "../../crypto/vault.ts";
import { type Requested, requestCode } from "../code/codes.ts";
import { queueNotice } from "../notice/queue.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { addAccount, type NewAccount } from "./add.ts";
import { emailHash, mobileHash } from "./contacts.ts";
import { type Account, findAccount } from "./find.ts";

export type Registered = { state: "registered"; accountId: number } | { state: "name-taken" };

/**
 * Registers (注册): a pending account and its activation code. An e-mail address or a number that another account has
 * is told to nobody but its owner: the account is made all the same, no code goes out, and it lapses after a day.
 */
export async function register(root: RootStore, account: Omit<NewAccount, "state">): Promise<Registered> {
  return inTransaction(root, async (store) => {
    const accountId = await addAccount(store, { ...account, state: "pending" });
    if (accountId === undefined) return { state: "name-taken" };
    const owners = await ownersOf(store, account);
    await sendActivation(store, { ...account, id: accountId }, owners.length > 0);
    for (const owner of owners) await tellOwner(store, owner, accountId);
    return { state: "registered", accountId };
  });
}

/** Whether a user name can be had: in any case of letters, a lapsed account's name is free. */
export async function isNameTaken({ db }: Store, userName: string): Promise<boolean> {
  const rows = await db`
    select 1 from accounts where lower(user_name) = ${userName.toLowerCase()} and (state <> 'pending' or lapses_at > now())`;
  return rows.length > 0;
}

type Owner = { id: number; channel: "mail" | "sms" };

/** Activated accounts that have this address or this number, with the channel that reaches the owner of it. */
async function ownersOf(
  { db, vault }: Store,
  { email, mobile }: { email: string; mobile: string },
): Promise<Owner[]> {
  return db<Owner[]>`
    select id, case when email_hash = ${emailHash(vault, email)} then 'mail' else 'sms' end as channel from accounts
    where (email_hash = ${emailHash(vault, email)} or mobile_hash = ${mobileHash(vault, mobile)}) and state <> 'pending'`;
}

async function tellOwner(store: Store, { id, channel }: Owner, newId: number): Promise<void> {
  const owner = await findAccount(store, id);
  await queueNotice(store, {
    ispId: owner.ispId,
    accountId: id,
    channel,
    template: "account-exists",
    address: channel === "mail" ? owner.email : owner.mobile,
    variables: { userName: owner.userName },
    cause: `account-exists:${newId}:${id}:${channel}`,
  });
}

type Addressee = { id: number; ispId: number; email: string };

// The notice does not name the account: one that lapses must be free to go.
const sendActivation = (store: Store, { id, ispId, email }: Addressee, decoy: boolean): Promise<Requested> =>
  requestCode(store, {
    purpose: "activation",
    holder: `account:${id}`,
    target: email,
    ispId,
    channel: "mail",
    page: `/register/activation/${accountRef(store.vault, id)}`,
    decoy,
  });

/** 重发验证邮件: again after a minute; nothing goes out where the address has come to belong to somebody. */
export const resendActivation = (root: RootStore, account: Account): Promise<Requested> =>
  inTransaction(root, async (store) => {
    const owners = await ownersOf(store, account);
    return sendActivation(store, account, owners.length > 0);
  });

const macOf = (vault: Vault, id: number): Buffer => vault.sign("account-ref", String(id)).subarray(0, 16);

/** Names an account in the link of a mail; cannot be made up. */
export const accountRef = (vault: Vault, id: number): string =>
  `${id}-${macOf(vault, id).toString("base64url")}`;

/** The id in such a name; undefined when it is not one of ours. */
export function readAccountRef(vault: Vault, ref: string): number | undefined {
  const [, id = "", mac = ""] = /^(\d{1,15})-([\w-]{22})$/.exec(ref) ?? [];
  const given = Buffer.from(mac, "base64url");
  return given.length === 16 && timingSafeEqual(given, macOf(vault, Number(id))) ? Number(id) : undefined;
}
