/** Second implementations of the standards, written another way than those of the program. */

/** ISO 7064 MOD 11-2 by its recursion, not by the table of weights that GB 11643-1999 prints. */
export function identityCheck(body: string): string {
  let rest = 0;
  for (const digit of body) rest = ((rest + Number(digit)) * 2) % 11;
  const check = (12 - rest) % 11;
  return check === 10 ? "X" : String(check);
}

/** Weights as GB 32100-2015 prints them. */
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CREDIT_VALUES = new Map(
  [...Array.from({ length: 10 }, (_, i) => String(i)), ..."ABCDEFGHJKLMNPQRTUWXY"].map((sign, i) => [
    sign,
    i,
  ]),
);

export function creditCheck(body: string): string {
  const sum = [...body].reduce(
    (all, sign, i) => all + (CREDIT_VALUES.get(sign) ?? 0) * (CREDIT_WEIGHTS[i] ?? 0),
    0,
  );
  const value = (31 - (sum % 31)) % 31;
  return [...CREDIT_VALUES].find(([, one]) => one === value)?.[0] ?? "";
}

/** GB 11714-1997: C9 = 11 - MOD(sum of Ci * Wi, 11), X for 10 and 0 for 11. */
export function organisationCheck(body: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, i) => all + Number.parseInt(body[i] ?? "0", 36) * weight, 0);
  return { 10: "X", 11: "0" }[11 - (sum % 11)] ?? String(11 - (sum % 11));
}

export const isOrganisationCode = (code: string): boolean =>
  code.length === 9 && organisationCheck(code.slice(0, 8)) === code[8];

/** Signs in ICP numbers as they are seen in use. */
export const icpSigns = [..."京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀黔滇藏陕陇青宁新"];

/** An IPv4 address as a number, part by part. */
export const v4 = (text: string): number =>
  text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** Blocks of IPv4 that nobody is reached at (RFC 6890 and its registry), documentation left out: that is let through. */
const NOT_PUBLIC: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Small blocks for protocols and examples (RFC 6890): what is said of them is no rule here. */
const SPECIAL: [string, number][] = [
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
];

const isIn = (address: number, blocks: readonly [string, number][]): boolean =>
  blocks.some(
    ([net, bits]) => Math.floor(address / 2 ** (32 - bits)) === Math.floor(v4(net) / 2 ** (32 - bits)),
  );

export const isSpecialV4 = (address: number): boolean => isIn(address, SPECIAL);

export const isPublicV4 = (address: number): boolean => !isIn(address, NOT_PUBLIC);

/** An IPv6 address of eight written groups as a number. */
export const v6 = (text: string): bigint =>
  text.split(":").reduce((sum, part) => sum * 65536n + BigInt(Number.parseInt(part, 16)), 0n);
