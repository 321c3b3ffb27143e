import { heightOf, lettersOf } from "./letters.ts";
import type { Mark } from "./marks.ts";

/**
 * A piece of a line of writing without a wide gap in it: where its middle runs from and to and how high its letters are,
 * in pixels, and which line it is in, counted from the top.
 */
export type Piece = { from: [x: number, y: number]; to: [x: number, y: number]; height: number; row: number };

/** Degrees: a paper that lies more askew than this is not read. */
const MOST_TILT = 14;
const STEP = 0.5;

/** Most pieces of one page; a licence has about thirty-five. */
const MOST_PIECES = 70;

const middleOf = ({ top, bottom }: Mark): number => (top + bottom) / 2;
const centreOf = ({ left, right }: Mark): number => (left + right) / 2;

/** The slope at which the letters fall into the fewest rows. */
function slopeOf(letters: readonly Mark[]): number {
  let [best, most] = [0, -1];
  for (let degrees = -MOST_TILT; degrees <= MOST_TILT; degrees += STEP) {
    const slope = Math.tan((degrees * Math.PI) / 180);
    const rows = new Map<number, number>();
    for (const letter of letters) {
      const row = Math.round((letter.bottom - slope * centreOf(letter)) / 6);
      rows.set(row, (rows.get(row) ?? 0) + 1);
    }
    const score = [...rows.values()].reduce((sum, count) => sum + count * count, 0);
    if (score > most) [best, most] = [slope, score];
  }
  return best;
}

/** How many letters back the height of a row is looked for: a stroke may stand before the letter it belongs to. */
const LOOK_BACK = 5;

/** How wide a gap in a line may be, in heights: between a label and what stands beside it. */
const GAP = 5;

/** From here on a gap parts two pieces. */
const PARTS = 0.8;

const tallestOf = (marks: readonly Mark[]): Mark =>
  marks.reduce((tall, mark) => (heightOf(mark) > heightOf(tall) ? mark : tall));

/** How far the middle of `b` lies beside the line through `a`. */
const awayOf = (a: Mark, b: Mark, slope: number): number =>
  Math.abs(middleOf(b) - middleOf(a) - slope * (centreOf(b) - centreOf(a)));

/** Whether the smaller of the two lies within the band of the larger, as a stroke within its line. */
function sharesBand(a: Mark, b: Mark, slope: number): boolean {
  const [low, tall] = [heightOf(a), heightOf(b)].sort((x, y) => x - y) as [number, number];
  return low * 4 > tall && awayOf(a, b, slope) + low / 2 < tall * 0.78;
}

/** Whether a letter that stands further right goes on with a row. */
function goesOn(row: readonly Mark[], letter: Mark, slope: number): boolean {
  const tall = tallestOf(row.slice(-LOOK_BACK));
  const end = Math.max(...row.slice(-LOOK_BACK).map(({ right }) => right));
  const height = Math.max(heightOf(tall), heightOf(letter));
  return letter.left - end < height * GAP && sharesBand(tall, letter, slope);
}

/** Letters joined into rows, from left to right; of several rows the one whose band is nearest. */
function rowsOf(letters: readonly Mark[], slope: number): Mark[][] {
  const rows: Mark[][] = [];
  for (const letter of [...letters].sort((a, b) => a.left - b.left)) {
    const away = (row: readonly Mark[]): number => awayOf(tallestOf(row.slice(-LOOK_BACK)), letter, slope);
    const near = rows.filter((row) => goesOn(row, letter, slope)).sort((a, b) => away(a) - away(b))[0];
    if (near) near.push(letter);
    else rows.push([letter]);
  }
  return rows;
}

