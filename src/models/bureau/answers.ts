import { seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { applyResult } from "./apply.ts";
import type { BureauResult } from "./results.ts";
import type { Bureau } from "./rows.ts";

/** A row of `bureau_answers`: one downloaded file, kept as it came. */
export type Answer = {
  id: number;
  ispId: number;
  bureauId: number;
  fileName: string;
  /** Id in the file store; sealed under the answer's own key. */
  file: string;
  dataKey: Buffer;
  contentHash: string;
  receivedAt: Date;
  appliedAt: Date | null;
  acknowledgedAt: Date | null;
};

const columns = (db: Db) => db`
  id, isp_id, bureau_id, file_name, file, data_key, content_hash, received_at, applied_at, acknowledged_at`;

/** Sealing context of a kept answer, and of one result in it. */
export const answerContext = (bureau: { id: number; ispId: number }, fileName: string): string =>
  `isp:${bureau.ispId}:bureau:${bureau.id}:answer:${fileName}`;

export const resultContext = (answerId: number, position: number): string =>
  `answer:${answerId}:result:${position}`;

/** The answer of this name, if it was taken before. */
export async function maybeAnswer(db: Db, bureauId: number, fileName: string): Promise<Answer | undefined> {
  const [row] = await db<Answer[]>`
    select ${columns(db)} from bureau_answers where bureau_id = ${bureauId} and file_name = ${fileName}`;
  return row;
}

/** Writes the row of an answer whose file is safe; one that is there already is given as it is. */
export async function keepAnswer(
  db: Db,
  bureau: Bureau,
  kept: Pick<Answer, "fileName" | "file" | "dataKey" | "contentHash">,
): Promise<Answer> {
  await db`
    insert into bureau_answers (isp_id, bureau_id, file_name, file, data_key, content_hash)
    values (${bureau.ispId}, ${bureau.id}, ${kept.fileName}, ${kept.file}, ${kept.dataKey}, ${kept.contentHash})
    on conflict do nothing`;
  const answer = await maybeAnswer(db, bureau.id, kept.fileName);
  if (!answer) throw new Error("an answer was not written");
  return answer;
}

/**
 * Applies what an answer holds: each result once, in a transaction of its own together with what it changes, so that a
 * crash in between is gone on with where it stopped. Gives how many were applied, repeated and parked now.
 */
export async function applyAnswer(
  root: RootStore,
  answer: Answer,
  results: readonly BureauResult[],
): Promise<Record<"applied" | "repeated" | "parked", number>> {
  const counts = { applied: 0, repeated: 0, parked: 0 };
  for (const [position, result] of results.entries()) {
    const outcome = await applyOnce(root, answer, position, result);
    if (outcome) counts[outcome]++;
  }
  await root.db`update bureau_answers set applied_at = coalesce(applied_at, now()) where id = ${answer.id}`;
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

export async function markAcknowledged(db: Db, answerId: number): Promise<void> {
  await db`
    update bureau_answers set acknowledged_at = coalesce(acknowledged_at, now()) where id = ${answerId}`;
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
