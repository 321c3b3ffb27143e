import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";
import { PackagingFailed } from "./errors.ts";
import { END, ENTRY, LOCAL, MAX_FILE_BYTES, NAME_IN_UTF8 } from "./unzip.ts";

/** 2.0: deflate. */
const VERSION = 20;
const DEFLATED = 8;
/** 1980-01-01, the first day that a zip knows: the same content is the same file, whenever it is made. */
const NO_DATE = 0x21;
/** Bytes that are compressed at a time. */
const AT_ONCE = 64 * 1024;

type Entry = { name: Buffer; flags: number; checksum: number; packed: number; size: number };

/**
 * Chunks of a file as the only entry of a zip, without being joined first. Node compresses in a thread of its own, so the
 * heart of the worker beats on. The sizes stand before the content, as not every reader takes them behind it, where a
 * library that streams has to put them. Throws `PackagingFailed`.
 */
export async function zipXmlAside(chunks: readonly Uint8Array[], entryName: string): Promise<Buffer> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (size > MAX_FILE_BYTES) throw new PackagingFailed("too_large");
  const packed: Buffer[] = [];
  for await (const part of Readable.from(chunks).pipe(createDeflateRaw({ chunkSize: AT_ONCE })))
    packed.push(part as Buffer);
  const name = Buffer.from(entryName);
  const entry: Entry = {
    name,
    flags: name.length === entryName.length ? 0 : NAME_IN_UTF8,
    checksum: chunks.reduce((sum, chunk) => crc32(chunk, sum), 0),
    packed: packed.reduce((sum, part) => sum + part.length, 0),
    size,
  };
  return Buffer.concat([...localHeader(entry), ...packed, ...directory(entry)]);
}

/** What both headers of an entry say, from the version that reads it to the length of the extra field. */
function described({ name, flags, checksum, packed, size }: Entry): Buffer {
  const said = Buffer.alloc(26);
  said.writeUInt16LE(VERSION, 0);
  said.writeUInt16LE(flags, 2);
  said.writeUInt16LE(DEFLATED, 4);
  said.writeUInt16LE(NO_DATE, 8);
  said.writeUInt32LE(checksum, 10);
  said.writeUInt32LE(packed, 14);
  said.writeUInt32LE(size, 18);
  said.writeUInt16LE(name.length, 22);
  return said;
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const localHeader = (entry: Entry): Buffer[] => [number(LOCAL), described(entry), entry.name];

/** The entry again, without comment or attributes and at the very beginning, and the end that says where it stands. */
function directory(entry: Entry): Buffer[] {
  const made = Buffer.alloc(2, VERSION);
  made[1] = 0;
  const again = [number(ENTRY), made, described(entry), Buffer.alloc(14), entry.name];
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(Buffer.concat(again).length, 8);
  end.writeUInt32LE(30 + entry.name.length + entry.packed, 12);
  return [...again, number(END), end];
}
