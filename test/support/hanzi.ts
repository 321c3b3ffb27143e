/** Characters by the tables of the standards, made from their codes and not from a list. */

const decoder = new TextDecoder("gb18030");
const PRIVATE = /[\uE000-\uF8FF\uFFFD]/;

/** The characters of a rectangle of two-byte codes; places without a character are left out. */
function decoded(firsts: readonly [number, number], seconds: readonly [number, number]): string[] {
  const found: string[] = [];
  for (let first = firsts[0]; first <= firsts[1]; first += 1)
    for (let second = seconds[0]; second <= seconds[1]; second += 1)
      if (second !== 0x7f) found.push(decoder.decode(Uint8Array.of(first, second)));
  return found.filter((sign) => !PRIVATE.test(sign));
}

/** GB 2312-1980: 一级 3,755 (B0–D7) and 二级 3,008 (D8–F7) characters. */
export const level1 = decoded([0xb0, 0xd7], [0xa1, 0xfe]);
export const level2 = decoded([0xd8, 0xf7], [0xa1, 0xfe]);

const between = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));

/** GBK has the 20,902 characters that Unicode began with. */
export const gbk = between(0x4e00, 0x9fa5);

/** GB 18030-2000 added extension A. */
export const extensionA = between(0x3400, 0x4db5);
