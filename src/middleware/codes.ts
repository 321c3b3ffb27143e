import { createMiddleware } from "hono/factory";
import { memory } from "../lib/memory.ts";
import { type Codes, codesInForce, withCodes } from "../models/code-table/in-force.ts";
import type { Env, WebDeps } from "./env.ts";

/** How old codes may be that were adopted at another process, in milliseconds. */
const FRESH = 1_000;

/** Pages of one filing, for its registrant and for staff. */
const FILING = /^\/(?:console\/)?filings\/(\d{8}-\d{4,10})(?:\/|$)/;

/**
 * What follows sees the tables of codes that the provider adopted from its bureaus: lists to choose from, words, rules. On
 * the pages of a filing those of the bureau that it goes to.
 */
export function codesOfIsp({ db }: WebDeps) {
  const known = memory<Codes>(FRESH);
  return createMiddleware<Env>(async (c, next) => {
    const ispId = c.var.actor && "ispId" in c.var.actor ? c.var.actor.ispId : c.var.isp?.id;
    if (ispId === undefined) return next();
    const filing = FILING.exec(c.req.path)?.[1];
    const wanted = { ispId, ...(filing && { about: { filing } }) };
    const codes = await known.of(`${ispId} ${filing ?? ""}`, () => codesInForce(db, wanted));
    await withCodes(codes, next);
    if (c.req.method === "POST") known.forget();
  });
}
