import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../../config.ts";
import { diskFiles } from "./disk.ts";
import type { FileStore } from "./types.ts";

export { FileMissing, type FileStore, isFileId, type StoredFile } from "./types.ts";

/**
 * The file store of STORAGE_URL: `file:` and a folder (alone: `files` in the data folder). Throws for every other kind
 * of address, an object store (`s3:`) among them, at start and not at the first upload.
 */
export function openFileStore(storageUrl: string, dataDir: string): FileStore {
  if (storageUrl.startsWith("file:")) return diskFiles(folderOf(storageUrl, dataDir));
  const kind = storageUrl.split(":", 1)[0];
  throw new Error(
    `STORAGE_URL begins with ${kind}: but this version keeps files in a folder only; use file:/path/to/folder`,
  );
}

/** The store of these settings. */
export const createFiles = ({ storageUrl, dataDir }: Pick<Config, "storageUrl" | "dataDir">): FileStore =>
  openFileStore(storageUrl, dataDir);

function folderOf(storageUrl: string, dataDir: string): string {
  if (storageUrl.startsWith("file://")) return fileURLToPath(storageUrl);
  const path = storageUrl.slice("file:".length);
  return path === "" ? join(dataDir, "files") : resolve(path);
}
