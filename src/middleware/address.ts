import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { Env } from "./env.ts";

/** Control characters in a path; in a query only the null character, since texts may have several lines. */
const CONTROL = /%(?:[01][0-9a-f]|7f)/i;
const NULL = /%00/;

/** Refuses (400) addresses that no page of ours ever has: what is in them goes into queries and headers. */
export const plainAddress = createMiddleware<Env>(async (c, next) => {
  const [path = "", query = ""] = c.req.raw.url.split("?", 2);
  if (CONTROL.test(path) || NULL.test(query)) throw new HTTPException(400);
  await next();
});
