import { fileURLToPath } from "node:url";
import type { Config } from "../../config.ts";
import { folderStore } from "./folder.ts";
import type { FileStore } from "./types.ts";

export { FileMissing, type FileStore, type StoredFile } from "./types.ts";

/** `file:data/files`, `file:/srv/files` and `file:///srv/files` all name a folder. */
const folderOf = (url: string): string =>
  url.startsWith("file://") ? fileURLToPath(url) : url.slice("file:".length);

/** The store that STORAGE_URL names. Throws when this build has none of that kind. */
export function createFiles({ storageUrl }: Pick<Config, "storageUrl">): FileStore {
  if (storageUrl.startsWith("file:")) return folderStore(folderOf(storageUrl));
  throw new Error("STORAGE_URL: this build keeps files in a folder only (file:…)");
}
