import { seal } from "../../crypto/seal.ts";
import { type Checked, checkCode, type Requested, requestCode } from "../code/codes.ts";
import { queueNotice } from "../notice/queue.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { isTaken } from "./activate.ts";
import { emailHash, mobileHash } from "./contacts.ts";
import { type Account, findAccount } from "./find.ts";
import { accountContext } from "./rows.ts";

/** What can be changed with a code: 电子邮箱 or 手机. */
export type Contact = "email" | "mobile";

const channelOf = { email: "mail", mobile: "sms" } as const;

/** Another activated account that has the address or number. */
async function ownerOf(
  { db, vault }: Store,
  contact: Contact,
  value: string,
  accountId: number,
): Promise<number | undefined> {
  const [row] =
    contact === "email"
      ? await db<{ id: number }[]>`select id from accounts
          where email_hash = ${emailHash(vault, value)} and state <> 'pending' and id <> ${accountId}`
      : await db<{ id: number }[]>`select id from accounts
          where mobile_hash = ${mobileHash(vault, value)} and state <> 'pending' and id <> ${accountId}`;
  return row?.id;
}

/** Sends a code to the new address or number. Where it is somebody else's, only that person is told. */
export const requestContactChange = (
  root: RootStore,
  account: Account,
  contact: Contact,
  value: string,
): Promise<Requested> =>
  inTransaction(root, async (store) => {
    const owner = await ownerOf(store, contact, value, account.id);
    const requested = await requestCode(store, {
      purpose: `${contact}-change`,
      holder: `account:${account.id}`,
      target: value,
      ispId: account.ispId,
      accountId: account.id,
      channel: channelOf[contact],
      decoy: owner !== undefined,
    });
    if (owner !== undefined && requested.state === "requested")
      await tellOwner(store, owner, contact, requested.codeId);
    return requested;
  });

async function tellOwner(store: Store, ownerId: number, contact: Contact, codeId: number): Promise<void> {
  const owner = await findAccount(store, ownerId);
  await queueNotice(store, {
    ispId: owner.ispId,
    accountId: ownerId,
    channel: channelOf[contact],
    template: "account-exists",
    address: owner[contact],
    variables: { userName: owner.userName },
    cause: `account-exists:code:${codeId}`,
  });
}

/** Tries the code and then writes the new address or number. `expired` too when it was taken in between. */
export async function confirmContactChange(
  root: RootStore,
  account: Account,
  contact: Contact,
  value: string,
  typed: string,
): Promise<Checked> {
  const subject = { purpose: `${contact}-change`, holder: `account:${account.id}`, target: value } as const;
  const checked = await checkCode(root, subject, typed);
  if (checked.result !== "ok") return checked;
  try {
    await writeContact(root, account.id, contact, value);
  } catch (error) {
    if (isTaken(error)) return { result: "expired" };
    throw error;
  }
  return checked;
}

async function writeContact(
  { db, vault }: Store,
  id: number,
  contact: Contact,
  value: string,
): Promise<void> {
  const [row] = await db<{ dataKey: Buffer }[]>`select data_key from accounts where id = ${id}`;
  if (!row) return;
  const sealed = seal(vault.unwrap(row.dataKey), value, accountContext(id, contact));
  if (contact === "email")
    await db`update accounts set email_sealed = ${sealed}, email_hash = ${emailHash(vault, value)} where id = ${id}`;
  else
    await db`update accounts set mobile_sealed = ${sealed}, mobile_hash = ${mobileHash(vault, value)} where id = ${id}`;
}
