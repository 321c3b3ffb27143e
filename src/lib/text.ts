/** Zero-width characters, bidi controls, soft hyphens, control characters except tab and line feed. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Variation selectors: they choose a glyph of a character, which no bureau can take. */
const SELECTORS = /\p{Variation_Selector}/gu;

/** Full-width letters and digits (Ａ１), not punctuation: （）belong into a Chinese name. */
const WIDE = /[０-９Ａ-Ｚａ-ｚ]/g;

/**
 * What a person meant to type: invisible characters dropped, full-width letters, digits and blanks folded,
 * composed (NFC), trimmed, line ends unified. Chinese punctuation stays as it is.
 */
export function normalise(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      .replace(INVISIBLE, "")
      .replace(SELECTORS, "")
      .replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
      // Last: an accent may have stood behind what was dropped or folded.
      .normalize("NFC")
      .trim()
  );
}

/** For numbers, phones, domains and addresses of machines: NFKC, so also （）－．＠ become ASCII. */
export function fold(text: string): string {
  return normalise(text.normalize("NFKC")).replace(/[‐-―−]/g, "-");
}

/** Without any white space inside: what people copy out of tables and PDF files. */
export function compact(text: string): string {
  return fold(text).replace(/\s+/g, "").normalize("NFC");
}

/** The lines of a text area: normalised, empty ones left out, each once. */
export function lines(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/\r\n|\r|\n/)
        .map(normalise)
        .filter(Boolean),
    ),
  ];
}

/** Characters as people count them (a rare character outside the basic plane is one). */
export function length(text: string): number {
  return [...text].length;
}

/** Number of Chinese characters (汉字) in it. */
export function hanCount(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0;
}
