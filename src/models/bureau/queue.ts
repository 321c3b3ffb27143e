import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { wakeBureau } from "../filing/effects.ts";
import { queuesOfBureaus } from "./senders.ts";

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
  const waiting = [...(await queuesOfBureaus(db)).keys()];
  const bureaus = await db<{ id: number }[]>`
    select b.id from isp_bureaus b
    where (b.stopped_at is null and (b.resume_at is null or b.resume_at <= now()) and (b.id = any(${waiting})
        or exists (select 1 from bureau_packages p where p.bureau_id = b.id and p.state in ('prepared', 'sending'))))
      or exists (select 1 from bureau_requests r join bureau_packages p on p.id = r.package_id
        where r.bureau_id = b.id and r.state = 'open'
          and (p.state = 'failed' or (p.accepted_at is not null and r.accepted_at is null)))`;
  for (const { id } of bureaus) await wakeBureau(db, id);
}
