import { domainToASCII } from "node:url";
import { compact } from "../lib/text.ts";

/** As people write mail boxes (dot-atom of RFC 5322); no quoted names, no address literals. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** The usual spelling: no blanks, the host in lower case; text that is no address comes back as it was. */
export function cleanEmail(text: string): string {
  const typed = compact(text).replace(/。/g, ".");
  const at = typed.lastIndexOf("@");
  return at < 1 ? typed : typed.slice(0, at + 1) + compact(typed.slice(at + 1).toLowerCase());
}

/** True for an address that mail can be sent to, at most 128 characters (the bureau's limit). */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1 || at > 64 || text.length < 6 || text.length > 128) return false;
  return LOCAL.test(text.slice(0, at)) && HOST.test(domainToASCII(text.slice(at + 1)));
}

/** Same mail box? Hosts, and in practice names too, do not differ by case. */
export function sameEmail(a: string, b: string): boolean {
  return cleanEmail(a).toLowerCase() === cleanEmail(b).toLowerCase();
}
