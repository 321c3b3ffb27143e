import { randomBytes } from "node:crypto";
import { StorageFailed } from "./s3-transport.ts";
import { FileMissing, type FileStore } from "./types.ts";

/** Writes, reads, lists and removes one small file. Throws where a step fails, with what the store said. */
export async function tryStore(store: FileStore): Promise<void> {
  const bytes = randomBytes(64);
  const id = await store.put(bytes);
  try {
    if (!bytes.equals(await store.get(id))) throw wrong("gave other bytes back than were written");
    if (!(await isListed(store, id))) throw wrong("does not list a file that was written");
  } finally {
    await store.remove(id);
  }
  if (await holds(store, id)) throw wrong("still gives a file that was removed");
}

/** Whether what is written into one store can be read from the other: then they are the same place. */
export async function areOne(from: FileStore, to: FileStore): Promise<boolean> {
  const id = await to.put(randomBytes(64));
  try {
    return await holds(from, id);
  } finally {
    await to.remove(id);
  }
}

function holds(store: FileStore, id: string): Promise<boolean> {
  return store.get(id).then(
    () => true,
    (error) => {
      if (error instanceof FileMissing) return false;
      throw error;
    },
  );
}

async function isListed(store: FileStore, id: string): Promise<boolean> {
  for await (const file of store.list(id.slice(0, 2))) if (file.id === id) return true;
  return false;
}

const wrong = (what: string): StorageFailed => new StorageFailed(`the store ${what}`, "unexpected", false);
