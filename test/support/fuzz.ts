import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../src/lib/project.ts";

/** A sequence that is the same for the same seed (mulberry32, public domain). */
export function random(seed: number): { below(end: number): number; of<T>(list: readonly T[]): T } {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return { below, of: (list) => list[below(list.length)] as (typeof list)[number] };
}

/** What nobody types and anybody may send. */
export const oddTexts: readonly string[] = [
  ...["", " ", "0", "-1", "1.5", "1e30", "Infinity", "NaN", "9007199254740993", "9223372036854775808"],
  ...["\u0000", "a\u0000b", "\u202e\ufeff", "\ufffe", "\r\nset-cookie: a=b", "中\r\n文", "😀𠮷", "ﾊﾟ"],
  ...["__proto__", "constructor", "toString", "sealed:AAAA", "../../etc/passwd", "..%2f..%2fetc", "%00", "%"],
  ...["<script>alert(1)</script>", "' or 1=1 --", "$1", "{{1}}", "<%= 1 %>", "null", "undefined", "[]", "{}"],
  ...["2026-02-30", "99999999999999.1", "-.999999999999999", "0000-00-00", "12.certNo", "1.__proto__"],
  ...["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"],
  ...["x".repeat(5000), "1 ".repeat(2000), "https://".repeat(500), "é".repeat(3000)],
];

const files = (folder: string, ending: string): string[] =>
  readdirSync(projectPath(folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(projectPath(folder, name), "utf8"));

const found = (texts: readonly string[], pattern: RegExp): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ""))),
];

/** The names that some form of ours has, and those that controllers and forms ask a body for. */
export const fieldNames = (): string[] =>
  [
    ...found(files("views", ".eta"), / name="([\w.]+)"/g),
    ...found(
      [...files(join("src", "controllers"), ".ts"), ...files(join("src", "forms"), ".ts")],
      /texts?\([^"\n]*"(\w+)"/g,
    ),
  ].filter((name, at, all) => name !== "csrf" && all.indexOf(name) === at);

/** The names that some page reads of its address. */
export const queryNames = (): string[] =>
  found(files(join("src", "controllers"), ".ts"), /req\.query\("(\w+)"/g);
