import { newToken } from "../lib/ids.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import type { Ctx } from "./env.ts";

/** Browsers cut cookies to 400 days. */
const YEAR = 365 * 24 * 3600;

/** The token by which this device is known again; a new one is given to a device without. */
export function deviceToken(c: Ctx): string {
  const known = readCookie(c, "device");
  const token = known && /^[\w-]{43}$/.test(known) ? known : newToken();
  writeCookie(c, "device", token, YEAR);
  return token;
}
