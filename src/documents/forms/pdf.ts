import type { Font } from "fontkit";
import PDFDocument from "pdfkit";
import { type Faces, hasGlyph, loadFaces } from "./faces.ts";
import { withGaps } from "./glyphs.ts";
import { divided, layOut } from "./layout.ts";
import type { Mark, Measures } from "./paper.ts";
import type { Sheet } from "./sheet.ts";

type Doc = InstanceType<typeof PDFDocument>;

const INK = "#000000";
const GREY = "#444444";
const TINT = "#f0f0f0";

/** pdfkit takes a font that was parsed before, which its types do not say. */
const asSource = (face: Font): Buffer => face as unknown as Buffer;

const marksOn: { [K in Mark["kind"]]: (doc: Doc, mark: Extract<Mark, { kind: K }>) => void } = {
  text: (doc, { text, x, y, size, face, grey }) => {
    doc
      .font(face)
      .fontSize(size)
      .fillColor(grey ? GREY : INK);
    doc.text(text, x, y, { lineBreak: false, baseline: "alphabetic" });
  },
  line: (doc, { from, to, width }) => {
    doc
      .lineWidth(width)
      .moveTo(...from)
      .lineTo(...to)
      .stroke(INK);
  },
  box: (doc, { x, y, width, height, tinted }) => {
    doc.lineWidth(0.5).rect(x, y, width, height);
    if (tinted) doc.fillAndStroke(TINT, INK);
    else doc.stroke(INK);
  },
};

const drawMark = <K extends Mark["kind"]>(doc: Doc, mark: Extract<Mark, { kind: K }>): void =>
  marksOn[mark.kind as K](doc, mark);

/** A box that is tinted covers what lies under it, so boxes come first. */
const inOrder = (marks: readonly Mark[]): Mark[] => [
  ...marks.filter(({ kind }) => kind === "box"),
  ...marks.filter(({ kind }) => kind !== "box"),
];

/** Widths grow with the size, so each text is measured once, the way the PDF library does, and kept for this sheet. */
function measuresOf(faces: Faces): Measures {
  const measure = (face: Font) => {
    const widths = new Map<string, number>();
    return (size: number) => (text: string) => {
      const known = widths.get(text) ?? face.layout(text).advanceWidth / face.unitsPerEm;
      widths.set(text, known);
      return known * size;
    };
  };
  return { regular: measure(faces.regular), bold: measure(faces.bold) };
}

function collected(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
}

/** The sheet as it can be printed: gaps for what the fonts lack, an annex for what is too long. Page and PDF show this. */
export async function printable(sheet: Sheet): Promise<Sheet> {
  const faces = await loadFaces();
  return divided(withGaps(sheet, hasGlyph(faces)), measuresOf(faces));
}

/** Pages of marks as a PDF; `madeAt` is the date in its properties, which hold nothing else than the title. */
export async function pdfOf(
  title: string,
  madeAt: Date,
  draw: (measures: Measures) => readonly (readonly Mark[])[],
): Promise<Buffer> {
  const faces = await loadFaces();
  const doc = new PDFDocument({
    ...{ size: "A4", margin: 0, lang: "zh-CN", displayTitle: true, autoFirstPage: false },
    info: { Title: title, CreationDate: madeAt },
  });
  const bytes = collected(doc);
  doc.registerFont("regular", asSource(faces.regular)).registerFont("bold", asSource(faces.bold));
  for (const marks of draw(measuresOf(faces))) {
    doc.addPage();
    for (const mark of inOrder(marks)) drawMark(doc, mark);
  }
  doc.end();
  return bytes;
}

/**
 * A sheet as a PDF, nearly always of one page of A4, some 50 KB: the glyphs that it uses are in it. Takes a tenth of a
 * second.
 */
export async function sheetPdf(sheet: Sheet, madeAt: Date): Promise<Buffer> {
  const whole = await printable(sheet);
  return pdfOf(sheet.title, madeAt, (measures) => layOut(whole, measures));
}
