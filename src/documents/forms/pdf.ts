import type { Font } from "fontkit";
import PDFDocument from "pdfkit";
import { canPrint, type FaceName, type Faces, loadFaces } from "./faces.ts";
import { layOut } from "./layout.ts";
import type { Mark, Measures } from "./paper.ts";
import type { Block, Sheet, SignLine } from "./sheet.ts";

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

const draw = <K extends Mark["kind"]>(doc: Doc, mark: Extract<Mark, { kind: K }>): void =>
  marksOn[mark.kind as K](doc, mark);

/** A box that is tinted covers what lies under it, so boxes come first. */
const inOrder = (marks: readonly Mark[]): Mark[] => [
  ...marks.filter(({ kind }) => kind === "box"),
  ...marks.filter(({ kind }) => kind !== "box"),
];

/** A value with a sign that the font lacks is left to be written by hand rather than printed with a hole. */
function printable(sheet: Sheet, { regular }: Faces): Sheet {
  const known = (value: string): string => (canPrint(regular, value) ? value : "");
  const line = (one: SignLine): SignLine =>
    one.value === undefined ? one : { ...one, value: known(one.value) };
  const block = (one: Block): Block => {
    if (one.kind === "facts")
      return {
        ...one,
        rows: one.rows.map((row) => row.map(({ label, value }) => ({ label, value: known(value) }))),
      };
    if (one.kind !== "signatures") return one;
    const [first, second] = one.parties;
    return {
      ...one,
      parties: [
        { ...first, lines: first.lines.map(line) },
        { ...second, lines: second.lines.map(line) },
      ],
    };
  };
  return { ...sheet, blocks: sheet.blocks.map(block) };
}

function measuresOf(doc: Doc): Measures {
  const measure = (face: FaceName) => (size: number) => (text: string) =>
    doc.font(face).fontSize(size).widthOfString(text);
  return { regular: measure("regular"), bold: measure("bold") };
}

function collected(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
}

/**
 * A sheet as a PDF of one page of A4, some 50 KB: the glyphs that it uses are in it. `madeAt` is the date in its
 * properties.
 */
export async function sheetPdf(sheet: Sheet, madeAt: Date): Promise<Buffer> {
  const faces = await loadFaces();
  const doc = new PDFDocument({
    ...{ size: "A4", margin: 0, lang: "zh-CN", displayTitle: true },
    info: { Title: sheet.title, CreationDate: madeAt },
  });
  const bytes = collected(doc);
  doc.registerFont("regular", asSource(faces.regular)).registerFont("bold", asSource(faces.bold));
  for (const mark of inOrder(layOut(printable(sheet, faces), measuresOf(doc)))) draw(doc, mark);
  doc.end();
  return bytes;
}
