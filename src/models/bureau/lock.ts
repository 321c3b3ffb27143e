import { setTimeout as sleep } from "node:timers/promises";
import { alone, type Sql } from "../../db/client.ts";

/** Milliseconds between two tries for a lock that somebody else has. */
const PATIENCE = 200;

/** The connection that held the lock broke, and with it the lock went: somebody else may talk to the bureau by now. */
export class LockLost extends Error {
  override name = "LockLost";
}

/** Makes sure that the lock is still held. Throws `LockLost`. */
export type StillHeld = () => Promise<void>;

/**
 * Runs `work` while nobody else talks to the bureau: uploads and downloads of one account go one at a time, whatever
 * the queue does. The lock belongs to a connection of its own, so it is gone with the process that held it, and with
 * that connection: `work` asks before each call. Gives what `work` gives, or undefined when another process still had
 * the lock after `waitMs`. Questions have a lock of their own: a long round of them holds up no upload.
 */
export async function withBureauLock<T>(
  db: Sql,
  bureauId: number,
  work: (stillHeld: StillHeld) => Promise<T>,
  { waitMs = 0, of = "bureau" }: { waitMs?: number; of?: "bureau" | "questions" } = {},
): Promise<T | undefined> {
  const held = alone(db);
  const key = `${of}:${bureauId}`;
  try {
    const until = Date.now() + waitMs;
    let session = await taken(held, key);
    while (session === undefined) {
      if (Date.now() >= until) return undefined;
      await sleep(PATIENCE);
      session = await taken(held, key);
    }
    const holder = session;
    return await work(async () => {
      if ((await sessionOf(held)) !== holder) throw new LockLost("the lock of the bureau was lost");
    });
  } finally {
    // Without it the lock would outlive the end of the connection by a moment.
    await held`select pg_advisory_unlock(hashtextextended(${key}, 0))`.catch(() => undefined);
    await held.end({ timeout: 1 });
  }
}

/** The session that has the lock now; undefined where another has it. */
async function taken(held: Sql, key: string): Promise<number | undefined> {
  const [row] = await held<{ locked: boolean; session: number }[]>`
    select pg_try_advisory_lock(hashtextextended(${key}, 0)) as locked, pg_backend_pid() as session`;
  return row?.locked ? row.session : undefined;
}

/** A connection that broke comes back as another session. */
async function sessionOf(held: Sql): Promise<number | undefined> {
  const [row] = await held<{ session: number }[]>`select pg_backend_pid() as session`;
  return row?.session;
}
