import { hashPassword, verifyPassword } from "../../crypto/password.ts";
import { type Checked, checkCode, type Purpose, type Requested, requestCode } from "../code/codes.ts";
import { queueNotice } from "../notice/queue.ts";
import type { Channel } from "../notice/templates.ts";
import { closeSessions } from "../session/sessions.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type Account, accountByLogin, findAccount } from "./find.ts";

/** What a browser keeps between asking for a code and setting the new password. `accountId` null: nobody is there. */
export type Reset = { accountId: number | null; holder: string; target: string };

const purpose: Purpose = "password-reset";

/**
 * 找回密码: sends a code to the account that was named. Where there is none, everything happens the same, and nothing
 * is sent. `ispId` limits it to the host's provider; `fallbackIsp` stands for the one of nobody.
 */
export async function beginReset(
  root: RootStore,
  login: string,
  channel: Channel,
  isps: { ispId: number | undefined; fallback: number },
): Promise<{ reset: Reset; requested: Requested }> {
  return inTransaction(root, async (store) => {
    const found = await accountByLogin(store, login, isps.ispId);
    const account = found?.state === "active" ? found : undefined;
    const nobody = `nobody:${store.vault.sign("reset", login.toLowerCase()).toString("hex").slice(0, 24)}`;
    const holder = account ? `account:${account.id}` : nobody;
    const target = account ? (channel === "mail" ? account.email : account.mobile) : login;
    const decoy = account === undefined;
    const ispId = account?.ispId ?? isps.fallback;
    const requested = await requestCode(store, { purpose, holder, target, ispId, channel, decoy });
    return { reset: { accountId: account?.id ?? null, holder, target }, requested };
  });
}

/** Tries the code; when it is right the password is set, every session ends and no device is known any more. */
export async function finishReset(
  root: RootStore,
  reset: Reset,
  typed: string,
  password: string,
): Promise<Checked> {
  const checked = await checkCode(root, { purpose, holder: reset.holder, target: reset.target }, typed);
  if (checked.result !== "ok" || reset.accountId === null) return checked;
  const account = await findAccount(root, reset.accountId);
  const passwordHash = await hashPassword(password);
  await inTransaction(root, async (store) => {
    await setPassword(store, account, passwordHash);
    await store.db`delete from known_devices where account_id = ${account.id}`;
    await closeSessions(store.db, "account", account.id);
  });
  return checked;
}

/** Whether this is the password of the account. */
export const hasPassword = (account: Account, password: string): Promise<boolean> =>
  verifyPassword(account.passwordHash, password);

/** 修改密码: sets a new password and ends every session but the one with the secret `session`. False: the old one is wrong. */
export async function changePassword(
  root: RootStore,
  accountId: number,
  { current, password, session }: { current: string; password: string; session: string },
): Promise<boolean> {
  const account = await findAccount(root, accountId);
  if (!(await hasPassword(account, current))) return false;
  const passwordHash = await hashPassword(password);
  await inTransaction(root, async (store) => {
    await setPassword(store, account, passwordHash);
    await closeSessions(store.db, "account", accountId, session);
  });
  return true;
}

async function setPassword(store: Store, account: Account, passwordHash: string): Promise<void> {
  await store.db`update accounts set password_hash = ${passwordHash} where id = ${account.id}`;
  await queueNotice(store, {
    ispId: account.ispId,
    accountId: account.id,
    channel: "mail",
    template: "password-changed",
    address: account.email,
    variables: {},
    cause: `password-changed:${account.id}:${crypto.randomUUID()}`,
  });
}
