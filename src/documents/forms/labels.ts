import { hasGlyph, loadFaces } from "./faces.ts";
import { codeOf, gapped, type HasGlyph } from "./glyphs.ts";
import { type Mark, type Measures, PAGE, Paper, type Style, styles } from "./paper.ts";
import { pdfOf } from "./pdf.ts";

/** Somebody who sends or receives; "" for what is not known. */
export type Address = { name: string; phone: string; address: string };

/** What is written on one mailing label (邮寄标签). */
export type LabelInput = {
  /** The number that sorts the parcel: 备案单号 (and what is in it). */
  reference: string;
  to: Address;
  from: Address;
  remark: string;
};

/** A label as lines, top to bottom, in words alone: the PDF and the page are both made from it. */
export type LabelLine = { kind: "reference" | "address" | "name" | "small"; text: string };
export type Label = { lines: LabelLine[]; signs: string[] };

const joined = (parts: readonly string[], by: string): string => parts.filter((part) => part !== "").join(by);

function linesOf({ reference, to, from, remark }: LabelInput): LabelLine[] {
  const sender = joined([from.name, from.phone, from.address], "　");
  const lines: LabelLine[] = [
    { kind: "reference", text: reference },
    { kind: "address", text: to.address },
    { kind: "name", text: joined([`${to.name} 收`, to.phone], "　") },
    { kind: "small", text: remark },
    { kind: "small", text: sender && `寄件：${sender}` },
  ];
  return lines.filter(({ text }) => text !== "");
}

/** Labels as they can be printed; `signs` are characters without a glyph, for which there is room to write them. */
export async function labelsOf(inputs: readonly LabelInput[]): Promise<Label[]> {
  const has = hasGlyph(await loadFaces());
  return inputs.map((input) => labelOf(input, has));
}

function labelOf(input: LabelInput, has: HasGlyph): Label {
  const read = linesOf(input).map(({ kind, text }) => ({ kind, ...gapped(text, has) }));
  const signs = [...new Set(read.flatMap((line) => line.signs))];
  const note = `有字库没有的字（${signs.map(codeOf).join("、")}），请在空格处手写。`;
  const lines: LabelLine[] = read.map(({ kind, text }) => ({ kind, text }));
  return { lines: signs.length > 0 ? [...lines, { kind: "small", text: note }] : lines, signs };
}

/** Eight on a sheet of A4, two beside each other: what labels of 105 × 74 mm come on. */
const COLUMNS = 2;
const ROWS = 4;
export const PER_SHEET = COLUMNS * ROWS;
const CELL = { width: PAGE.width / COLUMNS, height: PAGE.height / ROWS };
/** Printers reach no edge, and hands cut crooked. */
const PAD = 20;

const looks: Record<LabelLine["kind"], Style> = {
  reference: { ...styles.heading, size: 11 },
  address: { ...styles.text, size: 13 },
  name: { ...styles.heading, size: 14 },
  small: styles.note,
};
const SCALES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];
/** A courier reads nothing smaller; the longest order still fits in it. */
const LEAST = 6.5;

const styleAt = (kind: LabelLine["kind"], scale: number): Style => ({
  ...looks[kind],
  size: Math.max(LEAST, looks[kind].size * scale),
});

/** Draws below `y` and gives the height. */
function drawLabel(
  paper: Paper,
  { lines }: Label,
  scale: number,
  { x, y }: { x: number; y: number },
): number {
  let at = y;
  for (const { kind, text } of lines)
    at += paper.put(text, styleAt(kind, scale), { x, y: at, width: CELL.width - 2 * PAD }) + 3 * scale;
  return at - y;
}

/** One label in its place on the sheet, in the largest size that fits. */
function marksOf(label: Label, place: number, measures: Measures): Mark[] {
  const corner = {
    x: (place % COLUMNS) * CELL.width + PAD,
    y: Math.floor(place / COLUMNS) * CELL.height + PAD,
  };
  const room = CELL.height - 2 * PAD;
  const paper = new Paper(measures, 1);
  const fits = (scale: number) => drawLabel(paper.scratch(), label, scale, corner) <= room;
  drawLabel(paper, label, SCALES.find(fits) ?? 0, corner);
  return paper.marks;
}

/** Where to cut. */
const cuts: Mark[] = [
  { kind: "line", from: [CELL.width, 0], to: [CELL.width, PAGE.height], width: 0.25 },
  ...Array.from({ length: ROWS - 1 }, (_, row): Mark => {
    const y = (row + 1) * CELL.height;
    return { kind: "line", from: [0, y], to: [PAGE.width, y], width: 0.25 };
  }),
];

/** Sheets of labels; the first `skip` places of the first sheet stay free, where labels were peeled off before. */
export function layOutLabels(labels: readonly Label[], skip: number, measures: Measures): Mark[][] {
  const sheets = Math.ceil((skip + labels.length) / PER_SHEET);
  return Array.from({ length: sheets }, (_, sheet) => {
    const own = labels
      .map((label, at) => ({ label, place: skip + at - sheet * PER_SHEET }))
      .filter(({ place }) => place >= 0 && place < PER_SHEET);
    return [...cuts, ...own.flatMap(({ label, place }) => marksOf(label, place, measures))];
  });
}

/** The labels as a PDF. */
export const labelsPdf = (labels: readonly Label[], skip: number, madeAt: Date): Promise<Buffer> =>
  pdfOf("邮寄标签", madeAt, (measures) => layOutLabels(labels, skip, measures));
