import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { zipSync } from "fflate";
import { PackagingFailed } from "./errors.ts";
import { MAX_FILE_BYTES, unzip } from "./unzip.ts";

export { MAX_FILE_BYTES, unzip } from "./unzip.ts";

import { decodeGbk, encodeGbk, notInGbk } from "./gbk.ts";

/** Key and initial vector (密钥偏移量) as the bureau writes them: plain characters, used as their bytes. */
export type EncryptionKeys = { aesKey?: string; aesIv?: string };

/** A data file ready to be sent: the zip is what must be kept to send it again. */
export type Packed = { entryName: string; zip: Buffer; beianInfo: string; beianInfoHash: string };

/** What is inside a data file; `entryName` is the name in the zip. */
export type Unpacked = { entryName: string; xml: string; zip: Buffer };

/** The three algorithm numbers and the content, as both directions carry them. */
export type Wrapped = {
  beianInfo: string;
  beianInfoHash: string;
  encryptAlgorithm: number;
  hashAlgorithm: number;
  compressionFormat: number;
};

/** Limit of 企业系统接口规范 V3.0, 3-3-1-3. */
export const MAX_RECORDS = 1000;
const ENTRY_NAME = /^[A-Za-z0-9]{1,124}\.xml$/;
const CIPHERS: Record<number, string> = { 16: "aes-128-cbc", 24: "aes-192-cbc", 32: "aes-256-cbc" };
const BLOCK = 16;

/** base64 of the MD5 of the zip as it is before encryption (`beianInfoHash`). */
export const contentHash = (zip: Uint8Array): string => createHash("md5").update(zip).digest("base64");

/**
 * XML to a data file: GBK, zip with one deflated entry, hash, encryption, base64. `entryName` is letters and digits,
 * with `.xml`, at most 128 characters, different for each upload: a rejection by the schema names the file by it.
 * Throws `PackagingFailed`.
 */
export function pack(
  xml: string,
  account: EncryptionKeys & { encryptAlgorithm: number },
  entryName: string,
): Packed {
  if (!ENTRY_NAME.test(entryName)) throw new PackagingFailed("file_name");
  const zip = zipXml(xml, entryName);
  return { entryName, zip, ...wrap(zip, account) };
}

/** XML as the only entry of a zip, in GBK; for files of the bureau, whose names have other characters too. */
export const zipXml = (xml: string, entryName: string): Buffer =>
  Buffer.from(zipSync({ [entryName]: gbkOf(xml) }));

function gbkOf(xml: string): Buffer {
  if (xml.length > MAX_FILE_BYTES) throw new PackagingFailed("too_large");
  if (notInGbk(xml).length > 0) throw new PackagingFailed("encoding");
  const bytes = encodeGbk(xml);
  if (bytes.length > MAX_FILE_BYTES) throw new PackagingFailed("too_large");
  return bytes;
}

/** Kept zip bytes to the two parameters of an upload: what is sent again is hashed and encrypted as before. */
export function wrap(
  zip: Uint8Array,
  account: EncryptionKeys & { encryptAlgorithm: number },
): { beianInfo: string; beianInfoHash: string } {
  const beianInfo = account.encryptAlgorithm === 1 ? encrypted(zip, account) : base64(zip);
  return { beianInfo, beianInfoHash: contentHash(zip) };
}

/** A data file to its XML, by the algorithm numbers that it carries itself. Throws `PackagingFailed`. */
export function unpack(file: Wrapped, keys: EncryptionKeys): Unpacked {
  const { entryName, bytes, zip } = open(file, keys);
  const xml = decodeGbk(bytes);
  if (xml.includes("\ufffd")) throw new PackagingFailed("encoding");
  return { entryName, xml, zip };
}

/** As `unpack`, but gives the bytes of the entry as they are. */
export function open(
  file: Wrapped,
  keys: EncryptionKeys,
): { entryName: string; bytes: Uint8Array; zip: Buffer } {
  if (![0, 1].includes(file.encryptAlgorithm)) throw new PackagingFailed("algorithm", "encryption");
  if (file.hashAlgorithm !== 0) throw new PackagingFailed("algorithm", "hash");
  if (file.compressionFormat !== 0) throw new PackagingFailed("algorithm", "compression");
  const content = fromBase64(file.beianInfo);
  const zip = file.encryptAlgorithm === 1 ? decrypt(content, keys) : content;
  if (contentHash(zip) !== file.beianInfoHash.replace(/\s/g, "")) throw new PackagingFailed("hash");
  return { ...unzip(zip), zip };
}

/** Node reads base64 leniently, so what is not base64 must be refused here; line breaks are usual. */
export function fromBase64(text: string): Buffer {
  const plain = text.replace(/\s/g, "");
  if (plain === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) throw new PackagingFailed("base64");
  return Buffer.from(plain, "base64");
}

function cipherOf({ aesKey = "", aesIv = "" }: EncryptionKeys): [name: string, key: Buffer, iv: Buffer] {
  const [key, iv] = [Buffer.from(aesKey, "latin1"), Buffer.from(aesIv, "latin1")];
  const name = CIPHERS[key.length];
  if (!name || iv.length !== BLOCK) throw new PackagingFailed("key", "length of key or initial vector");
  return [name, key, iv];
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

/** What AES makes of it, in base64 right away: a large file is not there once more in between. */
function encrypted(zip: Uint8Array, keys: EncryptionKeys): string {
  const cipher = createCipheriv(...cipherOf(keys));
  return cipher.update(zip, undefined, "base64") + cipher.final("base64");
}

/** The zip in what AES made of it. Throws `PackagingFailed`. */
export function decrypt(content: Buffer, keys: EncryptionKeys): Buffer {
  const decipher = createDecipheriv(...cipherOf(keys));
  try {
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch {
    throw new PackagingFailed("decryption");
  }
}
