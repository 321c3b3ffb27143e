import iconv from "iconv-lite";

/**
 * What the bureau's files can carry: they are GBK throughout (企业系统接口规范 V3.0, 3-3-1-3; error 5008 for anything
 * else). The euro sign and the private use area count as lacking too: decoders called GBK disagree about them.
 */
const UNCERTAIN = /[€\u{e000}-\u{f8ff}]/u;

/** Characters that XML 1.0 has no place for, in any encoding. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for here
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

const survives = (text: string): boolean =>
  !UNCERTAIN.test(text) && iconv.decode(iconv.encode(text, "gbk"), "gbk") === text;

/** Text to GBK bytes; what GBK lacks becomes `?`, so ask `notInGbk` first. */
export const encodeGbk = (text: string): Buffer => iconv.encode(text, "gbk");

/** GBK bytes to text; broken bytes become U+FFFD. */
export const decodeGbk = (bytes: Uint8Array): string => iconv.decode(Buffer.from(bytes), "gbk");

/** A file of fifty megabytes is looked at in pieces, so that it is never there three times. */
const PIECE = 65_536;

function* piecesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    // Both halves of a character beyond the basic plane stay together.
    const isHalf = /[\ud800-\udbff]/.test(text[from + PIECE - 1] ?? "");
    const to = from + PIECE + (isHalf ? 1 : 0);
    yield text.slice(from, to);
    from = to;
  }
}

/** The different characters of a text that GBK cannot carry, in order of appearance. */
export function notInGbk(text: string): string[] {
  const lost = new Set<string>();
  for (const piece of piecesOf(text)) {
    if (ASCII.test(piece) || survives(piece)) continue;
    for (const character of piece) if (!survives(character)) lost.add(character);
  }
  return [...lost];
}

/** The different characters of a text that no XML file may hold. */
export const illegalInXml = (text: string): string[] => [...new Set(text.match(ILLEGAL) ?? [])];
