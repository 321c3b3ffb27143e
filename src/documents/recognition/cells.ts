import { cutLine } from "./cut.ts";
import { findInk, readGrey } from "./ink.ts";
import { linesOf } from "./lines.ts";
import { marksOf } from "./marks.ts";

/**
 * A piece of writing as it was read: `row` counts lines from the top, the rest is pixels of the page at reading size.
 * `again` is what a second look gave that knew only the characters of a number or a date.
 */
export type Cell = { text: string; again?: string; row: number; left: number; right: number; height: number };

/** Reads one line of writing from a PNG; `only` are the characters it may consist of, any where left out. */
export type Recogniser = (png: Buffer, only?: string) => Promise<{ text: string; confidence: number }>;

const DIGITS = "0123456789";

/** What looks like one of these is read again by its own alphabet: numbers of cards, credit codes, terms of validity. */
const SECOND_LOOKS: { looks: RegExp; only: string }[] = [
  { looks: /^[\dXxOoIl]{15,20}$/, only: `${DIGITS}X` },
  { looks: /^[\dA-Za-z]{15,20}$/, only: `${DIGITS}ABCDEFGHJKLMNPQRTUWXY` },
  { looks: /^[^\p{Script=Han}]{0,3}\d[\d.,:;=\-—一二·]{7,}(?:\d|长期?)?$/u, only: `${DIGITS}.-长期` },
];

/** Below this the model guesses: grain, ornaments, half a letter. */
const LEAST_CONFIDENCE = 20;

/** All writing on a picture, line by line from the top, each line from the left. `isLate` ends it before its end. */
export async function readCells(
  jpeg: Uint8Array,
  recognise: Recogniser,
  isLate: () => boolean = () => false,
): Promise<Cell[]> {
  const { even, ink } = findInk(await readGrey(jpeg));
  const cells: Cell[] = [];
  for (const piece of linesOf(marksOf(ink, even.width, even.height))) {
    if (isLate()) break;
    const png = await cutLine(even, piece);
    const { text, confidence } = await recognise(png);
    const plain = text.replace(/\s+/g, "");
    const second = SECOND_LOOKS.find(({ looks }) => looks.test(plain));
    if (!plain || (confidence < LEAST_CONFIDENCE && !second)) continue;
    const place = { row: piece.row, left: piece.from[0], right: piece.to[0], height: piece.height };
    const again = second && (await recognise(png, second.only)).text.replace(/\s+/g, "");
    cells.push({ text: plain, ...(again ? { again } : {}), ...place });
  }
  return cells;
}
