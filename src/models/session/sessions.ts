import { Lucia, TimeSpan } from "lucia";
import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import type { Store } from "../store.ts";
import {
  digestOf,
  kinds,
  type Origin,
  type SessionKind,
  type SessionUser,
  sessionAdapter,
} from "./adapter.ts";

export type { Origin, SessionKind } from "./adapter.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia<Origin, SessionUser>;
    UserId: number;
    DatabaseSessionAttributes: Origin;
    DatabaseUserAttributes: SessionUser;
  }
}

/**
 * A session ends after this much idleness; Lucia prolongs it when half of it is over, so that it lasts between half of
 * it and all of it. The absolute end stands in `kinds`.
 */
const idle = { account: new TimeSpan(12, "h"), staff: new TimeSpan(2, "h") };

const makeLucia = (store: Store, kind: SessionKind): Lucia<Origin, SessionUser> =>
  new Lucia(sessionAdapter(store, kind), {
    sessionExpiresIn: idle[kind],
    getSessionAttributes: ({ place, device }) => ({ place, device }),
    getUserAttributes: ({ actor }) => ({ actor }),
  });

type Lucias = Partial<Record<SessionKind, Lucia<Origin, SessionUser>>>;

const made = new WeakMap<Store, Lucias>();

/** One for a store and a kind: every request asks for it. */
function lucia(store: Store, kind: SessionKind): Lucia<Origin, SessionUser> {
  const own: Lucias = made.get(store) ?? {};
  made.set(store, own);
  own[kind] ??= makeLucia(store, kind);
  return own[kind];
}

/** Opens a session and gives the secret that goes into the cookie. Always a new one: a session is never taken over. */
export async function openSession(
  store: Store,
  kind: SessionKind,
  userId: number,
  origin: Origin,
): Promise<string> {
  const session = await lucia(store, kind).createSession(userId, origin);
  return session.id;
}

/** Who holds the secret; undefined when it is unknown, idle too long, too old, or its owner may not sign in. */
export async function findActor(
  store: Store,
  kind: SessionKind,
  secret: string,
): Promise<Registrant | Staff | undefined> {
  const { user } = await lucia(store, kind).validateSession(secret);
  return user?.actor;
}

export const closeSession = (store: Store, kind: SessionKind, secret: string): Promise<void> =>
  lucia(store, kind).invalidateSession(secret);

/** Ends the sessions of a person, all but the one with the secret `except`. */
export async function closeSessions(
  db: Db,
  kind: SessionKind,
  userId: number,
  except?: string,
): Promise<void> {
  await db`delete from ${db(kinds[kind].table)} where user_id = ${userId}
    and id <> ${except === undefined ? "" : digestOf(except)}`;
}

export type SessionLine = {
  device: string | null;
  place: string | null;
  createdAt: Date;
  seenAt: Date;
  current: boolean;
};

/** The live sessions of a person, last used first; `current` is the one with the secret. */
export async function listSessions(
  db: Db,
  kind: SessionKind,
  userId: number,
  secret: string,
): Promise<SessionLine[]> {
  return db<SessionLine[]>`
    select device, place, created_at, seen_at, id = ${digestOf(secret)} as current
    from ${db(kinds[kind].table)}
    where user_id = ${userId} and expires_at > now() and created_at > now() - ${kinds[kind].absolute}::interval
    order by seen_at desc, id limit 100`;
}
