import { decodeGbk } from "./gbk.ts";
import { type MaskedRow, maskedRows, picturesOf } from "./masked.ts";
import { unzip } from "./unzip.ts";
import { DEFAULT_VERSION, knownVersions } from "./versions.ts";
import { readXml } from "./xml.ts";

/** A data file as people may read it. `version` is the one that it states. */
export type MaskedText = { version: string; rows: MaskedRow[]; more: number };
export type MaskedFile = MaskedText & { entryName: string };

type Window = { from?: number; limit?: number };

/** A zip of the interface, neither encrypted nor in base64. Throws as `maskedText`, and `PackagingFailed`. */
export function maskedFile(zip: Uint8Array, window: Window = {}): MaskedFile {
  const { entryName, bytes } = unzip(zip);
  return { entryName, ...maskedText(decodeGbk(bytes), window) };
}

/**
 * A text of the interface as masked lines (`maskedRows`): `limit` of them after the first `from`. Pictures are taken out
 * before anything is read, so the largest file needs little room. Throws `XmlUnreadable`.
 */
export function maskedText(xml: string, { from = 0, limit = 1000 }: Window = {}): MaskedText {
  const tree = readXml(withoutPictures(xml));
  const stated = tree.attributes.version ?? "";
  const version = knownVersions().includes(stated) ? stated : DEFAULT_VERSION;
  return { version: stated, ...maskedRows(tree, { version, from, limit }) };
}

/** The text with one sign in the place of each picture, so that it still shows that there is one. */
const withoutPictures = (text: string): string =>
  picturesOf(DEFAULT_VERSION).reduce(
    (left, name) => left.replace(new RegExp(`<${name}>[^<]+</${name}>`, "g"), `<${name}>…</${name}>`),
    text,
  );