/** Rows that began with a stroke of their own, brought back into the row whose band they lie in. */
function joined(rows: readonly Mark[][], slope: number): Mark[][] {
  const kept: Mark[][] = [];
  for (const row of [...rows].sort((a, b) => b.length - a.length)) {
    const [first, last] = [row[0], row.at(-1)];
    const home = kept.find((other) => {
      const near = other.filter(
        (mark) =>
          first &&
          last &&
          mark.right > first.left - heightOf(mark) &&
          mark.left < last.right + heightOf(mark),
      );
      return near.length > 0 && sharesBand(tallestOf(near), tallestOf(row), slope);
    });
    if (home) home.push(...row);
    else kept.push([...row]);
  }
  return kept;
}

const middleValue = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const tallOf = (row: readonly Mark[]): number =>
  row.map(heightOf).sort((a, b) => a - b)[Math.floor(row.length * 0.8)] ?? 0;

/** Cuts a row at its wide gaps. */
function parted(row: readonly Mark[], height: number): Mark[][] {
  const parts: Mark[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const mark of [...row].sort((a, b) => a.left - b.left)) {
    if (mark.left - end > height * PARTS) parts.push([mark]);
    else parts.at(-1)?.push(mark);
    end = Math.max(end, mark.right);
  }
  return parts;
}

/** The pieces of a row, all along the line through the row's middles; a long row has a slope of its own. */
function piecesOf(row: readonly Mark[], slope: number): Omit<Piece, "row">[] {
  const height = tallOf(row);
  const width = Math.max(...row.map((mark) => mark.right)) - Math.min(...row.map((mark) => mark.left));
  const own = width > height * 5 ? ownSlope(row, slope) : slope;
  const tall = row.filter((mark) => heightOf(mark) > height * 0.6);
  const rest = middleValue(tall.map((mark) => middleOf(mark) - own * centreOf(mark)));
  return parted(row, height).map((part) => {
    const left = Math.min(...part.map((mark) => mark.left));
    const right = Math.max(...part.map((mark) => mark.right));
    const tallest = Math.max(...part.map(heightOf));
    return {
      ...{ from: [left, rest + own * left], to: [right, rest + own * right] },
      height: Math.min(Math.max(tallest, height * 0.7), height * 1.3),
    };
  });
}

/** Theil and Sen: the middle of the slopes between letters that are not neighbours, near the page's own slope. */
function ownSlope(row: readonly Mark[], usual: number): number {
  const slopes: number[] = [];
  for (const a of row)
    for (const b of row) {
      const run = centreOf(b) - centreOf(a);
      if (run > heightOf(a) * 2) slopes.push((middleOf(b) - middleOf(a)) / run);
    }
  const own = slopes.length > 0 ? middleValue(slopes) : usual;
  return Math.abs(own - usual) < 0.12 ? own : usual;
}

/** The usual height of letters, each row with the weight of its letters: dirt and grain have few. */
const usualHeight = (rows: readonly Mark[][]): number =>
  middleValue(rows.filter((row) => row.length >= 5).flatMap((row) => row.map(() => tallOf(row))));

/** The pieces of writing on a page, line by line from the top, each line from the left. */
export function linesOf(marks: readonly Mark[]): Piece[] {
  const letters = lettersOf(marks);
  const slope = slopeOf(letters);
  const rows = joined(rowsOf(letters, slope), slope).filter((row) => row.length >= 2);
  const usual = usualHeight(rows);
  const top = ([first]: Omit<Piece, "row">[]): number => (first ? first.from[1] - slope * first.from[0] : 0);
  return rows
    .filter((row) => tallOf(row) > usual * 0.62 && tallOf(row) < usual * 3.2)
    .map((row) => piecesOf(row, slope))
    .sort((a, b) => top(a) - top(b))
    .flatMap((pieces, row) => pieces.map((piece) => ({ ...piece, row })))
    .filter(({ height, from, to }) => to[0] - from[0] > height * 0.5)
    .sort((a, b) => b.to[0] - b.from[0] - (a.to[0] - a.from[0]))
    .slice(0, MOST_PIECES)
    .sort((a, b) => a.row - b.row || a.from[0] - b.from[0]);
}
