import iconv from "iconv-lite";
import { readDownloadAnswer } from "./answers.ts";
import { PackagingFailed } from "./errors.ts";
import { decodeGbk } from "./gbk.ts";
import { decrypt, type EncryptionKeys, fromBase64, open } from "./packaging.ts";
import { unzip } from "./unzip.ts";

/** A data file that was opened; `entryName` is "" where it was no zip. */
export type Decoded = { entryName: string; xml: string };

/** Keys for what is encrypted; without them only what is not can be opened. */
export type DecodeKeys = EncryptionKeys | undefined;

/**
 * A file of the interface in whatever shape somebody has it: the XML itself (GBK, or UTF-8 where it says so), its zip,
 * base64 of the zip or of its cipher, or `fileInfos` as isp_download answers it, alone or within `<return>`. Throws
 * `PackagingFailed` and `XmlUnreadable`.
 */
export function decodeFile(bytes: Buffer, keys?: DecodeKeys): Decoded {
  if (isZip(bytes)) return ofZip(bytes);
  const head = bytes.subarray(0, HEAD).toString("latin1").trimStart();
  if (/^(\ufeff|ï»¿)?\s*</.test(head)) return ofXml(textOf(bytes, head), keys);
  return ofBase64(bytes.toString("latin1"), keys);
}

/** So much of a file says what it is. */
const HEAD = 200;

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** What a text declares; the interface has GBK throughout, our own copies of answers UTF-8. */
const textOf = (bytes: Buffer, head: string): string =>
  /encoding=["']utf-8["']/i.test(head) ? iconv.decode(bytes, "utf-8") : decodeGbk(bytes);

function ofZip(zip: Uint8Array): Decoded {
  const { entryName, bytes } = unzip(zip);
  return { entryName, xml: decodeGbk(bytes) };
}

function ofXml(text: string, keys: DecodeKeys): Decoded {
  const [infos] = /<fileInfos[\s>][\s\S]*<\/fileInfos>/.exec(text) ?? [];
  if (infos === undefined) return { entryName: "", xml: text };
  const file = readDownloadAnswer(`<return><msg_code>0</msg_code>${infos}</return>`)?.file;
  if (!file) throw new PackagingFailed("base64", "no beianInfo");
  const { entryName, bytes } = open(file, keys ?? {});
  return { entryName, xml: decodeGbk(bytes) };
}

function ofBase64(text: string, keys: DecodeKeys): Decoded {
  const bytes = fromBase64(text);
  return ofZip(isZip(bytes) ? bytes : decrypt(bytes, keys ?? {}));
}
