import { createMiddleware } from "hono/factory";
import { LinkOver } from "../models/errors.ts";
import { maybeHandover } from "../models/handover/find.ts";
import { type Limit, readCount } from "../models/rate-limit/rate-limit.ts";
import type { Env, WebDeps } from "./env.ts";
import type { IspFinder } from "./isp.ts";
import { limitSource, TooMany } from "./rate-limit.ts";
import { networkOf } from "./request.ts";

/** The page of a link, and where its script sends files in parts. */
const PAGE = /^\/u\/([^/]+)(?:\/parts)?$/;

/** Whether an address is that of a link for a phone. */
export const isHandover = (path: string): boolean => PAGE.test(path);

/** Links that are over are opened by accident now and then; a machine that guesses comes more often. */
const misses: Limit = { name: "handover-misses", most: 30, seconds: 600 };

/**
 * The code in the address is all that it takes, so it goes to no other site and into no search engine. `no-referrer`
 * would take the origin from our own form, too.
 */
const headers = { "referrer-policy": "strict-origin", "x-robots-tag": "noindex, nofollow, noarchive" };

/**
 * Looks at the link of a hand-over page before anything of a picture is read; throws LinkOver when it does not hold, and
 * TooMany for a network that guesses. An upload may take long: it counts from when it began.
 */
export const handoverDoor = (deps: WebDeps, isps: IspFinder) =>
  createMiddleware<Env>(async (c, next) => {
    const code = PAGE.exec(c.req.path)?.[1];
    if (code === undefined) return next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    const { over, retryAfter } = await readCount(deps, misses, networkOf(c.var.source));
    if (over) throw new TooMany(retryAfter);
    const ispId = c.var.ispByHost ? c.var.isp?.id : undefined;
    const found = await maybeHandover(deps, { code, at: c.var.startedAt, ispId });
    if (!found) {
      await limitSource(c, misses);
      throw new LinkOver("no such link");
    }
    c.set("handover", found);
    if (!c.var.ispByHost) c.set("isp", await isps.byId(String(found.ispId)));
    return next();
  });
