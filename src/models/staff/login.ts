import { Secret, TOTP } from "otpauth";
import { hashPassword, verifyPassword } from "../../crypto/password.ts";
import { openText, seal } from "../../crypto/seal.ts";
import type { Role } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { clearCount, countHit, type Limit } from "../rate-limit/rate-limit.ts";
import { closeSessions } from "../session/sessions.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { staffContext } from "./staff.ts";

/** A member of staff as the login sees them; `totp` is the secret in base32, undefined before enrolment. */
export type StaffLogin = {
  id: number;
  ispId: number;
  userName: string;
  name: string;
  passwordHash: string;
  totp: string | undefined;
  roles: Role[];
};

type Row = Omit<StaffLogin, "totp"> & { dataKey: Buffer; totpSealed: Buffer | null };

const perAccount: Limit = { name: "staff-login", most: 10, seconds: 900 };
const perSource: Limit = { name: "staff-login-source", most: 60, seconds: 900 };
/** Six digits, thirty seconds: what every authenticator application takes (RFC 6238). */
const PERIOD = 30;

const toLogin = ({ vault }: Store, row: Row): StaffLogin => {
  const { dataKey, totpSealed, ...rest } = row;
  const totp = totpSealed
    ? openText(vault.unwrap(dataKey), totpSealed, staffContext(row.id, "totp"))
    : undefined;
  return { ...rest, totp };
};

const columns = ({
  db,
}: Store) => db`s.id, s.isp_id, s.user_name, s.name, s.password_hash, s.data_key, s.totp_sealed,
  array(select role from staff_roles r where r.staff_id = s.id order by role) as roles`;

/** An active member of staff; throws `NotFound`. */
export async function findStaff(store: Store, id: number): Promise<StaffLogin> {
  const [row] = await store.db<Row[]>`select ${columns(store)} from staff s where s.id = ${id} and s.active`;
  if (!row) throw new NotFound("no such member of staff");
  return toLogin(store, row);
}

/** Counts a try; gives the seconds to wait when there were too many, else 0. */
export async function countStaffAttempt(
  store: Store,
  attempt: { login: string; network: string },
): Promise<number> {
  const account = await countHit(store, perAccount, attempt.login.toLowerCase());
  const source = await countHit(store, perSource, attempt.network);
  if (account.over) return account.retryAfter;
  return source.over ? source.retryAfter : 0;
}

/** The member of staff whose password this is, at the host's provider if there is one; else undefined, in the same time. */
export async function staffByPassword(
  store: Store,
  login: string,
  password: string,
  ispId: number | undefined,
): Promise<StaffLogin | undefined> {
  const [row] = await store.db<Row[]>`
    select ${columns(store)} from staff s
    where lower(s.user_name) = ${login.toLowerCase()} and s.active
      and (${ispId ?? null}::bigint is null or s.isp_id = ${ispId ?? null})`;
  const right = await verifyPassword(row?.passwordHash, password);
  return row && right ? toLogin(store, row) : undefined;
}

/** The name was good and so were both steps: its count begins anew. */
export const clearStaffAttempts = (store: Store, login: string): Promise<void> =>
  clearCount(store, perAccount, login.toLowerCase());

/** A new secret for an authenticator application, in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

const totpOf = (secret: string, label: string, issuer: string): TOTP =>
  new TOTP({ issuer, label, period: PERIOD, digits: 6, secret: Secret.fromBase32(secret) });

/** The address that an authenticator application reads: otpauth://totp/… */
export const totpAddress = (secret: string, label: string, issuer: string): string =>
  totpOf(secret, label, issuer).toString();

/**
 * Whether this is the password of the moment, or of the one before or after it. Each holds once: who looks over a
 * shoulder cannot use it again.
 */
export async function checkTotp(
  store: Store,
  staffId: number,
  secret: string,
  typed: string,
): Promise<boolean> {
  const token = typed.normalize("NFKC").replace(/\D/g, "");
  const delta = totpOf(secret, "", "").validate({ token, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(Date.now() / 1000 / PERIOD) + delta;
  const used = await countHit(store, { name: "totp", most: 1, seconds: 86_400 }, `${staffId}:${step}`);
  return !used.over;
}

/** Keeps the secret, sealed: from now on every login asks for it. */
export async function enrolTotp({ db, vault }: Store, staffId: number, secret: string): Promise<void> {
  const [row] = await db<{ dataKey: Buffer }[]>`select data_key from staff where id = ${staffId}`;
  if (!row) throw new NotFound("no such member of staff");
  const sealed = seal(vault.unwrap(row.dataKey), secret, staffContext(staffId, "totp"));
  await db`update staff set totp_sealed = ${sealed} where id = ${staffId}`;
}

/** Sets a new password and ends every session but the one with the secret `session`. False: the old one is wrong. */
export async function changeStaffPassword(
  root: RootStore,
  staffId: number,
  { current, password, session }: { current: string; password: string; session: string },
): Promise<boolean> {
  const staff = await findStaff(root, staffId);
  if (!(await verifyPassword(staff.passwordHash, current))) return false;
  const passwordHash = await hashPassword(password);
  await inTransaction(root, async ({ db }) => {
    await db`update staff set password_hash = ${passwordHash} where id = ${staffId}`;
    await closeSessions(db, "staff", staffId, session);
  });
  return true;
}
