import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { parse } from "tldts";

export type DomainFault = "url" | "ip" | "wildcard" | "subdomain" | "suffix" | "shape";

export type DomainName =
  /** `registrable` is given with the fault `subdomain`: what to file instead. */
  | { ok: false; fault: DomainFault; registrable?: string }
  /** `ascii` is the punycode form, `unicode` the one people read; both in lower case. */
  | { ok: true; ascii: string; unicode: string; suffix: string };

/** Punycode, lower case, without the final dot; "" for what cannot be a host. */
export function toAscii(host: string): string {
  return domainToASCII(host.replace(/。/g, ".").replace(/\.$/, ""));
}

/** The form people read: xn--fiq228c.cn becomes 中文.cn. */
export function toUnicode(host: string): string {
  return domainToUnicode(toAscii(host)) || host;
}

/**
 * A domain to be filed: registrable under a public suffix (publicsuffix.org, ICANN part), no sub-domain, no address
 * of a page, no IP address.
 */
export function parseDomain(text: string): DomainName {
  if (isIP(text)) return { ok: false, fault: "ip" };
  if (/[/:@?#]/.test(text)) return { ok: false, fault: "url" };
  if (text.startsWith("*")) return { ok: false, fault: "wildcard" };
  const ascii = toAscii(text);
  const found = parse(ascii, { validateHostname: true });
  if (found.isIp || /^[\d.]+$/.test(text)) return { ok: false, fault: "ip" };
  if (!/^[a-z0-9.-]+\.[a-z0-9-]+$/.test(ascii) || !found.hostname) return { ok: false, fault: "shape" };
  if (!found.isIcann || !found.domain) return { ok: false, fault: "suffix" };
  if (found.domain !== ascii) {
    return { ok: false, fault: "subdomain", registrable: domainToUnicode(found.domain) };
  }
  return { ok: true, ascii, unicode: domainToUnicode(ascii), suffix: found.publicSuffix ?? "" };
}

/** 政府机关: the one kind of body that files sub-domains. */
const GOVERNMENT = "2";

/**
 * The name to be filed in ASCII; undefined where the line is none. A registrable domain for everybody, for a 政府机关
 * (`nature` 2) also a sub-domain (HWDOM), but never one that begins with www.
 */
export function filedDomain(text: string, nature: string | string[] | undefined): string | undefined {
  const domain = parseDomain(text);
  if (domain.ok) return domain.ascii;
  if (domain.fault !== "subdomain" || String(nature) !== GOVERNMENT) return undefined;
  const ascii = toAscii(text);
  return ascii.startsWith("www.") ? undefined : ascii;
}

/** The registrable domain of a host, in ASCII; undefined where there is none (an address, a public suffix). */
export function registrableOf(host: string): string | undefined {
  const domain = parseDomain(host);
  if (domain.ok) return domain.ascii;
  return domain.registrable === undefined ? undefined : toAscii(domain.registrable);
}

/** True when the host is the domain or lies under it, in either spelling. */
export function isUnder(host: string, domain: string): boolean {
  const [child, parent] = [toAscii(host), toAscii(domain)];
  return parent !== "" && (child === parent || child.endsWith(`.${parent}`));
}
