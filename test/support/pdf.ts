import { inflateSync } from "node:zlib";

type PdfObject = { dictionary: string; stream: string };

/** A font of a PDF: whether its glyphs are in the file, and which text each of its codes stands for. */
export type PdfFont = { name: string; isEmbedded: boolean; texts: string[]; file: Buffer };

export type PdfContent = {
  pages: number;
  fonts: PdfFont[];
  /** All text in the order it was drawn; codes without a text are ⍰. */
  text: string;
  /** How often the box of a missing glyph (.notdef, code 0) is drawn. */
  missing: number;
  properties: string;
  /** What each page draws, in the language of PDF, and its fonts by the names used there. */
  contents: string[];
  faces: Map<string, PdfFont>;
};

/** Reads what pdfkit writes: plain objects, streams deflated, text as codes of two bytes. Not a reader of any PDF. */
export function readPdf(bytes: Buffer): PdfContent {
  const objects = objectsOf(bytes);
  const all = [...objects.values()];
  const faces = new Map<string, PdfFont>();
  for (const [, alias = "", id = ""] of all
    .map(({ dictionary }) => dictionary)
    .join("\n")
    .matchAll(/\/(F\d+) (\d+) 0 R/g))
    faces.set(alias, fontOf(objects, id));
  const contents = all.map(({ stream }) => stream).filter((stream) => /^BT$/m.test(stream));
  const drawn = contents.flatMap(codesOf);
  return {
    pages: all.filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary)).length,
    fonts: [...faces.values()],
    text: drawn.map(({ alias, code }) => faces.get(alias)?.texts[code] ?? "⍰").join(""),
    missing: drawn.filter(({ code }) => code === 0).length,
    properties: all.find(({ dictionary }) => dictionary.includes("/CreationDate"))?.dictionary ?? "",
    ...{ contents, faces },
  };
}

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const source = bytes.toString("latin1");
  const found = source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)(?:stream\n([\s\S]*?)\nendstream\s*)?endobj/gm);
  return new Map(
    [...found].map(([, id = "", dictionary = "", body = ""]) => [
      id,
      { dictionary, stream: dictionary.includes("/FlateDecode") ? inflated(body) : body },
    ]),
  );
}

const inflated = (body: string): string => inflateSync(Buffer.from(body, "latin1")).toString("latin1");

const followed = (objects: Map<string, PdfObject>, from: string, key: string): PdfObject | undefined =>
  objects.get(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(from)?.[1] ?? "");

function fontOf(objects: Map<string, PdfObject>, id: string): PdfFont {
  const font = objects.get(id)?.dictionary ?? "";
  const descendant = followed(objects, font, "DescendantFonts")?.dictionary ?? "";
  const descriptor = followed(objects, descendant, "FontDescriptor")?.dictionary ?? "";
  const map = followed(objects, font, "ToUnicode")?.stream ?? "";
  const codes = [...map.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = ""]) =>
      Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"),
    ),
  );
  const program = followed(objects, descriptor, "FontFile2")?.stream ?? "";
  return {
    name: /\/BaseFont \/(\S+)/.exec(font)?.[1] ?? "",
    isEmbedded: program.length > 1_000,
    file: Buffer.from(program, "latin1"),
    texts: codes,
  };
}

/** Every code drawn, with the font that is in force there. */
function codesOf(stream: string): { alias: string; code: number }[] {
  let alias = "";
  return [...stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f ]+)>/gi)].flatMap(([, font, hex = ""]) => {
    if (font) alias = font;
    return (hex.match(/[0-9a-f]{4}/gi) ?? []).map((code) => ({ alias, code: Number.parseInt(code, 16) }));
  });
}
