import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { Conflict, NotFound } from "../models/errors.ts";
import { BodyTooLong } from "./body.ts";
import type { Ctx } from "./env.ts";
import { TooMany } from "./rate-limit.ts";
import { NoToken, WrongScope } from "./token.ts";

type Fault = { field: string; message: string };

/** What is wrong with a request, as RFC 9457 writes it. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  requestId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

/** A refusal that the program can act on; `kind` ends the problem's type. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  readonly status: 400 | 409 | 422;
  readonly kind: string;
  readonly errors: readonly Fault[] | undefined;
  constructor(status: 400 | 409 | 422, kind: string, title: string, errors?: readonly Fault[]) {
    super(title);
    this.status = status;
    this.kind = kind;
    this.errors = errors;
  }
}

type Known = { is: (error: Error) => boolean; status: number; kind: string; title: string };

const known: Known[] = [
  {
    is: (error) => error instanceof NoToken,
    status: 401,
    kind: "no-token",
    title: "A token that holds here is needed",
  },
  {
    is: (error) => error instanceof WrongScope,
    status: 403,
    kind: "wrong-scope",
    title: "The token is not for this",
  },
  {
    is: (error) => error instanceof NotFound,
    status: 404,
    kind: "not-found",
    title: "There is no such thing",
  },
  {
    is: (error) => error instanceof Conflict,
    status: 409,
    kind: "conflict",
    title: "Somebody else wrote in between",
  },
  {
    is: (error) => error instanceof BodyTooLong,
    status: 413,
    kind: "too-long",
    title: "The body is too long",
  },
  { is: (error) => error instanceof TooMany, status: 429, kind: "too-many", title: "Too many requests" },
  {
    is: (error) => error instanceof HTTPException,
    status: 400,
    kind: "bad-request",
    title: "The request is not readable",
  },
];

/** Every error of the interface for programs as a problem; what is not known is a fault of ours, logged by its id. */
export function answerProblem(error: Error, c: Ctx): Response {
  const { requestId, deps } = c.var;
  const own =
    error instanceof ApiProblem
      ? { status: error.status, kind: error.kind, title: error.message }
      : undefined;
  const found = own ?? known.find(({ is }) => is(error));
  if (!found) deps.log.error({ err: error, requestId }, "request failed");
  if (error instanceof TooMany) c.header("retry-after", String(error.seconds));
  if (error instanceof NoToken) c.header("www-authenticate", "Bearer");
  const { status, kind, title } = found ?? { status: 500, kind: "fault", title: "A fault of ours" };
  const errors = error instanceof ApiProblem && error.errors ? { errors: error.errors } : {};
  c.header("content-type", "application/problem+json");
  return c.body(
    JSON.stringify({ type: `urn:openbeian:problem:${kind}`, title, status, requestId, ...errors }),
    status as 400,
  );
}

/** The interface for programs answers with problems, never with pages. */
export const isForPrograms = (c: Ctx): boolean => c.req.path.startsWith("/api/");
