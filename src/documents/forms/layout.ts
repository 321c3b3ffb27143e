import { drawBlock } from "./blocks.ts";
import { CONTENT, type Mark, type Measures, PAGE, Paper, styles } from "./paper.ts";
import { missingFacts, type Sheet } from "./sheet.ts";

/** From the usual size down to 7 points, until everything stands on one page. */
const SCALES = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65];

const MISSING = "空着的横线请手写：备案单里还没有填，或者有字库里没有的字。";

function head(paper: Paper, { title, reference }: Sheet): number {
  const place = { x: PAGE.side, width: CONTENT, align: "middle" } as const;
  let y = PAGE.top;
  y += paper.put(title, styles.title, { ...place, y });
  y += paper.put(reference, styles.note, { ...place, y }) + paper.at(6);
  return y;
}

function foot(paper: Paper, sheet: Sheet, y: number): number {
  const notes = [...sheet.notes, ...(missingFacts(sheet).length > 0 && !sheet.blank ? [MISSING] : [])];
  const indent = paper.at(14);
  let at = y + paper.at(7);
  for (const [index, note] of notes.entries()) {
    paper.put(`${index + 1}.`, styles.note, { x: PAGE.side, y: at, width: indent });
    at += paper.put(note, styles.note, { x: PAGE.side + indent, y: at, width: CONTENT - indent });
  }
  return at;
}

function layOutAt(sheet: Sheet, measures: Measures, scale: number): { marks: Mark[]; bottom: number } {
  const paper = new Paper(measures, scale);
  let y = head(paper, sheet);
  for (const block of sheet.blocks) y += drawBlock(paper, block, y);
  return { marks: paper.marks, bottom: foot(paper, sheet, y) };
}

/** Everything that is drawn for a sheet, on one page of A4: long values make all of it a little smaller. */
export function layOut(sheet: Sheet, measures: Measures): Mark[] {
  let marks: Mark[] = [];
  for (const scale of SCALES) {
    const laid = layOutAt(sheet, measures, scale);
    marks = laid.marks;
    if (laid.bottom <= PAGE.height - PAGE.bottom) break;
  }
  return marks;
}
