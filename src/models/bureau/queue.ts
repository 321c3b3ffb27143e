import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { wakeBureau } from "../filing/effects.ts";
import { bureausWithSupplements } from "./supplements.ts";

/**
 * Lets the queue of a bureau go on: clears the stop and the pause and wakes the worker. `lastSequence` sets the number
 * that the bureau took in last, where it knows more or less than we do (after a restored backup).
 */
export async function startBureau(db: Db, bureauId: number, lastSequence?: number): Promise<void> {
  await db`
    update isp_bureaus set stopped_at = null, stopped_reason = null, resume_at = null, pauses = 0,
      last_sequence = ${lastSequence ?? db`last_sequence`}
    where id = ${bureauId}`;
  await wakeBureau(db, bureauId);
}

/** Stops the queue of a bureau until somebody starts it; a stop that stands keeps its reason. */
export async function stopBureau(db: Db, bureauId: number, reason: string): Promise<void> {
  await db`
    update isp_bureaus set stopped_at = now(), stopped_reason = ${reason} where id = ${bureauId} and stopped_at is null`;
}

/** Wrong name, password or right: asking again and again could lock the account. */
const LOCKED_OUT = ["4", "5", "12", "13"];

/**
 * Has the answers of every bureau fetched, one job a bureau. A stopped one still answers what was sent before, unless
 * it was stopped because it does not know us.
 */
export async function pollBureaus(db: Db): Promise<number> {
  const bureaus = await db<{ id: number }[]>`
    select id from isp_bureaus
    where stopped_at is null or stopped_reason is null or not (stopped_reason = any(${LOCKED_OUT})) order by id`;
  for (const { id } of bureaus)
    await enqueue(
      db,
      "download-from-bureau",
      { bureauId: id },
      { key: `download:${id}`, queue: `bureau:${id}`, maxAttempts: 3 },
    );
  return bureaus.length;
}

/** Wakes bureaus for which something waits although no job is there for it: a lost job must not lose a filing. */
export async function wakeForgotten(db: Db): Promise<void> {
  const bureaus = await db<{ id: number }[]>`
    select b.id from isp_bureaus b
    where b.stopped_at is null and (b.resume_at is null or b.resume_at <= now())
      and exists (select 1 from filings f where f.isp_id = b.isp_id and f.state = 'uploading' and f.bureau_id = b.id)`;
  const ids = new Set([...bureaus.map(({ id }) => id), ...(await bureausWithSupplements(db))]);
  for (const id of ids) await wakeBureau(db, id);
}
