import type { z } from "zod";
import type { ApiToken, Scope } from "../../models/api-token/tokens.ts";
import type { Deps } from "../deps.ts";

/** What a route of the interface for programs is given: everything checked by its schemas. */
export type Call<Params, Query, Body> = {
  deps: Deps;
  token: ApiToken;
  params: Params;
  query: Query;
  body: Body;
  requestId: string;
};

type Route<Params, Query, Body, Answer> = {
  method: "get" | "post";
  /** As Hono writes it: /api/v1/products/:product */
  path: string;
  scope: Scope;
  summary: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  status: 200 | 201;
  answer: z.ZodType<Answer>;
  handle(call: Call<Params, Query, Body>): Promise<Answer>;
};

/** One route as data: the application and its description are made of the same. */
export type ApiRoute = Route<unknown, unknown, unknown, unknown>;

/** Keeps the types of a route's schemas for its handler, and forgets them for the list of all. */
export const apiRoute = <Params, Query, Body, Answer>(route: Route<Params, Query, Body, Answer>): ApiRoute =>
  route as unknown as ApiRoute;
