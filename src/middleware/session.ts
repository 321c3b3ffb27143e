import { createMiddleware } from "hono/factory";
import { findActor, openSession, type SessionKind } from "../models/session/sessions.ts";
import { dropCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Ctx, Env, WebDeps } from "./env.ts";
import type { IspFinder } from "./isp.ts";
import { deviceOf, placeOf } from "./request.ts";

/** The console has sessions of its own; everything else knows registrants only. */
export const kindOf = (path: string): SessionKind => (/^\/console(\/|$)/.test(path) ? "staff" : "account");

const cookieOf = { account: "session", staff: "staff" } as const;

/**
 * The public page of one 备案号 knows nobody: it is the same for everybody, so that any cache may keep it. Nor does the
 * page on a phone that a link opens: what may be done there hangs on the link alone.
 */
const FOR_NOBODY = /^\/query\/[^/]+$|^\/u\//;

/** Who is asking. A session of another provider than this host's counts as none. */
export const session = (deps: WebDeps, find: IspFinder) =>
  createMiddleware<Env>(async (c, next) => {
    const kind = kindOf(c.req.path);
    const secret = FOR_NOBODY.test(c.req.path) ? undefined : readCookie(c, cookieOf[kind]);
    const actor = secret ? await findActor(deps, kind, secret) : undefined;
    if (actor && !(c.var.ispByHost && c.var.isp?.id !== actor.ispId)) {
      c.set("actor", actor);
      c.set("sessionSecret", secret);
      if (!c.var.ispByHost) c.set("isp", await find.byId(String(actor.ispId)));
    }
    await next();
  });

/** Where a session begins, for 上次登录 and the list of sessions. */
export const whereFrom = (c: Ctx): { place: string; device: string } => ({
  place: placeOf(c.var.source),
  device: deviceOf(c.req.header("user-agent")),
});

/** Opens a new session; whatever secret the browser brought along is not used again. */
export async function signIn(c: Ctx, kind: SessionKind, userId: number): Promise<void> {
  writeCookie(c, cookieOf[kind], await openSession(c.var.deps, kind, userId, whereFrom(c)));
}

export const forgetSession = (c: Ctx, kind: SessionKind): void => dropCookie(c, cookieOf[kind]);
