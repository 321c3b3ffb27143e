/** Breaks text into lines the way Chinese is set, which the PDF library does not know. Pure: widths come from outside. */

/** A piece of a line without a break or a gap in it, at a distance from the line's start. */
export type Run = { text: string; x: number };
export type Line = { runs: readonly Run[]; width: number };

/** Width of a text in points. */
export type Measure = (text: string) => number;

type Atom = { text: string; width: number; gap: number };

/** Never at the start of a line (避头), never at its end (避尾), GB/T 15834 section 5.1. */
const NOT_FIRST = /^[，。、；：？！）》」』】”’…—·]/u;
const NOT_LAST = /[（《「『【“‘]$/u;

const HAN = /\p{Script=Han}$/u;
const HAN_FIRST = /^\p{Script=Han}/u;
const LATIN_FIRST = /^[0-9A-Za-z]/;
const LATIN_LAST = /[0-9A-Za-z]$/;

/** Between 汉字 and letters or digits stands a fifth of an em, made by place and not by a character. */
const GAP = 0.2;

const joins = (before: string, after: string): boolean =>
  NOT_FIRST.test(after) || NOT_LAST.test(before) || (before === "＿" && after === "＿");

const gapBetween = (before: string, after: string): number =>
  (HAN.test(before) && LATIN_FIRST.test(after)) || (LATIN_LAST.test(before) && HAN_FIRST.test(after))
    ? GAP
    : 0;

/** Letters and digits hold together unless they are wider than the line; every other sign stands for itself. */
function atomsOf(text: string, width: number, size: number, measure: Measure): Atom[] {
  const words: string[] = text.match(/[!-~\u00a1-\u024f\u2013]+|[^!-~\u00a1-\u024f\u2013]/gu) ?? [];
  const fitting = words.flatMap((word) => (word.length > 1 && measure(word) > width ? [...word] : [word]));
  return fitting.map((word, at) => ({
    text: word,
    width: measure(word),
    gap: gapBetween(fitting[at - 1] ?? "", word) * size,
  }));
}

/** Atoms between which no line may end. */
function clustersOf(atoms: readonly Atom[]): Atom[][] {
  const clusters: Atom[][] = [];
  for (const atom of atoms) {
    const last = clusters.at(-1);
    if (last && joins(last.at(-1)?.text ?? "", atom.text)) last.push(atom);
    else clusters.push([atom]);
  }
  return clusters;
}

const widthOf = (atoms: readonly Atom[]): number =>
  atoms.reduce((sum, { width, gap }, at) => sum + width + (at === 0 ? 0 : gap), 0);

/** Neighbours without a gap become one run, so that the text can be copied out in whole words. */
function toLine(atoms: readonly Atom[]): Line {
  const runs: Run[] = [];
  let x = 0;
  for (const [at, atom] of atoms.entries()) {
    const gap = at === 0 ? 0 : atom.gap;
    const last = runs.at(-1);
    if (last && gap === 0) last.text += atom.text;
    else runs.push({ text: atom.text, x: x + gap });
    x += gap + atom.width;
  }
  return { runs, width: x };
}

/** Lines of at most `width` points in a size of `size` points; an empty text is no line. */
export function typeset(text: string, width: number, size: number, measure: Measure): Line[] {
  const lines: Atom[][] = [];
  for (const cluster of clustersOf(atomsOf(text, width, size, measure))) {
    const line = lines.at(-1);
    if (line && widthOf([...line, ...cluster]) <= width) line.push(...cluster);
    else lines.push(cluster[0]?.text === " " ? cluster.slice(1) : [...cluster]);
  }
  return lines.filter((line) => line.length > 0).map(toLine);
}
