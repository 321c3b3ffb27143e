import type { Block, Fact, Gap, Party, Sheet } from "./sheet.ts";

/** True for a character (one code point) that the fonts have. */
export type HasGlyph = (sign: string) => boolean;

/** Room to write one character by hand. */
export const GAP = "＿＿";

/** Chooses between drawings of one character, or is seen by nobody: left out, not missed. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}]/gu;
const SPACE = /[\s\p{Cc}\p{Z}]+/gu;

/** A text as it can be printed, and the characters of it (each once) that have to be written by hand. */
export function gapped(text: string, hasGlyph: HasGlyph): { text: string; signs: string[] } {
  // The ideographic space indents and separates on purpose.
  const plain = text.replace(UNSEEN, "").replace(SPACE, (space) => (space.includes("　") ? space : " "));
  const signs = [...new Set(plain)].filter((sign) => !hasGlyph(sign));
  const printed = [...plain].map((sign) => (signs.includes(sign) ? GAP : sign));
  return { text: printed.join(""), signs };
}

/** Gathers what the fonts lack while the texts of a sheet pass through. */
class Reader {
  readonly gaps: Gap[] = [];
  readonly #hasGlyph: HasGlyph;

  constructor(hasGlyph: HasGlyph) {
    this.#hasGlyph = hasGlyph;
  }

  text(text: string, label = ""): string {
    const { text: printed, signs } = gapped(text, this.#hasGlyph);
    if (signs.length > 0) this.gaps.push({ label, signs });
    return printed;
  }

  fact = (one: Fact): Fact => ({ ...one, value: this.text(one.value, one.label) });

  party = (one: Party): Party => ({
    ...one,
    lines: one.lines.map((line) =>
      line.value === undefined ? line : { ...line, value: this.text(line.value, line.label) },
    ),
  });

  block = (one: Block): Block => {
    if (one.kind === "facts") return { ...one, rows: one.rows.map((row) => row.map(this.fact)) };
    if (one.kind === "signatures") return { ...one, parties: one.parties.map(this.party) };
    if (one.kind === "text") return { ...one, paragraphs: one.paragraphs.map((text) => this.text(text)) };
    return one;
  };
}

/**
 * A sheet as it can be printed: for each character without a glyph there is room to write it by hand, and `gaps` names it.
 * A box in its place would look like a name that somebody spelt wrong.
 */
export function withGaps(sheet: Sheet, hasGlyph: HasGlyph): Sheet {
  const reader = new Reader(hasGlyph);
  const blocks = sheet.blocks.map(reader.block);
  const reference = reader.text(sheet.reference);
  return { ...sheet, reference, blocks, ...(reader.gaps.length > 0 && { gaps: reader.gaps }) };
}

/** U+20BB7, as the tables of characters name it. */
export const codeOf = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The characters as a page shows them, where a browser may have one or a box: 𠮷（U+20BB7）. */
export const signWords = (signs: readonly string[]): string =>
  signs.map((sign) => `${sign}（${codeOf(sign)}）`).join("、");

/** What the printed sheet says of its gaps; a character that cannot be printed goes by its code. */
export const gapNotes = ({ gaps = [] }: Pick<Sheet, "gaps">): string[] =>
  gaps.map(
    ({ label, signs }) =>
      `${label ? `“${label}”里` : ""}有字库没有的字（${signs.map(codeOf).join("、")}），请在空格处用正楷字手写。`,
  );
