import { seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { inTransaction, type RootStore } from "../store.ts";
import type { Answer } from "./answer-rows.ts";
import { resultContext } from "./answer-rows.ts";
import { applyResult } from "./apply.ts";
import type { BureauResult } from "./results.ts";

export * from "./answer-rows.ts";

/**
 * Applies what an answer holds: each result once, in a transaction of its own together with what it changes, so that a
 * crash in between is gone on with where it stopped. Gives how many were applied, repeated and parked now.
 */
export async function applyAnswer(
  root: RootStore,
  answer: Answer,
  results: Iterable<BureauResult>,
): Promise<Record<"applied" | "repeated" | "parked", number>> {
  const counts = { applied: 0, repeated: 0, parked: 0 };
  let position = 0;
  for (const result of results) {
    const outcome = await applyOnce(root, answer, position++, result);
    if (outcome) counts[outcome]++;
  }
  await root.db`
    update bureau_answers set applied_at = coalesce(applied_at, now()), problem = null,
      state = case when state in ('stored', 'unreadable') then 'applied' else state end
    where id = ${answer.id}`;
  return counts;
}

function applyOnce(root: RootStore, answer: Answer, position: number, result: BureauResult) {
  return inTransaction(root, async (store) => {
    const [done] = await store.db`
      select 1 from bureau_results where answer_id = ${answer.id} and position = ${position}`;
    if (done) return undefined;
    const applied = await applyResult(store, { answer, position, result });
    const key = store.vault.unwrap(answer.dataKey);
    const sealed = seal(key, JSON.stringify(result), resultContext(answer.id, position));
    await store.db`
      insert into bureau_results (answer_id, isp_id, position, kind, filing_id, outcome, note, sealed)
      values (${answer.id}, ${answer.ispId}, ${position}, ${result.kind}, ${applied.filingId}, ${applied.outcome},
        ${applied.note}, ${sealed})`;
    return applied.outcome;
  });
}

/** How many results of an answer were written. */
export async function resultCount(db: Db, answerId: number): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) as count from bureau_results where answer_id = ${answerId}`;
  return row?.count ?? 0;
}

/**
 * The bureau knows that it came, or was told so of one that a person had skipped. It counts by name, so what came under
 * the same name before and could not be read is over with it, and holds up nothing any more.
 */
export async function markAcknowledged(db: Db, answerId: number): Promise<void> {
  await db`
    update bureau_answers a set acknowledged_at = coalesce(a.acknowledged_at, now()), state = 'acknowledged'
    from bureau_answers this
    where this.id = ${answerId} and (a.id = this.id
      or a.bureau_id = this.bureau_id and a.given_name = this.given_name and a.given_name <> '' and a.state = 'unreadable')`;
}

/**
 * The bureau says that it has nothing, so it knows that what was applied came: its answer to an acknowledgement may have
 * been lost with the process that waited for it.
 */
export async function markAllAcknowledged(
  db: Db,
  { id, ispId }: { id: number; ispId: number },
): Promise<void> {
  await db`
    update bureau_answers set acknowledged_at = now(), state = 'acknowledged'
    where isp_id = ${ispId} and bureau_id = ${id} and state = 'applied' and acknowledged_at is null`;
}

/** It cannot be opened or read; `problem` is a code. What was applied or acknowledged before stays so. */
export async function markUnreadable(db: Db, answerId: number, problem: string): Promise<void> {
  await db`
    update bureau_answers set state = 'unreadable', problem = ${problem}
    where id = ${answerId} and state in ('stored', 'unreadable')`;
}

/** The bureau was asked and everything it had was taken. */
export async function markDownloaded(db: Db, bureauId: number): Promise<void> {
  await db`
    update isp_bureaus set last_download_at = now(), download_failures = 0, download_problem = null
    where id = ${bureauId}`;
}

/** A download went wrong; gives how many times in a row it has now. `problem` is a code. */
export async function markDownloadFailed(db: Db, bureauId: number, problem: string): Promise<number> {
  const [row] = await db<{ downloadFailures: number }[]>`
    update isp_bureaus set download_failures = download_failures + 1, download_problem = ${problem}
    where id = ${bureauId} returning download_failures`;
  return row?.downloadFailures ?? 0;
}
