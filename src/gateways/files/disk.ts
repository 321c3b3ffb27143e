import { randomBytes } from "node:crypto";
import { mkdir, open, opendir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FileMissing, type FileStore, filePath, isFileId, newFileId, type StoredFile } from "./types.ts";

/** A file that is still being written ends so; one older than a day was left by a killed process. */
const UNFINISHED = ".part";
const LEFT_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * A file store in a folder of this machine: `ab/cd/abcd….`, two levels of 256 folders, so that none grows too large.
 * Made at the first write, readable by this user alone.
 */
export function diskFiles(root: string): FileStore {
  const pathOf = (id: string): string => join(root, filePath(id));
  return {
    put: async (bytes, id = newFileId()) => {
      await writeSafely(root, pathOf(id), bytes);
      return id;
    },
    get: async (id) => {
      const bytes = await readFile(pathOf(id)).catch(ignoreMissing);
      if (!bytes) throw new FileMissing(id);
      return bytes;
    },
    remove: async (id) => rm(pathOf(id), { force: true }),
    list: (start = "") => walk(root, start),
  };
}

/** Writes beside, then renames; file and folders are flushed, so a power cut leaves all of it or nothing. */
async function writeSafely(root: string, path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  // A name of its own: a part that a killed move left must not stand in the way of the next one.
  const part = `${path}.${randomBytes(4).toString("hex")}${UNFINISHED}`;
  try {
    const file = await open(part, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await flush(folder);
  if (made) await Promise.all([dirname(folder), root, dirname(root)].map(flush));
}

/** Makes a folder's entries survive a power cut. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* walk(folder: string, start: string): AsyncGenerator<StoredFile> {
  const entries = await opendir(folder).catch(ignoreMissing);
  for await (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path, start);
    else if (isFileId(entry.name)) {
      if (!entry.name.startsWith(start)) continue;
      const found = await stat(path).catch(ignoreMissing);
      if (found) yield { id: entry.name, size: found.size, writtenAt: found.mtime };
    } else if (entry.name.endsWith(UNFINISHED)) await removeWhenLeft(path);
  }
}

async function removeWhenLeft(path: string): Promise<void> {
  const found = await stat(path).catch(ignoreMissing);
  if (found && Date.now() - found.mtimeMs > LEFT_AFTER_MS) await rm(path, { force: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
