import { type Cell, type Reader, readingOf } from "../../src/documents/recognition/index.ts";
import { type Files, readPicture } from "../../src/models/material/files.ts";
import { maybeUnread, recordReading, recordUnread, type Unread } from "../../src/models/material/reading.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

type Deps = Pick<WorkerDeps, "db" | "vault"> & {
  files: Files;
  reader: Reader;
  config: Pick<WorkerDeps["config"], "recognition">;
};

/** After so many tries that were ended from outside a picture is let be: it may be what ends them. */
const TRIES = 3;

/**
 * Reads the document on a picture and keeps what it says sealed. What is not read is no failure: nobody waits for it, and
 * the person types it as before. Runs again without harm, and gives up for good what was replaced meanwhile.
 */
export const readDocument =
  (deps: Deps): Task<"read-document"> =>
  async ({ materialId }, { progress, attempt, signal }) => {
    if (!deps.config.recognition) return progress("recognition is off in this process");
    const unread = await maybeUnread(deps, materialId);
    if (!unread) return progress("nothing to read");
    if (attempt > TRIES) return recordUnread(deps, materialId, "stopped");
    const cells = await cellsOf(deps, unread, signal);
    const read = cells && readingOf(unread.kind, cells);
    if (!read) {
      await recordUnread(deps, materialId, "unreadable");
      return progress("nothing could be read");
    }
    const isKept = await recordReading(deps, unread, read);
    progress(isKept ? `${Object.keys(read).length - 1} facts` : "replaced meanwhile");
  };

/** All writing on the picture; null when it cannot be read. Throws where it was ended: too slow, or the worker stops. */
async function cellsOf(
  { files, reader }: Deps,
  { material, key }: Unread,
  signal: AbortSignal | undefined,
): Promise<Cell[] | null> {
  const picture = await readPicture(files, key, material, "full");
  signal?.addEventListener("abort", () => reader.stop(), { once: true });
  const cells = await reader.read(picture);
  if (cells === undefined || signal?.aborted) throw new Error("the reading was ended, another run reads it");
  return cells;
}
