import { createMiddleware } from "hono/factory";
import { type ApiToken, maybeToken, type Scope } from "../models/api-token/tokens.ts";
import { countHit, type Limit } from "../models/rate-limit/rate-limit.ts";
import type { Env } from "./env.ts";
import { limitSource, TooMany } from "./rate-limit.ts";

/** Nobody said who is asking, or nobody we know: 401. */
export class NoToken extends Error {
  override name = "NoToken";
}

/** The token is good, but not for this: 403. */
export class WrongScope extends Error {
  override name = "WrongScope";
}

const perToken: Limit = { name: "api-token", most: 600, seconds: 60 };
/** Wrong tokens of a network. */
const guesses: Limit = { name: "api-guess", most: 60, seconds: 600 };

export type TokenEnv = { Bindings: Env["Bindings"]; Variables: Env["Variables"] & { token: ApiToken } };

/** Lets a program in by `Authorization: Bearer …` with this scope; the token of one provider is none at another's host. */
export const requireToken = (scope: Scope) =>
  createMiddleware<TokenEnv>(async (c, next) => {
    const { deps, isp, ispByHost } = c.var;
    const [, text = ""] = /^Bearer ([\w-]+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    const token = await maybeToken(deps, text);
    if (!token || (ispByHost && isp?.id !== token.ispId)) {
      await limitSource(c as never, guesses);
      throw new NoToken("no token that holds here");
    }
    const { over, retryAfter } = await countHit(deps, perToken, String(token.id));
    if (over) throw new TooMany(retryAfter);
    if (!token.scopes.includes(scope)) throw new WrongScope(scope);
    c.set("token", token);
    await next();
  });
