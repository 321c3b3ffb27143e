import { sharp } from "./engine.ts";

/** Both pictures are brought to so many pixels both ways and compared in squares of so many. */
const SIDE = 128;
const SQUARE = 8;

/** A square whose greys vary less (standard deviation) shows nothing. */
const FLAT = 10;

/**
 * Every square of a copy correlates with that of its picture by more than 0.9 (turned, shrunk, saved with a quality of 20,
 * 10 % brighter, 15 % darker; measured on photographed cards and curtain photos of the demo). Of two people before the
 * same curtain five squares do not, of two cards nineteen.
 */
const ALIKE = 0.9;
const ODD_ONES = 2;

/** Something to compare: the greys of a picture, turned clockwise by quarters. */
const greysOf = (picture: Uint8Array, quarterTurns: number): Promise<Buffer> =>
  sharp(picture)
    .rotate(quarterTurns * 90)
    .greyscale()
    .resize(SIDE, SIDE, { fit: "fill" })
    .raw()
    .toBuffer();

/**
 * Whether two pictures show the same, square by square, however bright they are; the second one is turned first. Two
 * drawings of one form with other words in it are not the same. Takes the thumbnails that are kept of them.
 */
export async function sameDetails(
  picture: Uint8Array,
  other: Uint8Array,
  quarterTurns = 0,
): Promise<boolean> {
  const [one, two] = await Promise.all([greysOf(picture, 0), greysOf(other, quarterTurns)]);
  let odd = 0;
  for (let top = 0; top < SIDE; top += SQUARE)
    for (let left = 0; left < SIDE; left += SQUARE) {
      const alike = correlation(squareOf(one, top, left), squareOf(two, top, left));
      if (alike !== undefined && alike < ALIKE) odd += 1;
    }
  return odd <= ODD_ONES;
}

const squareOf = (greys: Buffer, top: number, left: number): number[] =>
  Array.from(
    { length: SQUARE * SQUARE },
    (_, at) => greys[(top + Math.floor(at / SQUARE)) * SIDE + left + (at % SQUARE)] ?? 0,
  );

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Pearson's correlation of two squares; undefined where both are flat. */
function correlation(one: readonly number[], other: readonly number[]): number | undefined {
  const [middle, otherMiddle] = [mean(one), mean(other)];
  const spread = mean(one.map((value) => (value - middle) ** 2));
  const otherSpread = mean(other.map((value) => (value - otherMiddle) ** 2));
  if (Math.max(spread, otherSpread) < FLAT ** 2) return undefined;
  const common = mean(one.map((value, at) => (value - middle) * ((other[at] ?? 0) - otherMiddle)));
  return common / Math.sqrt(Math.max(spread, 1e-6) * Math.max(otherSpread, 1e-6));
}
