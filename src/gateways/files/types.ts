import { randomBytes } from "node:crypto";

/** Where the bytes of materials lie. The caller seals them first: a store never sees what a picture shows. */
export interface FileStore {
  /**
   * Keeps the bytes and gives their id: 32 hexadecimal digits, random. They are safe when it returns. Only a move from
   * another store gives an id, so that the rows that name the file stay true.
   */
  put(bytes: Uint8Array, id?: string): Promise<string>;
  /** Throws `FileMissing` where there is no such file, and only then. */
  get(id: string): Promise<Buffer>;
  /** Removes the file; removing it again is nothing. */
  remove(id: string): Promise<void>;
  /** All files, in no order, for the sweep of those that have no row; with `start` those whose ids begin so. */
  list(start?: string): AsyncIterable<StoredFile>;
}

/** `size` in bytes; `writtenAt` is when this store took the file, also for one that was moved here. */
export type StoredFile = { id: string; size: number; writtenAt: Date };

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

/** Where a file lies below its store: `ab/cd/abcd…`, two levels of 256. Throws `FileMissing` for what is no id. */
export function filePath(id: string): string {
  if (!isFileId(id)) throw new FileMissing(id.slice(0, 40));
  return `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`;
}

export const newFileId = (): string => randomBytes(16).toString("hex");
