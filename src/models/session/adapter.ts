import { createHash } from "node:crypto";
import type { Adapter, DatabaseSession, DatabaseUser } from "lucia";
import { openText } from "../../crypto/seal.ts";
import type { Registrant, Role, Staff } from "../actor.ts";
import type { Store } from "../store.ts";

/** Whose sessions: two tables, so that a session of one kind can never be one of the other. */
export type SessionKind = "account" | "staff";

/** What a session remembers of where it began. */
export type Origin = { place: string | null; device: string | null };

export type SessionUser = { actor: Registrant | Staff };

/** The tables and how long a session may live in all, whatever happens in it. */
export const kinds = {
  account: { table: "account_sessions", absolute: "7 days" },
  staff: { table: "staff_sessions", absolute: "12 hours" },
} as const;

/** What stands in the table: whoever reads it cannot sign in with it. */
export const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

type SessionRow = {
  userId: number;
  expiresAt: Date;
  place: string | null;
  device: string | null;
  stale: boolean;
};
type AccountRow = SessionRow & { ispId: number; dataKey: Buffer; nameSealed: Buffer };
type StaffRow = SessionRow & { ispId: number; name: string; roles: Role[] };

/** The session and its owner; a locked or unactivated account has none. */
async function findAccount(
  { db, vault }: Store,
  digest: string,
): Promise<(SessionRow & SessionUser) | undefined> {
  const [row] = await db<AccountRow[]>`
    select s.user_id, s.expires_at, s.place, s.device, s.seen_at < now() - interval '5 minutes' as stale,
      a.isp_id, a.data_key, a.name_sealed
    from account_sessions s join accounts a on a.id = s.user_id
    where s.id = ${digest} and s.created_at > now() - ${kinds.account.absolute}::interval and a.state = 'active'`;
  if (!row) return undefined;
  const name = openText(vault.unwrap(row.dataKey), row.nameSealed, `account:${row.userId}:name`);
  return { ...row, actor: { kind: "registrant", accountId: row.userId, ispId: row.ispId, name } };
}

async function findStaff({ db }: Store, digest: string): Promise<(SessionRow & SessionUser) | undefined> {
  const [row] = await db<StaffRow[]>`
    select s.user_id, s.expires_at, s.place, s.device, s.seen_at < now() - interval '5 minutes' as stale,
      u.isp_id, u.name, array(select role from staff_roles r where r.staff_id = u.id order by role) as roles
    from staff_sessions s join staff u on u.id = s.user_id
    where s.id = ${digest} and s.created_at > now() - ${kinds.staff.absolute}::interval and u.active`;
  if (!row) return undefined;
  return {
    ...row,
    actor: { kind: "staff", staffId: row.userId, ispId: row.ispId, name: row.name, roles: row.roles },
  };
}

const finders = { account: findAccount, staff: findStaff };

/** Lucia's view of one of the two tables. Ids that go in and out are the secret ones; only their digests are stored. */
export function sessionAdapter(store: Store, kind: SessionKind): Adapter {
  const { db } = store;
  const table = db(kinds[kind].table);

  const asSeen = async (digest: string, row: SessionRow | undefined): Promise<void> => {
    if (row?.stale) await db`update ${table} set seen_at = now() where id = ${digest}`;
  };

  return {
    async getSessionAndUser(secret): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const row = await finders[kind](store, digestOf(secret));
      if (!row) return [null, null];
      await asSeen(digestOf(secret), row);
      const { userId, expiresAt, place, device, actor } = row;
      return [
        { id: secret, userId, expiresAt, attributes: { place, device } },
        { id: userId, attributes: { actor } },
      ];
    },
    /** Not used: a list of sessions is read by `listSessions`, since secrets cannot be given back. */
    getUserSessions: async () => [],
    async setSession({ id, userId, expiresAt, attributes: { place, device } }) {
      await db`insert into ${table} (id, user_id, expires_at, place, device)
        values (${digestOf(id)}, ${userId}, ${expiresAt}, ${place}, ${device})`;
    },
    async updateSessionExpiration(secret, expiresAt) {
      await db`update ${table} set expires_at = ${expiresAt}, seen_at = now() where id = ${digestOf(secret)}`;
    },
    async deleteSession(secret) {
      await db`delete from ${table} where id = ${digestOf(secret)}`;
    },
    async deleteUserSessions(userId) {
      await db`delete from ${table} where user_id = ${userId}`;
    },
    async deleteExpiredSessions() {
      await db`delete from ${table} where expires_at <= now()`;
    },
  };
}
