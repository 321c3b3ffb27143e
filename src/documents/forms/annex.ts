import { CONTENT, type Mark, type Measures, PAGE, Paper, styles } from "./paper.ts";
import type { Block, Fact, Sheet } from "./sheet.ts";

/** Shorter values take one or two lines: to move them would win nothing. */
const LONG = 48;

const lengthOf = ({ value }: Fact): number => value.length;

const longest = ({ blocks }: Sheet): Fact | undefined =>
  blocks
    .flatMap((block) => (block.kind === "facts" ? block.rows.flat() : []))
    .filter((fact) => lengthOf(fact) > LONG)
    .sort((a, b) => lengthOf(b) - lengthOf(a))[0];

const replaced = (blocks: readonly Block[], from: Fact, to: Fact): Block[] =>
  blocks.map((block) =>
    block.kind === "facts"
      ? { ...block, rows: block.rows.map((row) => row.map((fact) => (fact === from ? to : fact))) }
      : block,
  );

/**
 * Moves the longest values to the annex, one after the other, until `fits` says that the rest stands on one page or no
 * long value is left. In their place stands where they are.
 */
export function withAnnex(sheet: Sheet, fits: (sheet: Sheet) => boolean): Sheet {
  const annex: Fact[] = [];
  let left = sheet;
  for (let fact = longest(left); fact && !fits(left); fact = longest(left)) {
    annex.push(fact);
    const pointer = { ...fact, value: `见附页第${annex.length}项` };
    left = { ...left, blocks: replaced(left.blocks, fact, pointer) };
  }
  return annex.length > 0 ? { ...left, annex } : left;
}

const INNER = { x: PAGE.side + 7, width: CONTENT - 14 };
/** Room for the signature at the foot of each page. */
const FOOT = PAGE.height - PAGE.bottom - 60;
/** The annex is signed like the first page. */
const SIGN = "签字（盖章）：________________________　　日期：　　　　年　　　月　　　日";

function newPage(measures: Measures, sheet: Sheet): Paper {
  const paper = new Paper(measures, 1);
  const place = { x: PAGE.side, width: CONTENT, align: "middle" } as const;
  paper.put(`${sheet.title}（附页）`, styles.title, { ...place, y: PAGE.top });
  paper.put(sheet.reference, styles.note, { ...place, y: PAGE.top + 28 });
  paper.put(SIGN, styles.text, { x: PAGE.side, y: FOOT + 28, width: CONTENT, align: "end" });
  return paper;
}

const TOP = PAGE.top + 52;
const LEADING = 1.75;
const style = { ...styles.text, leading: LEADING };
const LINE = styles.text.size * LEADING;

/** The values in full, in order, over as many pages as they take; each page is signed like the first. */
export function annexMarks(sheet: Sheet, measures: Measures): Mark[][] {
  const { annex = [] } = sheet;
  if (annex.length === 0) return [];
  let paper = newPage(measures, sheet);
  const pages = [paper];
  let y = TOP;
  const room = (height: number): void => {
    if (y + height <= FOOT) return;
    paper = newPage(measures, sheet);
    pages.push(paper);
    y = TOP;
  };
  for (const [at, { label, value }] of annex.entries()) {
    room(3 * LINE);
    y += paper.put(`${at + 1}. ${label}`, styles.heading, { ...INNER, y }) + 2;
    for (const line of paper.linesOf(value, style, INNER.width)) {
      room(LINE);
      y += paper.putLines([line], style, { ...INNER, y });
    }
    y += LINE / 2;
  }
  return pages.map(({ marks }) => marks);
}
