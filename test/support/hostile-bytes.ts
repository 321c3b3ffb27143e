import { crc32, deflateSync } from "node:zlib";

/** Parts of picture files as their standards write them, to put them together wrongly. */

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** A chunk of a PNG (RFC 2083, 3.2). */
export function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
}

export const PNG_START = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** The header of a PNG: size, bits a channel and kind of colour (0 grey, 2 colours, 3 palette, 6 with transparency). */
export const pngHead = (width: number, height: number, bits = 8, colour = 2): Buffer =>
  Buffer.concat([
    PNG_START,
    pngChunk("IHDR", Buffer.concat([u32(width), u32(height), Buffer.from([bits, colour, 0, 0, 0])])),
  ]);

/** A whole PNG of zeros with more chunks before its pixels. */
export const pngOf = (width: number, height: number, before: Buffer[] = [], bits = 8): Buffer =>
  Buffer.concat([
    pngHead(width, height, bits),
    ...before,
    pngChunk("IDAT", deflateSync(Buffer.alloc(height * (1 + width * 3 * (bits / 8))), { level: 9 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);

/** Compressed text of a PNG (zTXt) that unpacks to so many bytes. */
export const pngTextBomb = (bytes: number): Buffer =>
  pngChunk(
    "zTXt",
    Buffer.concat([Buffer.from("Comment\0\0", "latin1"), deflateSync(Buffer.alloc(bytes, 65), { level: 9 })]),
  );

/** A segment of a JPEG (ITU-T T.81, B.1.1.4), put behind its first marker. */
export const jpegWith = (jpeg: Buffer, marker: number, data: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, marker]), length, data, jpeg.subarray(2)]);
};

/** A JPEG whose frame claims another size. */
export function jpegClaiming(jpeg: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(jpeg);
  for (let at = 2; at < bytes.length - 9; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt8(at + 1);
    if (marker < 0xc0 || marker > 0xc2) continue;
    bytes.writeUInt16BE(height, at + 5);
    bytes.writeUInt16BE(width, at + 7);
    return bytes;
  }
  throw new Error("no frame");
}

/** A progressive JPEG whose last scan is repeated so often: each one makes a decoder go over all pixels again. */
export function jpegOfScans(progressive: Buffer, times: number): Buffer {
  const start = progressive.lastIndexOf("\xff\xda", undefined, "latin1");
  const scan = progressive.subarray(start, progressive.length - 2);
  return Buffer.concat([
    progressive.subarray(0, -2),
    ...Array.from({ length: times }, () => scan),
    progressive.subarray(-2),
  ]);
}

/** A WebP with another size in its extended header (RFC 9649, VP8X), around the chunks of a simple one. */
export function webpClaiming(webp: Buffer, width: number, height: number, flags = 0): Buffer {
  const head = Buffer.alloc(18);
  head.write("VP8X", 0, "latin1");
  head.writeUInt32LE(10, 4);
  head.writeUInt8(flags, 8);
  head.writeUIntLE(width - 1, 12, 3);
  head.writeUIntLE(height - 1, 15, 3);
  const body = Buffer.concat([Buffer.from("WEBP", "latin1"), head, webp.subarray(12)]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from("RIFF", "latin1"), size, body]);
}
