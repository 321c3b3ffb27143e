import { randomBytes, timingSafeEqual } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { newToken } from "../lib/ids.ts";
import { readBody } from "./body.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import type { Ctx, Env } from "./env.ts";

/** A form was posted that none of our pages of this session sent. */
export class Forged extends Error {
  override name = "Forged";
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/** The interface for programs carries tokens in a header, never cookies. */
const isForPrograms = (path: string): boolean => path.startsWith("/api/");

/**
 * What the token hangs on: the session, or before there is one a random cookie. On a phone that a link opens it is the
 * link: whoever can name that could send the form anyway, and browsers inside other apps may keep no cookie.
 */
function bindingOf(c: Ctx): string | undefined {
  if (c.var.handover) return `handover:${c.var.handover.id}`;
  return c.var.sessionSecret ?? readCookie(c, "visit");
}

const macOf = (c: Ctx, binding: string): Buffer => c.var.deps.vault.sign("csrf", binding);

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)));

/**
 * The hidden token of forms. It is masked anew for every page, so that compressed pages do not give it away
 * (BREACH). A visitor without a cookie to hang it on gets one.
 */
export function csrfToken(c: Ctx): string {
  let binding = bindingOf(c);
  if (binding === undefined) {
    binding = newToken();
    writeCookie(c, "visit", binding);
  }
  const mask = randomBytes(32);
  return Buffer.concat([mask, xor(mask, macOf(c, binding))]).toString("base64url");
}

function isGenuine(c: Ctx, token: unknown): boolean {
  const binding = bindingOf(c);
  if (binding === undefined || typeof token !== "string") return false;
  const bytes = Buffer.from(token, "base64url");
  return (
    bytes.length === 64 && timingSafeEqual(xor(bytes.subarray(0, 32), bytes.subarray(32)), macOf(c, binding))
  );
}

/** Browsers say where a form comes from; one that says so must say: from here. */
function comesFromElsewhere(c: Ctx): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const origin = c.req.header("origin");
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== new URL(c.req.url).host;
}

/** Refuses (`Forged`, 403) what was not sent by a form of ours: origin first, then the token. */
export const csrf = createMiddleware<Env>(async (c, next) => {
  if (!safe.has(c.req.method) && !isForPrograms(c.req.path)) {
    if (comesFromElsewhere(c)) throw new Forged("the form comes from another site");
    if (!isGenuine(c, (await readBody(c)).csrf))
      throw new Forged("the form carries no token of this session");
  }
  await next();
});
