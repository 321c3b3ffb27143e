import { verifyPassword } from "../../crypto/password.ts";
import type { Vault } from "../../crypto/vault.ts";
import { clearCount, countHit, type Limit, readCount } from "../rate-limit/rate-limit.ts";
import type { Origin } from "../session/sessions.ts";
import type { Store } from "../store.ts";
import { type Account, accountByLogin } from "./find.ts";

/** Tries in a quarter of an hour, for what was typed as user name and for the network it comes from. */
const perAccount: Limit = { name: "login-account", most: 10, seconds: 900 };
const perSource: Limit = { name: "login-source", most: 100, seconds: 900 };
/** From so many tries on a captcha is asked for, where it is not always. */
const CAPTCHA_FROM = { account: 3, source: 20 };

/** Who tries: what was typed, and the network. */
export type Attempt = { login: string; network: string };

const nameOf = ({ login }: Attempt): string => login.toLowerCase();

/** Whether the next try needs a captcha (adaptive). */
export async function needsCaptcha(store: Store, attempt: Attempt): Promise<boolean> {
  const account = await readCount(store, perAccount, nameOf(attempt));
  const source = await readCount(store, perSource, attempt.network);
  return account.hits >= CAPTCHA_FROM.account || source.hits >= CAPTCHA_FROM.source;
}

/** Counts a try before the password is looked at; gives the seconds to wait when there were too many, else 0. */
export async function countAttempt(store: Store, attempt: Attempt): Promise<number> {
  const account = await countHit(store, perAccount, nameOf(attempt));
  const source = await countHit(store, perSource, attempt.network);
  if (account.over) return account.retryAfter;
  return source.over ? source.retryAfter : 0;
}

/**
 * The account whose password this is. Undefined for every other case, after the same work: no such account, another
 * provider's (`ispId` given by the host), locked, wrong password.
 */
export async function accountByPassword(
  store: Store,
  attempt: Attempt,
  password: string,
  ispId: number | undefined,
): Promise<Account | undefined> {
  const account = await accountByLogin(store, attempt.login, ispId);
  const right = await verifyPassword(account?.passwordHash, password);
  if (!account || !right || account.state === "locked") return undefined;
  await clearCount(store, perAccount, nameOf(attempt));
  return account;
}

/** Remembers when, where and on what the account was last used. */
export async function recordLogin(
  { db }: Store,
  accountId: number,
  { place, device }: Origin,
): Promise<void> {
  await db`update accounts set last_login_at = now(), last_login_place = ${place}, last_login_device = ${device}
    where id = ${accountId}`;
}

const deviceHash = (vault: Vault, token: string): Buffer => vault.sign("device", token);

/** Whether this device has passed the second step for the account before. */
export async function isKnownDevice(
  { db, vault }: Store,
  accountId: number,
  token: string | undefined,
): Promise<boolean> {
  if (!token) return false;
  const rows = await db`
    update known_devices set seen_at = now()
    where account_id = ${accountId} and device_hash = ${deviceHash(vault, token)} returning 1`;
  return rows.length > 0;
}

export async function rememberDevice({ db, vault }: Store, accountId: number, token: string): Promise<void> {
  await db`insert into known_devices (account_id, device_hash) values (${accountId}, ${deviceHash(vault, token)})
    on conflict (account_id, device_hash) do update set seen_at = now()`;
}
