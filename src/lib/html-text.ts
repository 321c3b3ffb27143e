const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
};

const decode = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&([a-z]+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** Where lines begin and what stands before them. The items of ordered lists have been numbered before. */
const BREAKS: [RegExp, string][] = [
  [/<br\s*\/?>/g, "\n"],
  [/<hr\s*\/?>/g, "\n\n----\n\n"],
  [/<\/(p|h1|h2|ol|ul)>/g, "\n\n"],
  [/<li>\s*(<p>)?/g, "\n- "],
];

const numbered = (html: string): string =>
  html.replace(/<ol>([\s\S]*?)<\/ol>/g, (_, items: string) => {
    let position = 0;
    return items.replace(/<li>\s*(<p>)?/g, () => `\n${++position}. `);
  });

/** A link keeps its address unless that stands in the text anyway. */
const links = (html: string): string =>
  html.replace(/<a href="([^"]*)">([\s\S]*?)<\/a>/g, (_, href: string, text: string) =>
    html.replaceAll(`"${href}"`, "").includes(href) ? text : `${text} ${href}`,
  );

/** Blanks around the line ends of the source are no part of the text, several in a line are one; all in one pass. */
const joinedLines = (html: string): string =>
  html.replace(/\s+/g, (blanks) => (blanks.includes("\n") ? "" : blanks.length > 1 ? " " : blanks));

/** What the `<main>` of our own simple HTML (headings, paragraphs, lists, links) says, as plain text. */
export function textOfHtml(html: string): string {
  const main = html.match(/<main>([\s\S]*)<\/main>/)?.[1] ?? html;
  const joined = numbered(links(joinedLines(main)));
  const broken = BREAKS.reduce((text, [mark, lines]) => text.replace(mark, lines), joined);
  return `${decode(broken.replace(/<[^>]+>/g, ""))
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/** The text of `<title>`; empty when there is none. */
export const titleOfHtml = (html: string): string =>
  decode(html.match(/<title>([\s\S]*?)<\/title>/)?.[1] ?? "").trim();
