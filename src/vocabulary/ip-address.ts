import ipaddr from "ipaddr.js";

export type IpFault = "shape" | "private" | "order" | "mixed";

export type IpRange =
  | { ok: false; fault: IpFault }
  /** Both ends included, in usual spelling, and as numbers (32 or 128 bits). */
  | { ok: true; version: 4 | 6; first: string; last: string; start: bigint; end: bigint };

/**
 * Addresses that nobody can be reached at: not one an ISP could have given. The documentation ranges (RFC 5737,
 * RFC 3849) are let through: no real ISP owns them, so the check of its own ranges refuses them where it matters.
 */
const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"].map((range) =>
  ipaddr.parseCIDR(range),
);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function parseOne(text: string): Address | undefined {
  const ok = text.includes(":") ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
  return ok && !text.includes("%") ? ipaddr.parse(text) : undefined;
}

function isPublic(address: Address): boolean {
  if (address.range() === "unicast") return true;
  return DOCUMENTATION.some(([net, bits]) => net.kind() === address.kind() && address.match(net, bits));
}

function toNumber(address: Address): bigint {
  return address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** One line of the field IP地址: an address, or `start-end` (also ~ and 至); IPv4 and IPv6, public only. */
export function parseIpRange(text: string): IpRange {
  const [from = "", to = from, ...more] = text.split(/\s*(?:-|~|–|—|至)\s*/);
  const [first, last] = [parseOne(from.trim()), parseOne(to.trim())];
  if (!first || !last || more.length > 0) return { ok: false, fault: "shape" };
  if (first.kind() !== last.kind()) return { ok: false, fault: "mixed" };
  if (!isPublic(first) || !isPublic(last)) return { ok: false, fault: "private" };
  const [start, end] = [toNumber(first), toNumber(last)];
  if (start > end) return { ok: false, fault: "order" };
  const version = first.kind() === "ipv4" ? 4 : 6;
  return { ok: true, version, first: first.toString(), last: last.toString(), start, end };
}

/** `start` alone for a single address, else `start-end`; text that is no range comes back as it was. */
export function cleanIpRange(text: string): string {
  const range = parseIpRange(text);
  if (!range.ok) return text;
  return range.start === range.end ? range.first : `${range.first}-${range.last}`;
}

/** True when every address of the range lies in one of the others, which may adjoin each other. */
export function isCovered(
  range: Extract<IpRange, { ok: true }>,
  by: readonly { first: string; last: string }[],
): boolean {
  const spans = by
    .flatMap(({ first, last }) => {
      const [from, to] = [parseOne(first), parseOne(last)];
      const same = from && to && from.kind() === `ipv${range.version}` && to.kind() === from.kind();
      return same ? [[toNumber(from), toNumber(to)] as const] : [];
    })
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  let next = range.start;
  for (const [from, to] of spans) {
    if (from > next) break;
    if (to >= next) next = to + 1n;
    if (next > range.end) return true;
  }
  return false;
}

/** The unsigned 32-bit number of an IPv4 address, as the bureau wants it: 106.2.76.2 is 1778535426. */
export function ipv4Number(text: string): number {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) throw new RangeError(`not an IPv4 address: ${text}`);
  return Number(toNumber(ipaddr.IPv4.parse(text)));
}

/** The address of such a number. */
export function ipv4Text(value: number): string {
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join(".");
}
