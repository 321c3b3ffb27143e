import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Env } from "./env.ts";

/** Every cookie we set, by what it is for. None is readable by a script or sent by another site's form. */
export type CookieName =
  | "session"
  | "staff"
  | "visit"
  | "device"
  | "agreed"
  | "activation"
  | "login"
  | "greeting"
  | "reset"
  | "change"
  | "recovery"
  | "code"
  | "staff-login";

type Ctx = Context<Env>;

/** Whether people reach us over https: then cookies are bound to this very host. */
export const isSecure = (c: Ctx): boolean => c.var.deps.config.publicUrl.startsWith("https:");

/** `__Host-` lets a browser refuse a cookie that another host of the domain planted. */
const nameOf = (c: Ctx, name: CookieName): string => (isSecure(c) ? `__Host-${name}` : name);

export const readCookie = (c: Ctx, name: CookieName): string | undefined => getCookie(c, nameOf(c, name));

/** `maxAge` in seconds; without it the cookie goes with the browser's session. */
export function writeCookie(c: Ctx, name: CookieName, value: string, maxAge?: number): void {
  setCookie(c, nameOf(c, name), value, {
    path: "/",
    httpOnly: true,
    secure: isSecure(c),
    sameSite: "Lax",
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}

export function dropCookie(c: Ctx, name: CookieName): void {
  if (readCookie(c, name) !== undefined) writeCookie(c, name, "", 0);
}
