import { inflateRawSync } from "node:zlib";
import { PackagingFailed } from "./errors.ts";

/** Limit of 企业系统接口规范 V3.0, 3-3-1-3: code 18 above 50 MB, taken as the size of the XML. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** Marks of the parts of a zip. */
export const END = 0x06054b50;
export const ENTRY = 0x02014b50;
export const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** A comment after the directory may have so many bytes. */
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
export const NAME_IN_UTF8 = 0x800;

/**
 * The only entry of a zip. What the zip states about sizes is not believed: inflating ends as soon as there is more than
 * a file may have, and what came out must be what was stated. Throws `PackagingFailed`.
 */
export function unzip(zip: Uint8Array): { entryName: string; bytes: Uint8Array } {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  try {
    return onlyEntry(bytes);
  } catch (error) {
    // Reading behind the end of a cut file.
    throw error instanceof PackagingFailed ? error : new PackagingFailed("zip");
  }
}

function onlyEntry(zip: Buffer): { entryName: string; bytes: Uint8Array } {
  const end = endOf(zip);
  if (zip.readUInt16LE(end + 10) !== 1) throw new PackagingFailed("file_count");
  const entry = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(entry) !== ENTRY) throw new PackagingFailed("zip");
  const flags = zip.readUInt16LE(entry + 8);
  const stated = zip.readUInt32LE(entry + 24);
  if (flags & ENCRYPTED) throw new PackagingFailed("zip");
  if (stated > MAX_FILE_BYTES) throw new PackagingFailed("too_large");
  const nameEnd = entry + ENTRY_BYTES + zip.readUInt16LE(entry + 28);
  const entryName = zip.toString(flags & NAME_IN_UTF8 ? "utf8" : "latin1", entry + ENTRY_BYTES, nameEnd);
  const bytes = opened(contentOf(zip, entry), zip.readUInt16LE(entry + 10));
  if (bytes.length !== stated) throw new PackagingFailed("zip");
  return { entryName, bytes };
}

/** Where the end of the directory stands: the last such mark, before a comment. */
function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - END_BYTES - MAX_COMMENT);
  for (let at = zip.length - END_BYTES; at >= first; at--) if (zip.readUInt32LE(at) === END) return at;
  throw new PackagingFailed("zip");
}

function contentOf(zip: Buffer, entry: number): Buffer {
  const local = zip.readUInt32LE(entry + 42);
  if (zip.readUInt32LE(local) !== LOCAL) throw new PackagingFailed("zip");
  const start = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const size = zip.readUInt32LE(entry + 20);
  if (start + size > zip.length) throw new PackagingFailed("zip");
  return zip.subarray(start, start + size);
}

function opened(content: Buffer, method: number): Uint8Array {
  if (method === STORED && content.length <= MAX_FILE_BYTES) return content;
  if (method !== DEFLATED) throw new PackagingFailed(method === STORED ? "too_large" : "zip");
  try {
    return inflateRawSync(content, { maxOutputLength: MAX_FILE_BYTES });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new PackagingFailed(isTooLarge ? "too_large" : "zip");
  }
}
