/** A stored file and when it was written. */
export type StoredFile = { id: string; storedAt: Date };

/** Where bytes lie, under random ids. They are sealed by the caller; this store never sees what they are. */
export type FileStore = {
  /** The bytes are safe (on the disk, not in a buffer) when the id comes back. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws `FileMissing` when nothing lies there. */
  get(fileId: string): Promise<Buffer>;
  /** Removing what is not there is no error: it may be done twice. */
  remove(fileId: string): Promise<void>;
  /** Every file, in no order; for the sweep of files that no row names. */
  list(): AsyncIterable<StoredFile>;
};

/** Nothing lies under that id. */
export class FileMissing extends Error {
  override name = "FileMissing";
}
