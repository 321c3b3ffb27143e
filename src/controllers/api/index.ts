import { type Context, Hono } from "hono";
import type { z } from "zod";
import { allow } from "../../middleware/access.ts";
import type { Env } from "../../middleware/env.ts";
import { ApiProblem } from "../../middleware/problems.ts";
import { requireToken, type TokenEnv } from "../../middleware/token.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";
import { accessRoutes } from "./access.ts";
import { codeRoutes } from "./codes.ts";
import { describe } from "./openapi.ts";
import { productRoutes } from "./products.ts";
import type { ApiRoute } from "./route.ts";

/** Every route of the interface for programs. */
export const apiRoutes: readonly ApiRoute[] = [...codeRoutes, ...productRoutes, ...accessRoutes];

/** Checks a part of the request; what is wrong is told by field, never with what was sent. */
function checked(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const faults = error.issues.map(({ path, code }) => ({ field: path.join("."), message: code }));
  throw new ApiProblem(422, "invalid", "The request is not of the described shape", faults);
}

async function bodyOf(c: Context<TokenEnv>): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? ""))
    throw new ApiProblem(400, "no-json", "The body must be JSON");
  const text = (await c.req.text()).replaceAll("\\u0000", "");
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiProblem(400, "no-json", "The body must be JSON");
  }
}

const answer = (deps: Deps, route: ApiRoute) => async (c: Context<TokenEnv>) => {
  // An address that can't be is one that is not there.
  const params = route.params?.safeParse(c.req.param());
  if (params && !params.success) throw new NotFound("no such address");
  const found = await route.handle({
    ...{ deps, token: c.var.token, requestId: c.var.requestId, params: params?.data },
    query: checked(route.query, c.req.query()),
    body: route.body && checked(route.body, await bodyOf(c)),
  });
  return c.json(found as Record<string, unknown>, route.status);
};

/** /api/v1: what a provider's own system may ask and tell, with its token. */
export function api(deps: Deps): Hono<Env> {
  const app = new Hono<TokenEnv>();
  app.get("/api/v1/openapi.json", allow("anyone"), (c) =>
    c.json(describe(apiRoutes, new URL(deps.config.publicUrl).origin)),
  );
  for (const route of apiRoutes)
    app.on(route.method, route.path, allow("anyone"), requireToken(route.scope), answer(deps, route));
  return app as unknown as Hono<Env>;
}
