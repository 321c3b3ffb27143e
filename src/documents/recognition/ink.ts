import { sharp } from "../engine.ts";

/** Grey levels as they lie in memory, one byte a pixel. */
export type Grey = { data: Uint8Array; width: number; height: number };

/** Long side in pixels at which a paper is read: letters of a card or licence that fills the photo are 30 to 50 high. */
const READING_SIDE = 2400;

/** The grey levels of a JPEG at reading size; a smaller picture is enlarged to half of it at most. */
export async function readGrey(jpeg: Uint8Array): Promise<Grey> {
  const { data, info } = await sharp(jpeg, { failOn: "error" })
    .resize(READING_SIDE, READING_SIDE, { fit: "inside", kernel: "cubic" })
    .toColourspace("b-w")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error(`expected one channel, got ${info.channels}`);
  return { data, width: info.width, height: info.height };
}

/** Half the side of the window in which the paper's own brightness is taken, as a share of the long side. */
const WINDOW = 1 / 55;

/** What is a quarter darker than its surroundings is ink; fine lines and watermarks (水印) are not. */
const INK = 0.76;

/** Sums over all pixels above and to the left (Bradley and Roth 2007), one row and column of zeros before them. */
function sumsOf({ data, width, height }: Grey): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x] ?? 0;
      const at = (y + 1) * (width + 1) + x + 1;
      sums[at] = (sums[at - width - 1] ?? 0) + row;
    }
  }
  return sums;
}

/**
 * The same page evenly lit, and where its ink lies (1). Every pixel is held against the mean around it, so that shadow
 * and the lamp's falling off make no difference.
 */
export function findInk(grey: Grey): { even: Grey; ink: Uint8Array } {
  const { data, width, height } = grey;
  const sums = sumsOf(grey);
  const half = Math.round(Math.max(width, height) * WINDOW);
  const even = new Uint8Array(width * height);
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const upper = Math.max(y - half, 0) * (width + 1);
    const lower = Math.min(y + half + 1, height);
    const rows = lower - upper / (width + 1);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(x - half, 0);
      const right = Math.min(x + half + 1, width);
      const below = lower * (width + 1);
      const sum =
        (sums[below + right] ?? 0) -
        (sums[below + left] ?? 0) -
        (sums[upper + right] ?? 0) +
        (sums[upper + left] ?? 0);
      const mean = sum / (rows * (right - left)) || 1;
      const share = (data[y * width + x] ?? 0) / mean;
      const at = y * width + x;
      ink[at] = share < INK ? 1 : 0;
      even[at] = Math.min(255, share * 225);
    }
  }
  return { even: { data: even, width, height }, ink };
}
