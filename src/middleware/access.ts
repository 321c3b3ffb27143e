/**
 * Who may open a route stands on the route itself:
 *
 *   new Hono<Env>()
 *     .get("/help", allow("anyone"), …)
 *     .get("/account", allow("registrant"), …)
 *     .get("/console", allow("staff"), …)                                  any member of staff
 *     .post("/console/filings/:id/decision", allow("initial_reviewer", "verifier"), …)   one of these roles (a 主管 too)
 *
 * `accessTable` reads it back; a route without it stops the start of the application.
 */
import type { Hono, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { type Actor, hasRole, type Role, roles } from "../models/actor.ts";
import { Forbidden } from "../models/errors.ts";
import type { Ctx, Env } from "./env.ts";
import { kindOf } from "./session.ts";

export type Audience = "anyone" | "registrant" | "staff" | readonly Role[];

/** One route and who may open it. */
export type AccessRow = { method: string; path: string; audience: Audience };

const declared = new WeakMap<MiddlewareHandler, Audience>();

const may = (actor: Actor | undefined, audience: Audience): boolean => {
  if (audience === "anyone") return true;
  if (audience === "registrant" || audience === "staff") return actor?.kind === audience;
  return actor !== undefined && hasRole(actor, ...audience);
};

/** The page to come back to after login: where one was, or for a form the page it stood on. */
function nextOf(c: Ctx): string {
  const url = new URL(c.req.url);
  if (c.req.method === "GET") return url.pathname + url.search;
  const referrer = c.req.header("referer");
  if (!referrer || !URL.canParse(referrer) || new URL(referrer).host !== url.host) return "/";
  return new URL(referrer).pathname;
}

/** Declares who may open a route, and holds to it: visitors go to the login, others are refused. */
export function allow(
  ...who: ["anyone" | "registrant" | "staff"] | [Role, ...Role[]]
): MiddlewareHandler<Env> {
  const [first] = who;
  const audience: Audience = first in roles ? (who as Role[]) : (first as Audience);
  const handler = createMiddleware<Env>(async (c, next) => {
    if (!may(c.var.actor, audience)) {
      if (c.var.actor) throw new Forbidden("not for this role");
      const login = kindOf(c.req.path) === "staff" ? "/console/login" : "/login";
      return c.redirect(`${login}?next=${encodeURIComponent(nextOf(c))}`, 303);
    }
    await next();
  });
  declared.set(handler, audience);
  return handler;
}

/** A path on this host to go on with, or `otherwise`: never another site, never a loop back to the login. */
export function safeNext(next: string | undefined, otherwise: string): string {
  if (!next || !/^\/(?![/\\])[^\\\s]*$/.test(next) || next.length > 500) return otherwise;
  return /^\/(console\/)?(login|logout)/.test(next) ? otherwise : next;
}

/** Every route of the application with its audience; throws when one has none, or two that differ. */
export function accessTable(app: Hono<Env>): AccessRow[] {
  const rows = new Map<string, AccessRow>();
  const bare = new Set<string>();
  for (const { method, path, handler } of app.routes) {
    if (method === "ALL") continue;
    const key = `${method} ${path}`;
    const audience = declared.get(handler);
    if (audience === undefined) bare.add(key);
    else rows.set(key, { method, path, audience });
  }
  const missing = [...bare].filter((key) => !rows.has(key));
  if (missing.length > 0) throw new Error(`routes without allow(…): ${missing.join(", ")}`);
  return [...rows.values()];
}
