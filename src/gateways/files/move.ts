import { createHash } from "node:crypto";
import { FileMissing, type FileStore, type StoredFile } from "./types.ts";

/** What a move did. `gone` were removed at the source meanwhile; `stopped` says why it ended before the last file. */
export type Moved = {
  copied: number;
  there: number;
  gone: number;
  removed: number;
  failed: { id: string; why: string }[];
  stopped: "asked" | "too many failures" | undefined;
};

export type MoveOptions = {
  /** Reads also what lies at the target already and compares every byte. `remove` does so anyway. */
  verify: boolean;
  /** Removes a file from the source once its bytes have been read back from the target. */
  remove: boolean;
  signal: AbortSignal;
  /** After each file: how far, from 0 to 1, and the counts so far. */
  onFile: (part: number, moved: Moved) => void;
};

/** Ids are random: their first digit cuts a store into sixteen parts that are small enough to be listed in memory. */
const PARTS = [..."0123456789abcdef"];
const LANES = 6;
const MANY = 100;

/**
 * Copies every file to another store under its id. A file that the target lists with the same size is done (stores
 * show a file only when it is whole), so an interrupted move goes on where it was. What was written is read back and
 * compared. A file that the target has with other bytes is a failure: neither of the two is touched. Throws where a
 * store cannot be listed.
 */
export async function moveFiles(from: FileStore, to: FileStore, options: MoveOptions): Promise<Moved> {
  const moved: Moved = { copied: 0, there: 0, gone: 0, removed: 0, failed: [], stopped: undefined };
  for (const [at, start] of PARTS.entries()) {
    const [files, sizes] = await Promise.all([listed(from, start), sizesOf(to, start)]);
    let done = 0;
    await inLanes(files, async (file) => {
      moved.stopped ??= reasonToStop(moved, options.signal);
      if (moved.stopped) return;
      await carry({ from, to, options, moved }, file, sizes.get(file.id));
      options.onFile((at + ++done / files.length) / PARTS.length, moved);
    });
    if (moved.stopped) break;
  }
  return moved;
}

function reasonToStop(moved: Moved, signal: AbortSignal): Moved["stopped"] {
  if (signal.aborted) return "asked";
  return moved.failed.length >= MANY ? "too many failures" : undefined;
}

type Move = { from: FileStore; to: FileStore; options: MoveOptions; moved: Moved };

async function carry(move: Move, file: StoredFile, size: number | undefined): Promise<void> {
  const { from, options, moved } = move;
  const isThere = size === file.size;
  try {
    if (!isThere || options.verify || options.remove) await copyOrCompare(move, file.id, size !== undefined);
    moved[size === undefined ? "copied" : "there"]++;
    if (!options.remove) return;
    await from.remove(file.id);
    moved.removed++;
  } catch (error) {
    if (error instanceof GoneAtSource) moved.gone++;
    else moved.failed.push({ id: file.id, why: (error as Error).message });
  }
}

class GoneAtSource extends Error {
  override name = "GoneAtSource";
}

async function copyOrCompare({ from, to }: Move, id: string, isThere: boolean): Promise<void> {
  const bytes = await from.get(id).catch((error) => {
    throw error instanceof FileMissing ? new GoneAtSource() : error;
  });
  if (!isThere) await to.put(bytes, id);
  if (digest(bytes) === digest(await to.get(id))) return;
  if (isThere)
    throw new Error(
      "the target has other bytes under this id: find out which are right and remove the others",
    );
  // The next run must not take it for done because of its size.
  await to.remove(id);
  throw new Error("the target gave other bytes back than were written");
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function listed(store: FileStore, start: string): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of store.list(start)) files.push(file);
  return files;
}

const sizesOf = async (store: FileStore, start: string): Promise<Map<string, number>> =>
  new Map((await listed(store, start)).map(({ id, size }) => [id, size]));

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next++];
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
