import { create, type Font } from "fontkit";
import sharp from "sharp";
import { PAGE } from "../../src/documents/forms/paper.ts";
import { type PdfFont, readPdf } from "./pdf.ts";

/** A glyph where a page of a PDF draws it: its outline is the one in the file, `y` is its baseline from the top. */
export type DrawnGlyph = { text: string; code: number; x: number; y: number; size: number; outline: string };

type Face = PdfFont & { font: Font };

const facesOf = (faces: Map<string, PdfFont>): Map<string, Face> =>
  new Map([...faces].map(([alias, face]) => [alias, { ...face, font: create(face.file) as Font }]));

/** `[<0001 0002> 120 <0003>] TJ`: codes and, in thousandths of the size, how far the next one moves back. */
function* shown(operand: string): Generator<{ code: number } | { back: number }> {
  for (const [, hex, number] of operand.matchAll(/<([0-9a-f ]+)>|(-?[\d.]+)/gi)) {
    if (number !== undefined) yield { back: Number(number) };
    for (const code of hex?.match(/[0-9a-f]{4}/gi) ?? []) yield { code: Number.parseInt(code, 16) };
  }
}

function* glyphsOf(content: string, faces: Map<string, Face>): Generator<DrawnGlyph> {
  for (const [, block = ""] of content.matchAll(/^BT$([\s\S]*?)^ET$/gm)) {
    const [, left = "0", up = "0"] = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm/.exec(block) ?? [];
    const [, alias = "", points = "0"] = /\/(F\d+) ([\d.]+) Tf/.exec(block) ?? [];
    const face = faces.get(alias);
    const size = Number(points);
    let x = Number(left);
    for (const part of face ? shown(/\[([\s\S]*?)\] TJ/.exec(block)?.[1] ?? "") : []) {
      if (!face) continue;
      if ("back" in part) x -= (part.back / 1000) * size;
      else {
        const glyph = face.font.getGlyph(part.code);
        const text = face.texts[part.code] ?? "";
        yield {
          ...{ text, code: part.code, x, y: PAGE.height - Number(up), size },
          outline: glyph.path.toSVG(),
        };
        x += (glyph.advanceWidth / face.font.unitsPerEm) * size;
      }
    }
  }
}

/** Every glyph of every page, drawn from the bytes of the PDF alone: positions of its pages, outlines of its fonts. */
export function glyphsIn(bytes: Buffer): DrawnGlyph[][] {
  const { contents, faces } = readPdf(bytes);
  const fonts = facesOf(faces);
  return contents.map((content) => [...glyphsOf(content, fonts)]);
}

const UNITS = 1000;

/** The text of a page as a picture in grey, `scale` pixels a point; no line and no border is in it. */
export async function pictureOf(glyphs: readonly DrawnGlyph[], scale = 2) {
  const paths = glyphs.map(({ x, y, size, outline }) => {
    const unit = size / UNITS;
    return `<path transform="translate(${x} ${y}) scale(${unit} ${-unit})" d="${outline}"/>`;
  });
  const box = `width="${PAGE.width * scale}" height="${PAGE.height * scale}" viewBox="0 0 ${PAGE.width} ${PAGE.height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${box}><rect width="100%" height="100%" fill="#fff"/>${paths.join("")}</svg>`;
  return sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true });
}
