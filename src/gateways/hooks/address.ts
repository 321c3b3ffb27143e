import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { GatewayFailed } from "../../lib/gateway-failed.ts";

/**
 * Addresses at which no system of a provider is, but the metadata of a cloud host may be: link-local, and the service
 * addresses of clouds. Private networks are allowed, a provider's own system usually lies in one.
 */
const never = new BlockList();
never.addSubnet("169.254.0.0", 16, "ipv4");
never.addSubnet("0.0.0.0", 8, "ipv4");
never.addAddress("100.100.100.200", "ipv4");
never.addSubnet("fe80::", 10, "ipv6");
never.addAddress("fd00:ec2::254", "ipv6");
never.addAddress("::", "ipv6");

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

const isNever = (address: string): boolean =>
  isIP(address) !== 0 && never.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** The address of a hook as it is kept; undefined for what is none: https, or http on this very machine, no password. */
export function hookAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.hash) return undefined;
  const secure = url.protocol === "https:" || (url.protocol === "http:" && LOCAL.includes(url.hostname));
  return secure && !isNever(url.hostname.replace(/^\[|\]$/g, "")) ? url.href : undefined;
}

/**
 * Throws GatewayFailed where the name of the host leads to an address at which no hook may be. A name that changes its
 * address right after this is not caught.
 */
export async function refuseForbidden(url: string): Promise<void> {
  const { hostname } = new URL(url);
  const found = await lookup(hostname.replace(/^\[|\]$/g, ""), { all: true }).catch(() => {
    throw new GatewayFailed("the host of the hook has no address");
  });
  if (found.some(({ address }) => isNever(address)))
    throw new GatewayFailed("the host of the hook has an address that is not allowed");
}
