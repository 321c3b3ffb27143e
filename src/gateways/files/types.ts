/** Where the bytes of materials lie. The caller seals them first: a store never sees what a picture shows. */
export interface FileStore {
  /** Keeps the bytes and gives their id: 32 hexadecimal digits, random. They are on the disk when it returns. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws `FileMissing` where there is no such file. */
  get(id: string): Promise<Buffer>;
  /** Removes the file; removing it again is nothing. */
  remove(id: string): Promise<void>;
  /** All files, in no order, for the sweep of those that have no row. */
  list(): AsyncIterable<StoredFile>;
}

export type StoredFile = { id: string; writtenAt: Date };

/** The store holds no file with this id. */
export class FileMissing extends Error {
  override name = "FileMissing";

  constructor(id: string) {
    super(`no stored file has the id ${id}`);
  }
}

const ID = /^[0-9a-f]{32}$/;

/** Whether a text is a file's id; nothing else ever becomes a part of a path. */
export const isFileId = (text: string): boolean => ID.test(text);
