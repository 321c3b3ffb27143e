import { readFile } from "node:fs/promises";
import { create, type Font } from "fontkit";
import { projectPath } from "../../lib/project.ts";

/** The two weights that forms are set in. Chinese type has no other emphasis than weight. */
export type FaceName = "regular" | "bold";
export type Faces = Record<FaceName, Font>;

const FOLDER = projectPath("node_modules", "@expo-google-fonts", "noto-sans-sc");
const files: Record<FaceName, string> = {
  regular: "400Regular/NotoSansSC_400Regular.ttf",
  bold: "700Bold/NotoSansSC_700Bold.ttf",
};

let loaded: Promise<Faces> | undefined;

/**
 * The fonts, read at the first form and then kept (10 MB each): all forms of the process share them, and each PDF holds
 * the glyphs it uses alone.
 */
export function loadFaces(): Promise<Faces> {
  loaded ??= Promise.all([load("regular"), load("bold")]).then(([regular, bold]) => ({ regular, bold }));
  return loaded;
}

async function load(name: FaceName): Promise<Font> {
  const font = create(await readFile(`${FOLDER}/${files[name]}`));
  if (font.type === "TTC" || font.type === "DFont")
    throw new Error(`a collection, not a font: ${files[name]}`);
  return font as Font;
}

/** False for a character (rare ones of names) that would be printed as an empty box in one of the weights. */
export const hasGlyph =
  (faces: Faces) =>
  (sign: string): boolean =>
    Object.values(faces).every((face) => face.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
