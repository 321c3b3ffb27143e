import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../../config.ts";
import { s3Place, s3Problems } from "../../lib/s3-address.ts";
import { diskFiles } from "./disk.ts";
import { s3Files } from "./s3.ts";
import type { Limits } from "./s3-transport.ts";
import type { FileStore } from "./types.ts";

export { type Moved, moveFiles } from "./move.ts";
export { areOne, tryStore } from "./probe.ts";
export { QUICK, StorageFailed } from "./s3-transport.ts";
export { FileMissing, type FileStore, isFileId, type StoredFile } from "./types.ts";

/**
 * The file store of an address: `file:` and a folder (alone: `files` in the data folder), or `s3://…` with its
 * credentials (src/lib/s3-address.ts). Opens no connection. Throws for every other address.
 */
export function openFileStore(address: string, dataDir: string, limits?: Limits): FileStore {
  if (address.startsWith("file:")) return diskFiles(folderOf(address, dataDir));
  if (!address.startsWith("s3:")) throw new Error("files are kept at a file: or s3: address only");
  const [problem] = s3Problems(address, "the address");
  if (problem) throw new Error(problem);
  return s3Files(s3Place(address), limits);
}

/** The store of these settings. */
export const createFiles = ({ storageUrl, dataDir }: Pick<Config, "storageUrl" | "dataDir">): FileStore =>
  openFileStore(storageUrl, dataDir);

/** The folder of a `file:` address. */
export function folderOf(address: string, dataDir: string): string {
  if (address.startsWith("file://")) return fileURLToPath(address);
  const path = address.slice("file:".length);
  return path === "" ? join(dataDir, "files") : resolve(path);
}
