/** A piece of a line: text, or a link with the text to show. */
export type Piece = { text: string; href?: string };

/** Lines of a paragraph, each in its pieces. */
export type Paragraph = Piece[][];

/** `[words](https://…)`, `[words](/path)`, or the bare address of a page; punctuation of a sentence ends an address. */
const LINK =
  /\[([^[\]\n]{1,100})\]\((https?:\/\/[^\s()<>"']+|\/(?![/\\])[^\s()<>"'\\]*)\)|https?:\/\/[^\s<>"'()[\]，。；：、！？（）【】《》“”]+/g;

/** Only pages: what is neither http nor a path of this host stays text. */
const isPage = (href: string): boolean =>
  href.startsWith("/") || (URL.canParse(href) && /^https?:$/.test(new URL(href).protocol));

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(LINK)) {
    const [whole, words, named] = match;
    const href = named ?? whole.replace(/[.,;:!?]+$/, "");
    if (!isPage(href)) continue;
    const end = match.index + (named === undefined ? href.length : whole.length);
    if (match.index > at) pieces.push({ text: line.slice(at, match.index) });
    pieces.push({ text: words ?? href, href });
    at = end;
  }
  if (at < line.length) pieces.push({ text: line.slice(at) });
  return pieces;
}

/**
 * Text that somebody wrote into a box, as paragraphs (an empty line between them) of lines of text and links. It knows
 * no HTML: whoever draws the pieces escapes them.
 */
export const paragraphsOf = (text: string): Paragraph[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
        .map(piecesOf),
    )
    .filter((lines) => lines.length > 0);

/** The same without the marks of links, for searching and short excerpts. */
export const wordsOf = (text: string): string =>
  paragraphsOf(text)
    .flatMap((lines) => lines.map((pieces) => pieces.map((piece) => piece.text).join("")))
    .join("\n");
