import type { FaceName } from "./faces.ts";
import { type Line, type Measure, typeset } from "./typeset.ts";

/** A4 in points of 1/72 inch, with margins that every printer keeps. */
export const PAGE = { width: 595.28, height: 841.89, side: 57, top: 50, bottom: 46 };
export const CONTENT = PAGE.width - 2 * PAGE.side;

/** What is drawn, in points from the upper left corner; `y` of a text is its baseline. */
export type Mark =
  | { kind: "text"; text: string; x: number; y: number; size: number; face: FaceName; grey?: boolean }
  | { kind: "line"; from: [number, number]; to: [number, number]; width: number }
  | { kind: "box"; x: number; y: number; width: number; height: number; tinted?: boolean };

export type Measures = Record<FaceName, (size: number) => Measure>;

/** How a text is set; sizes before scaling. */
export type Style = { size: number; face: FaceName; grey?: boolean; leading?: number };

export const styles = {
  title: { size: 18, face: "bold" },
  heading: { size: 10.5, face: "bold" },
  text: { size: 10.5, face: "regular" },
  label: { size: 10.5, face: "regular", grey: true },
  small: { size: 9, face: "regular" },
  note: { size: 9, face: "regular", grey: true },
} as const satisfies Record<string, Style>;

/** The middle of a 汉字 lies so far above the baseline, as a part of the size. */
const MIDDLE = 0.38;
const LEADING = 1.5;

/** What `put` needs to know: where the text begins, how wide it may be, where it stands in that width. */
export type Place = { x: number; y: number; width: number; align?: "start" | "middle" | "end" };

/** A sheet being laid out: marks are gathered, `scale` shrinks everything but widths. */
export class Paper {
  readonly marks: Mark[] = [];
  readonly scale: number;
  readonly #measures: Measures;

  constructor(measures: Measures, scale: number) {
    this.#measures = measures;
    this.scale = scale;
  }

  /** A length of the design on this paper. */
  at(length: number): number {
    return length * this.scale;
  }

  /** Another sheet of the same scale, to see how high something gets. */
  scratch(): Paper {
    return new Paper(this.#measures, this.scale);
  }

  #set(text: string, style: Style, width: number) {
    const size = this.at(style.size);
    const lines = typeset(text, width, size, this.#measures[style.face](size));
    return { size, lines, leading: size * (style.leading ?? LEADING) };
  }

  /** How high a text is in a width. */
  heightOf(text: string, style: Style, width: number): number {
    const { lines, leading } = this.#set(text, style, width);
    return lines.length * leading;
  }

  /** How wide a text is in one line. */
  widthOf(text: string, style: Style): number {
    return Math.max(0, ...this.#set(text, style, Number.POSITIVE_INFINITY).lines.map(({ width }) => width));
  }

  /** A text broken into lines, to be put piece by piece. */
  linesOf(text: string, style: Style, width: number): readonly Line[] {
    return this.#set(text, style, width).lines;
  }

  /** Sets a text below `y` and gives the height it took. */
  put(text: string, style: Style, place: Place): number {
    return this.putLines(this.linesOf(text, style, place.width), style, place);
  }

  /** The same of lines that were broken before. */
  putLines(lines: readonly Line[], style: Style, { x, y, width, align = "start" }: Place): number {
    const size = this.at(style.size);
    const leading = size * (style.leading ?? LEADING);
    const share = { start: 0, middle: 0.5, end: 1 }[align];
    for (const [at, line] of lines.entries()) {
      const left = x + (width - line.width) * share;
      const baseline = y + (at + 0.5) * leading + MIDDLE * size;
      for (const run of line.runs)
        this.marks.push({
          ...{ kind: "text", text: run.text, x: left + run.x, y: baseline, size, face: style.face },
          ...(style.grey && { grey: true }),
        });
    }
    return lines.length * leading;
  }

  /** A line to write on. */
  rule(x: number, y: number, width: number): void {
    this.marks.push({ kind: "line", from: [x, y], to: [x + width, y], width: 0.5 });
  }

  /** The border of a cell. */
  box(x: number, y: number, width: number, height: number, tinted = false): void {
    this.marks.push({ kind: "box", x, y, width, height, ...(tinted && { tinted }) });
  }
}
