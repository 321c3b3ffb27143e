import ipaddr from "ipaddr.js";

/** 106.2.76.2 to 1778535426: unsigned, first octet highest. Undefined for anything but four decimal parts. */
export function ipv4Number(address: string): number | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return undefined;
  return ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((number, octet) => number * 256 + octet, 0);
}

/** 1778535426 to 106.2.76.2; undefined outside 0 … 4294967295. */
export function ipv4Text(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff) return undefined;
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}
