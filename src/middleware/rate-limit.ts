import { createMiddleware } from "hono/factory";
import { countHit, type Limit } from "../models/rate-limit/rate-limit.ts";
import type { Ctx, Env } from "./env.ts";
import { networkOf } from "./request.ts";

/** Too many of something in a while; `seconds` until it is worth trying again. */
export class TooMany extends Error {
  override name = "TooMany";
  readonly seconds: number;
  constructor(seconds: number) {
    super(`too many, again in ${seconds} s`);
    this.seconds = seconds;
  }
}

/** Counts a request of this source under a limit; throws `TooMany` (429) when it is one too many. */
export async function limitSource(c: Ctx, limit: Limit): Promise<void> {
  const { over, retryAfter } = await countHit(c.var.deps, limit, networkOf(c.var.source));
  if (over) throw new TooMany(retryAfter);
}

/** Forms of people who are not signed in: enough for an office behind one address, not for a machine. */
const visitors: Limit = { name: "visitor-forms", most: 300, seconds: 600 };

/** Holds back a source that posts without end. Signed-in people are held to limits of the things they do. */
export const limitVisitors = createMiddleware<Env>(async (c, next) => {
  // Programs are counted by their token, see `token.ts`.
  if (c.req.method === "POST" && !c.var.actor && !c.req.path.startsWith("/api/"))
    await limitSource(c, visitors);
  await next();
});
