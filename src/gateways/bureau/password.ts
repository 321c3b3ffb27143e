import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { unzip } from "./unzip.ts";

/**
 * 备案密码 as an upload carries it (ICPmm): MD5 in hexadecimal. The specification (V3.0, 4-1-1-2) says neither the letter
 * case nor the encoding; passwords are plain letters and digits, and we write lower case.
 */
export const filingPasswordHash = (password: string): string =>
  createHash("md5").update(password, "utf8").digest("hex");

const PASSWORDS = /(<ICPmm\b[^>]*>)[^<]+/g;

/**
 * A zip as it was uploaded to the same without the hash of the filing password, for keeping: the elements stay, empty.
 * A zip that holds none is given back as it is. The result is no longer what the bureau took in: its hash is another,
 * and it cannot be sent again. Throws `PackagingFailed` for what is no data file.
 */
export function blankPassword(zip: Uint8Array): Uint8Array {
  const { entryName, bytes } = unzip(zip);
  // Byte by byte: the second byte of a character in GBK is never `<`, so nothing else can be hit.
  const text = Buffer.from(bytes).toString("latin1");
  const blank = text.replace(PASSWORDS, "$1");
  if (blank === text) return zip;
  return Buffer.from(zipSync({ [entryName]: Buffer.from(blank, "latin1") }));
}
