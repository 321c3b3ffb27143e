import type { PictureFault } from "../vocabulary/filing.ts";
import { bureauCopy, thumbnailCopy, WORKING_SIDE } from "./copies.ts";
import { oneAtATime } from "./engine.ts";
import { pictureFaults } from "./legibility.ts";
import { perceptualHash } from "./perceptual-hash.ts";
import { storedSize } from "./picture-header.ts";
import {
  isPictureProblem,
  MAX_PICTURE_BYTES,
  MAX_PIXELS,
  MIN_LONG_SIDE,
  type PictureProblem,
} from "./picture-problem.ts";
import { type PictureKind, pictureType } from "./picture-type.ts";
import { type Changes, pixelsOf, readSource } from "./source.ts";

/** What the header of an acceptable picture says; width and height as stored, before orientation. */
export type InspectedPicture = { kind: PictureKind; width: number; height: number };

/**
 * The three copies that are kept (JPEG, upright, sRGB, no metadata), the size of the full one in pixels, what makes it
 * hard to read, and what it looks like (`perceptualHash`).
 */
export type PreparedPicture = {
  full: Buffer;
  bureau: Buffer;
  thumbnail: Buffer;
  width: number;
  height: number;
  faults: PictureFault[];
  print: string;
};

/** `limitBytes`: most bytes of the bureau's copy. */
export type PrepareOptions = Changes & { limitBytes?: number };

/** Most bytes of a file for the bureau (管局) where the slot does not say: 73 KB are 100 KB in base64. */
export const BUREAU_LIMIT = 73 * 1024;

/**
 * Looks at the header alone and refuses what is not taken: empty, too large, another kind, broken, too many or too few
 * pixels. Cheap enough to be called within the request; the file's name is never asked.
 */
export function inspectPicture(bytes: Uint8Array): InspectedPicture | PictureProblem {
  if (bytes.length === 0) return { code: "empty" };
  const type = pictureType(bytes);
  if (type.kind === null)
    return type.name ? { code: "wrong-kind", name: type.name } : { code: "not-a-picture" };
  if (bytes.length > MAX_PICTURE_BYTES) {
    return { code: "too-large", megabytes: Math.ceil(bytes.length / 1024 / 1024) };
  }
  const size = storedSize(type.kind, bytes);
  if (!size) return { code: "broken" };
  if (size.width * size.height > MAX_PIXELS) return { code: "too-many-pixels", ...size };
  if (Math.max(size.width, size.height) < MIN_LONG_SIDE) return { code: "too-small", ...size };
  return { kind: type.kind, ...size };
}

/**
 * Makes the three copies of a picture as it came from the registrant, or says why it cannot.
 * A moving WebP gives its first frame.
 */
export async function preparePicture(
  bytes: Uint8Array,
  options: PrepareOptions = {},
): Promise<PreparedPicture | PictureProblem> {
  const inspected = inspectPicture(bytes);
  if (isPictureProblem(inspected)) return inspected;
  return oneAtATime(async () => {
    const read = await readSource(bytes, options);
    if (isPictureProblem(read)) return read;
    const small = await pixelsOf(read.source, WORKING_SIDE);
    const larger = (side: number) => pixelsOf(read.source, side);
    const bureau = await bureauCopy(small, options.limitBytes ?? BUREAU_LIMIT, larger);
    const { jpeg: full, width, height } = read.full;
    const [faults, print] = [
      await pictureFaults(small, Math.max(width, height)),
      await perceptualHash(small),
    ];
    return { full, bureau, thumbnail: await thumbnailCopy(small), width, height, faults, print };
  });
}
