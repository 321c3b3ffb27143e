import type { FileStore } from "../../src/gateways/files/index.ts";
import type { RootStore } from "../../src/models/store.ts";
import { filesWithoutRow, releaseOriginals, sweeps } from "../../src/models/worker/sweep.ts";
import type { Task } from "./types.ts";

type Deps = RootStore & { files: FileStore };

/** Milliseconds after which bytes without a row belong to nobody: their row is written at once, or never. */
const ORPHAN_AGE = 86_400_000;

/** How many files are asked about in one query. */
const BATCH = 1000;

/** Removes what is over: rows, originals whose copies are safe, bytes without a row. */
export const sweep =
  ({ db, files }: Deps): Task<"sweep"> =>
  async (_payload, { progress, signal }) => {
    for (const [what, work] of Object.entries(sweeps)) {
      const count = await work(db);
      if (count > 0) progress(`${count} ${what}`);
    }
    const originals = await releaseOriginals(db);
    for (const id of originals) await files.remove(id);
    if (originals.length > 0) progress(`${originals.length} pictures as they came`);
    const removed = await removeOrphans({ db, files }, new Date(Date.now() - ORPHAN_AGE), signal);
    progress(removed > 0 ? `${removed} files without a row` : "done");
  };

/** Removes files older than `before` that no row names; gives how many. Ends early when the worker stops. */
async function removeOrphans(
  { db, files }: Pick<Deps, "db" | "files">,
  before: Date,
  signal: AbortSignal | undefined,
): Promise<number> {
  let removed = 0;
  const settle = async (batch: string[]): Promise<void> => {
    for (const id of await filesWithoutRow(db, batch)) {
      await files.remove(id);
      removed++;
    }
  };
  let batch: string[] = [];
  for await (const { id, writtenAt } of files.list()) {
    if (writtenAt < before) batch.push(id);
    if (batch.length === BATCH) {
      await settle(batch);
      batch = [];
    }
    if (signal?.aborted) return removed;
  }
  await settle(batch);
  return removed;
}
