import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileMissing, type FileStore, type StoredFile } from "./types.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** Writes bytes and waits until they are on the disk; other processes see all of them or nothing. */
async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  const half = `${path}.half`;
  const file = await open(half, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, path);
}

/** Files in a local folder, spread over 256 sub-folders by the first two digits of the id. */
export function folderStore(folder: string): FileStore {
  const placeOf = (id: string): string => {
    if (!ID.test(id)) throw new FileMissing("that is no id of a file");
    return join(folder, id.slice(0, 2), id);
  };
  return {
    async put(bytes) {
      const id = randomUUID();
      await mkdir(join(folder, id.slice(0, 2)), { recursive: true, mode: 0o700 });
      await writeSafely(placeOf(id), bytes);
      return id;
    },
    get: (id) =>
      readFile(placeOf(id)).catch((error: unknown) => {
        throw isMissing(error) ? new FileMissing("nothing lies under that id") : error;
      }),
    remove: (id) => rm(placeOf(id), { force: true }),
    list: () => listFolder(folder),
  };
}

async function* listFolder(folder: string): AsyncIterable<StoredFile> {
  const parts = await readdir(folder).catch(() => [] as string[]);
  for (const part of parts.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const id of await readdir(join(folder, part))) {
      if (!ID.test(id)) continue;
      const found = await stat(join(folder, part, id)).catch(() => undefined);
      if (found) yield { id, storedAt: found.mtime };
    }
  }
}
