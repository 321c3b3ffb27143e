import { annexMarks, withAnnex } from "./annex.ts";
import { drawBlock } from "./blocks.ts";
import { gapNotes } from "./glyphs.ts";
import { CONTENT, type Mark, type Measures, PAGE, Paper, styles } from "./paper.ts";
import { missingFacts, type Sheet } from "./sheet.ts";

/** From the usual size down to 9 points, which a photo of the signed paper still shows. */
const SCALES = [1, 0.96, 0.92, 0.89, 0.86];
const SMALL = 0.86;
/** To 8 points, rather than a second page with the notes alone. */
const SMALLER = [...SCALES, 0.82, 0.78];

/** The lowest line of a page, above the number of the page. */
const LOWEST = PAGE.height - PAGE.bottom;

const MISSING = "空着的横线请手写：备案单里还没有填。";

function head(paper: Paper, { title, reference }: Sheet): number {
  const place = { x: PAGE.side, width: CONTENT, align: "middle" } as const;
  let y = PAGE.top;
  y += paper.put(title, styles.title, { ...place, y });
  y += paper.put(reference, styles.note, { ...place, y }) + paper.at(6);
  return y;
}

const notesOf = (sheet: Sheet): string[] => [
  ...sheet.notes,
  ...gapNotes(sheet),
  ...(missingFacts(sheet).length > 0 && !sheet.blank ? [MISSING] : []),
];

function foot(paper: Paper, sheet: Sheet, y: number): number {
  const indent = paper.at(14);
  let at = y + paper.at(7);
  for (const [index, note] of notesOf(sheet).entries()) {
    paper.put(`${index + 1}.`, styles.note, { x: PAGE.side, y: at, width: indent });
    at += paper.put(note, styles.note, { x: PAGE.side + indent, y: at, width: CONTENT - indent });
  }
  return at;
}

/** Each piece of a sheet draws itself below `y` and gives the `y` below it. */
const piecesOf = (sheet: Sheet): ((paper: Paper, y: number) => number)[] => [
  ...sheet.blocks.map((block) => (paper: Paper, y: number) => y + drawBlock(paper, block, y)),
  (paper, y) => foot(paper, sheet, y),
];

/** Top to bottom; a piece that does not fit below the others begins another page. */
function flow(sheet: Sheet, measures: Measures, scale: number): Mark[][] {
  let paper = new Paper(measures, scale);
  const pages = [paper];
  let y = head(paper, sheet);
  for (const piece of piecesOf(sheet)) {
    if (piece(paper.scratch(), y) > LOWEST && y > PAGE.height / 4) {
      paper = new Paper(measures, scale);
      pages.push(paper);
      y = PAGE.top;
    }
    y = piece(paper, y);
  }
  return pages.map(({ marks }) => marks);
}

/** In the largest size that fits, undefined when none does. */
function onOnePage(sheet: Sheet, measures: Measures, scales: readonly number[]): Mark[][] | undefined {
  for (const scale of scales) {
    const pages = flow(sheet, measures, scale);
    if (pages.length === 1) return pages;
  }
  return undefined;
}

/** Each page says which of how many it is, once there are several. */
function numbered(pages: Mark[][], measures: Measures): Mark[][] {
  if (pages.length < 2) return pages;
  return pages.map((marks, at) => {
    const paper = new Paper(measures, 1);
    const place = { x: PAGE.side, y: PAGE.height - 38, width: CONTENT, align: "middle" } as const;
    paper.put(`第${at + 1}页，共${pages.length}页`, styles.note, place);
    return [...marks, ...paper.marks];
  });
}

/**
 * Long values make all of a sheet a little smaller; those that would make it too small to read in a photo go to a page of
 * their own (附页), so that facts and signatures stay on one paper.
 */
export function divided(sheet: Sheet, measures: Measures): Sheet {
  if (onOnePage(sheet, measures, SCALES)) return sheet;
  return withAnnex(sheet, (one) => flow(one, measures, SMALL).length === 1);
}

/** Everything that is drawn for a divided sheet, by pages of A4. */
export function layOut(sheet: Sheet, measures: Measures): Mark[][] {
  const pages = onOnePage(sheet, measures, SMALLER) ?? flow(sheet, measures, 1);
  return numbered([...pages, ...annexMarks(sheet, measures)], measures);
}
