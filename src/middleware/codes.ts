import { createMiddleware } from "hono/factory";
import { memory } from "../lib/memory.ts";
import { type Codes, codesInForce, withCodes } from "../models/code-table/in-force.ts";
import type { Env, WebDeps } from "./env.ts";

/** How old codes may be that were adopted at another process, in milliseconds. */
const FRESH = 1_000;

/** What follows sees the tables of codes that the provider adopted from its bureau: lists to choose from, words, rules. */
export function codesOfIsp({ db }: WebDeps) {
  const known = memory<Codes>(FRESH);
  return createMiddleware<Env>(async (c, next) => {
    const ispId = c.var.actor && "ispId" in c.var.actor ? c.var.actor.ispId : c.var.isp?.id;
    if (ispId === undefined) return next();
    const codes = await known.of(String(ispId), () => codesInForce(db, ispId));
    await withCodes(codes, next);
    if (c.req.method === "POST") known.forget();
  });
}
