import { readData } from "./data.ts";

type File = { provinces: Record<string, string>; networks: Record<string, string> };

/** For each network the ten thousand blocks of the next four digits, one sign each. */
type Blocks = ReadonlyMap<string, string>;

let read: { provinces: Record<string, string>; blocks: Blocks } | undefined;

/** `A3.B` → `AAA.B`: a sign, and how many blocks in a row have it. */
const spread = (runs: string): string =>
  runs.replace(/(\D)(\d+)/g, (_, sign: string, count: string) => sign.repeat(Number(count)));

/** Read at the first question: most processes never ask. */
function table() {
  if (read) return read;
  const { provinces, networks } = readData("mobile-areas") as File;
  const blocks = new Map(Object.entries(networks).map(([network, runs]) => [network, spread(runs)]));
  read = { provinces, blocks };
  return read;
}

/**
 * Six-digit code of the province that a mobile number (eleven digits) was allotted to (归属地); undefined where the table
 * does not know the block. Numbers keep their region when they change operator (携号转网).
 */
export function mobileProvince(number: string): string | undefined {
  if (!/^1\d{10}$/.test(number)) return undefined;
  const { provinces, blocks } = table();
  return provinces[blocks.get(number.slice(0, 3))?.[Number(number.slice(3, 7))] ?? ""];
}

/** Networks of virtual operators (虚拟运营商): 162 165 167 170 171. */
export const isVirtualOperator = (number: string): boolean => /^1(?:6[257]|7[01])\d{8}$/.test(number);
