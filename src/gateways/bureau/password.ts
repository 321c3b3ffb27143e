import { createHash } from "node:crypto";
import { unzip } from "./unzip.ts";
import { zipXmlAside } from "./zip.ts";

/**
 * 备案密码 as an upload carries it (ICPmm): MD5 in hexadecimal. The specification (V3.0, 4-1-1-2) says neither the letter
 * case nor the encoding; passwords are plain letters and digits, and we write lower case.
 */
export const filingPasswordHash = (password: string): string =>
  createHash("md5").update(password, "utf8").digest("hex");

const PASSWORD = "<ICPmm";
/** Before the end of an element that holds nothing. */
const SLASH = 0x2f;

/**
 * A zip as it was uploaded to the same without the hash of the filing password, for keeping: the elements stay, empty.
 * A zip that holds none is given back as it is. The result is no longer what the bureau took in: its hash is another,
 * and it cannot be sent again. Rejects with `PackagingFailed` for what is no data file.
 */
export async function blankPassword(zip: Uint8Array): Promise<Uint8Array> {
  const { entryName, bytes } = unzip(zip);
  const left = withoutPasswords(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return left.length === 1 ? zip : zipXmlAside(left, entryName);
}

/** Byte by byte: the second byte of a character in GBK is never `<` or `>`, so nothing else can be hit. */
function withoutPasswords(bytes: Buffer): Buffer[] {
  const left: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(PASSWORD); at !== -1; at = bytes.indexOf(PASSWORD, at + 1)) {
    const start = bytes.indexOf(">", at) + 1;
    const end = bytes.indexOf("<", start);
    const isEmpty = bytes[start - 2] === SLASH;
    if (start === 0 || isEmpty || end <= start) continue;
    left.push(bytes.subarray(from, start));
    from = end;
  }
  return [...left, bytes.subarray(from)];
}
