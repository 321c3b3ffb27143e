import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../../db/client.ts";

/** Milliseconds between two tries for a lock that somebody else has. */
const PATIENCE = 200;

/**
 * Runs `work` while nobody else talks to the bureau: uploads and downloads of one account go one at a time, whatever
 * the queue does. The lock belongs to a connection of its own, so it is gone with the process that held it. Gives what
 * `work` gives, or undefined when another process still had the lock after `waitMs`.
 */
export async function withBureauLock<T>(
  db: Sql,
  bureauId: number,
  work: () => Promise<T>,
  { waitMs = 0 }: { waitMs?: number } = {},
): Promise<T | undefined> {
  const held = await db.reserve();
  const key = `bureau:${bureauId}`;
  try {
    const until = Date.now() + waitMs;
    while (!(await taken(held, key))) {
      if (Date.now() >= until) return undefined;
      await sleep(PATIENCE);
    }
    try {
      return await work();
    } finally {
      await held`select pg_advisory_unlock(hashtextextended(${key}, 0))`;
    }
  } finally {
    held.release();
  }
}

async function taken(db: Sql, key: string): Promise<boolean> {
  const [row] = await db<{ locked: boolean }[]>`
    select pg_try_advisory_lock(hashtextextended(${key}, 0)) as locked`;
  return row?.locked ?? false;
}
