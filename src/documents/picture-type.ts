/** The kinds of picture taken. */
export const PICTURE_KINDS = ["jpeg", "png", "webp"] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** A kind that is taken, or the Chinese name of one that is not (null: not known to us at all). */
export type PictureType = { kind: PictureKind } | { kind: null; name: string | null };

type Signature = { at: number; bytes: string; name: string };

/** First bytes by their published file signatures (RFC 2083, RFC 9649, JPEG ITU-T T.81 B.1.1.3, PKZIP appnote 4.3). */
const TAKEN: Array<{ kind: PictureKind; marks: Array<[at: number, bytes: string]> }> = [
  { kind: "jpeg", marks: [[0, "\xff\xd8\xff"]] },
  { kind: "png", marks: [[0, "\x89PNG\r\n\x1a\n"]] },
  {
    kind: "webp",
    marks: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  },
];

const NAMED: Signature[] = [
  { at: 0, bytes: "GIF8", name: "GIF动图" },
  { at: 0, bytes: "%PDF", name: "PDF文件" },
  { at: 0, bytes: "II*\0", name: "TIFF图片" },
  { at: 0, bytes: "MM\0*", name: "TIFF图片" },
  { at: 0, bytes: "II+\0", name: "TIFF图片" },
  { at: 0, bytes: "BM", name: "BMP图片" },
  { at: 0, bytes: "\0\0\x01\0", name: "图标文件" },
  { at: 0, bytes: "8BPS", name: "Photoshop文件" },
  { at: 0, bytes: "\xff\x0a", name: "JPEG XL图片" },
  { at: 0, bytes: "\0\0\0\x0cJXL ", name: "JPEG XL图片" },
  { at: 0, bytes: "\0\0\0\x0cjP  ", name: "JPEG 2000图片" },
  { at: 0, bytes: "Rar!", name: "压缩文件" },
  { at: 0, bytes: "7z\xbc\xaf\x27\x1c", name: "压缩文件" },
  { at: 0, bytes: "\x1f\x8b", name: "压缩文件" },
  { at: 0, bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name: "Word或Excel文件" },
  { at: 0, bytes: "{\\rtf", name: "Word文件" },
  { at: 0, bytes: "MZ", name: "程序文件" },
  { at: 0, bytes: "\x7fELF", name: "程序文件" },
  { at: 0, bytes: "RIFF", name: "音频或视频文件" },
];

/** Brands of ISO base media files (ISO/IEC 23008-12 Annex B, AV1 image format 4): the four bytes after "ftyp". */
const BRANDS: Array<[RegExp, string]> = [
  [/^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/, "HEIC照片"],
  [/^avi[fs]$/, "AVIF图片"],
  [/./s, "视频文件"],
];

/** Text formats by how they begin, after a byte order mark, space, an XML declaration, comments and a doctype. */
const TEXTS: Array<[RegExp, string]> = [
  [/^<svg[\s>]|^<!doctype\s+svg/i, "SVG图片"],
  [/^<!doctype\s+html|^<(html|head|body|script)[\s>]/i, "网页文件"],
  [/^<\?xml|^<[a-z]/i, "XML文件"],
];

/** Space, comments and declarations that may stand before the first element. */
const PROLOGUE = /^(\uFEFF|\s+|<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!doctype\s+svg[^>[]*(\[[^\]]*\])?[^>]*>)/i;

/** How much of a file is read to tell a text format. */
const TEXT_WINDOW = 4096;

/**
 * What a file really is, by its bytes alone; its name and the browser's word are never asked, so that a decoder is
 * only ever given a format we mean to decode.
 */
export function pictureType(bytes: Uint8Array): PictureType {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, TEXT_WINDOW)).toString(
    "latin1",
  );
  const taken = TAKEN.find(({ marks }) => marks.every(([at, mark]) => start.startsWith(mark, at)));
  if (taken) return { kind: taken.kind };
  return { kind: null, name: containerName(start) ?? signatureName(start) ?? textName(start) };
}

const signatureName = (start: string): string | null =>
  NAMED.find(({ at, bytes }) => start.startsWith(bytes, at))?.name ?? null;

function containerName(start: string): string | null {
  if (start.startsWith("ftyp", 4)) {
    return BRANDS.find(([brand]) => brand.test(start.slice(8, 12)))?.[1] ?? null;
  }
  if (!start.startsWith("PK\x03\x04") && !start.startsWith("PK\x05\x06")) return null;
  const office = /\[Content_Types\]\.xml|_rels\/|word\/|xl\/|ppt\//.test(start);
  return office ? "Word或Excel文件" : "压缩文件";
}

function textName(start: string): string | null {
  const text = Buffer.from(start, "latin1").toString("utf8");
  const name = TEXTS.find(([beginning]) => beginning.test(withoutPrologue(text)))?.[1];
  return name ?? (text.trimStart().startsWith("<?xml") ? "XML文件" : null);
}

function withoutPrologue(text: string): string {
  let rest = text;
  for (let found = PROLOGUE.exec(rest); found; found = PROLOGUE.exec(rest))
    rest = rest.slice(found[0].length);
  return rest;
}
