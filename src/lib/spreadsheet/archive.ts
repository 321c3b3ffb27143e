import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

const inflate = promisify(inflateRaw);

/** One file of an archive as its directory has it: where it begins, bytes packed and unpacked. */
type Entry = { at: number; method: number; packed: number; unpacked: number };

/** Signatures of the ZIP format (PKWARE APPNOTE.TXT 4.3): end of the directory, a line of it, a file. */
const END = 0x06054b50;
const LINE = 0x02014b50;
const FILE = 0x04034b50;
/** What may stand after a file: its sizes once more. */
const DESCRIPTOR = 24;

/** Where the directory begins and how many lines it has; undefined without one. */
function directory(zip: Buffer): { at: number; count: number } | undefined {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 0xffff); at--)
    if (zip.readUInt32LE(at) === END)
      return { at: zip.readUInt32LE(at + 16), count: zip.readUInt16LE(at + 10) };
  return undefined;
}

function entriesOf(zip: Buffer): Entry[] {
  const found = directory(zip);
  const entries: Entry[] = [];
  let at = found?.at ?? 0;
  for (let left = found?.count ?? 0; left > 0; left--) {
    if (zip.readUInt32LE(at) !== LINE) throw new RangeError("not a line of the directory");
    entries.push({
      at: zip.readUInt32LE(at + 42),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
    });
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries.sort((a, b) => a.at - b.at);
}

/** Where the packed bytes of a file begin. */
function bodyAt(zip: Buffer, { at }: Entry): number {
  if (zip.readUInt32LE(at) !== FILE) throw new RangeError("no file where the directory says");
  return at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
}

/**
 * Whether the archive holds no more than `limit` bytes once unpacked. The sizes that it declares are looked at first;
 * then that they are true, and that nothing lies between the files of the directory, since a reader that goes from front
 * to back would unpack that too. What is no archive, or one beyond 4 GB, does not fit.
 */
export async function fitsUnpacked(zip: Buffer, limit: number): Promise<boolean> {
  try {
    const entries = entriesOf(zip);
    if (entries.length === 0 || entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > limit)
      return false;
    let end = 0;
    for (const entry of entries) {
      if (entry.at < end || entry.at > end + DESCRIPTOR) return false;
      const from = bodyAt(zip, entry);
      end = from + entry.packed;
      if (entry.method === 8)
        await inflate(zip.subarray(from, end), { maxOutputLength: Math.max(1, entry.unpacked) });
      else if (entry.method !== 0 || entry.packed !== entry.unpacked) return false;
    }
    return true;
  } catch {
    return false;
  }
}
