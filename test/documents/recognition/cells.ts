import type { Cell } from "../../../src/documents/recognition/cells.ts";

/** Width and height of a letter, in pixels. */
const LETTER = 36;

/**
 * Cells as they are read, from a sketch: one line of writing a line, cells parted by " | ", blanks before a cell where it
 * stands further right, " ~ " before what the second look gave.
 */
export const cellsOf = (sketch: string): Cell[] =>
  sketch
    .trim()
    .split("\n")
    .flatMap((line, row) => {
      let column = 0;
      return line.split("|").flatMap((part) => {
        const left = column + part.length - part.trimStart().length;
        column += part.length + 1;
        const [text = "", again] = part.trim().split(" ~ ");
        if (!text) return [];
        const place = {
          row: row * 2,
          left: left * LETTER,
          right: (left + text.length) * LETTER,
          height: LETTER,
        };
        return [{ text, ...(again ? { again } : {}), ...place }];
      });
    });
