import type { PictureKind } from "./picture-type.ts";

/** Size in pixels as stored, before any orientation; null where the header is broken or cut off. */
export type StoredSize = { width: number; height: number } | null;

/**
 * Reads a picture's size from its header alone, without a decoder: a file that claims a billion pixels costs nothing.
 * Also gives null for a file that was visibly cut off (no end marker, shorter than it says).
 */
export function storedSize(kind: PictureKind, bytes: Uint8Array): StoredSize {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const size = READERS[kind](view);
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    if (error instanceof RangeError) return null; // read past the end: the header is cut off
    throw error;
  }
}

const READERS: Record<PictureKind, (bytes: Buffer) => StoredSize> = { jpeg, png, webp };

/** RFC 2083: the first chunk is IHDR, the last IEND. */
function png(bytes: Buffer): StoredSize {
  if (bytes.toString("latin1", 12, 16) !== "IHDR" || bytes.lastIndexOf("IEND", undefined, "latin1") < 0)
    return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Markers that stand alone, without a length (ITU-T T.81, B.1.1.3). */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Start-of-frame markers: C0–CF without DHT (C4), JPG (C8) and DAC (CC). */
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpeg(bytes: Buffer): StoredSize {
  let size: StoredSize = null;
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else {
      if (startsFrame(marker))
        size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
      // The end marker must come after the picture itself: a thumbnail inside the metadata has one of its own.
      if (marker === 0xda) return bytes.lastIndexOf("\xff\xd9", undefined, "latin1") > at ? size : null;
      if (marker === 0xd9) return null;
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
}

/** RFC 9649: a RIFF file whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended). */
function webp(bytes: Buffer): StoredSize {
  if (bytes.readUInt32LE(4) + 8 > bytes.length) return null;
  const chunk = bytes.toString("latin1", 12, 16);
  if (chunk === "VP8X") return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === "VP8 ")
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk !== "VP8L") return null;
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
