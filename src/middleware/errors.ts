import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Conflict, Forbidden, LinkOver, NotFound, ProductFull, TransitionRefused } from "../models/errors.ts";
import { refusalWords } from "../models/filing/refusals.ts";
import { BodyTooLong } from "./body.ts";
import { Forged } from "./csrf.ts";
import type { Ctx, Env } from "./env.ts";
import { isHandover } from "./handover.ts";
import { page } from "./page.ts";
import { answerProblem, isForPrograms } from "./problems.ts";
import { TooMany } from "./rate-limit.ts";

type ErrorPage = { is: (error: Error) => boolean; status: ContentfulStatusCode; view: string };

/** What people see of an error; whatever is not in this list is a fault of ours. */
const pages: ErrorPage[] = [
  { is: (error) => error instanceof NotFound, status: 404, view: "errors/not-found" },
  { is: (error) => error instanceof LinkOver, status: 404, view: "errors/link-over" },
  { is: (error) => error instanceof Forbidden, status: 403, view: "errors/forbidden" },
  { is: (error) => error instanceof Forged, status: 403, view: "errors/forged" },
  { is: (error) => error instanceof TransitionRefused, status: 409, view: "errors/refused" },
  { is: (error) => error instanceof Conflict, status: 409, view: "errors/conflict" },
  { is: (error) => error instanceof ProductFull, status: 409, view: "errors/product-full" },
  { is: (error) => error instanceof TooMany, status: 429, view: "errors/too-many" },
  { is: (error) => error instanceof BodyTooLong, status: 413, view: "errors/too-long" },
  // What Hono itself refuses: a body that is not what its header says.
  {
    is: (error) => error instanceof HTTPException && error.status < 500,
    status: 400,
    view: "errors/bad-request",
  },
];

const isConsole = (c: Ctx): boolean => c.req.path.startsWith("/console");

/** Expected errors become their page; the others are logged with the request id, which the page shows. */
export const onError: ErrorHandler<Env> = (error, c) => {
  if (isForPrograms(c)) return answerProblem(error, c);
  const known = pages.find(({ is }) => is(error));
  const { deps, requestId } = c.var;
  if (!known) deps.log.error({ err: error, requestId }, "request failed");
  if (error instanceof TooMany) c.header("retry-after", String(error.seconds));
  const data = {
    console: isConsole(c),
    phone: isHandover(c.req.path),
    sent: c.req.method === "POST",
    seconds: error instanceof TooMany ? error.seconds : undefined,
    words: error instanceof TransitionRefused ? refusalWords[error.refusal] : undefined,
  };
  return page(c, known?.view ?? "errors/fault", data, known?.status ?? 500);
};

export const notFound: NotFoundHandler<Env> = (c) =>
  isForPrograms(c)
    ? answerProblem(new NotFound("no such address"), c)
    : page(c, "errors/not-found", { console: isConsole(c) }, 404);
