import type { Mark } from "./marks.ts";

/** Letters at reading size, in pixels: what is smaller is dirt or a stroke, what is larger a border or a picture. */
const LEAST = 12;
const MOST = 110;

/** A square of this side with so many specks is the grain of a desk or a cloth, not paper. */
const SQUARE = 96;
const SPECKS = 14;

export const heightOf = ({ top, bottom }: Mark): number => bottom - top;

/** High as a letter, not wider than one or two, neither a hair-line nor a block. */
function isLetter(mark: Mark): boolean {
  const [width, height] = [mark.right - mark.left, heightOf(mark)];
  const filled = mark.area / (width * height);
  return (
    height >= LEAST && height <= MOST && width <= height * 2.4 && width >= 3 && filled > 0.12 && filled < 0.9
  );
}

const isSpeck = (mark: Mark): boolean => heightOf(mark) < LEAST && mark.right - mark.left < LEAST;

/** The number of the square that a mark lies in. */
const squareOf = ({ left, right, top, bottom }: Mark): number =>
  Math.floor((top + bottom) / 2 / SQUARE) * 1000 + Math.floor((left + right) / 2 / SQUARE);

/** The marks that may be letters: of a letter's size and shape, and not among the grain of what the paper lies on. */
export function lettersOf(marks: readonly Mark[]): Mark[] {
  const specks = new Map<number, number>();
  for (const mark of marks) {
    if (!isSpeck(mark)) continue;
    const square = squareOf(mark);
    specks.set(square, (specks.get(square) ?? 0) + 1);
  }
  return marks.filter((mark) => isLetter(mark) && (specks.get(squareOf(mark)) ?? 0) < SPECKS);
}
