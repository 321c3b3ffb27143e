import { createMiddleware } from "hono/factory";
import { wholeNumber } from "../lib/numbers.ts";
import { allow } from "../middleware/access.ts";
import type { Ctx, Env } from "../middleware/env.ts";
import type { Registrant } from "../models/actor.ts";
import { NotFound } from "../models/errors.ts";
import type { Filing } from "../models/filing/rows.ts";
import { findCustomer } from "../models/on-behalf/accounts.ts";
import type { Deps } from "./deps.ts";
import { applicantOf, type Desk, draftPath, writer, writingRoles } from "./desk.ts";

/**
 * Where a filing is opened: by an account for itself, or by staff for one of the accounts of their provider, which the
 * address names. `filing` is what stands before the path.
 */
export const counters = (deps: Deps): Desk[] => [
  { filing: "", who: [allow("registrant"), (_, next) => next()] },
  { filing: "/console/accounts/:account", who: [allow(...writingRoles), door(deps)] },
];

/** An account of another provider, or one that is gone, is not there. */
const door = (deps: Deps) =>
  createMiddleware<Env>(async (c, next) => {
    await findCustomer(deps, writer(c), accountIn(c));
    return next();
  });

function accountIn(c: Ctx): number {
  const id = wholeNumber(c.req.param("account"));
  if (id === undefined) throw new NotFound("no such account");
  return id;
}

/** For whom a filing is opened: oneself, or the account that the address names, which the door has looked at. */
export function applicant(c: Ctx): Registrant {
  const actor = writer(c);
  return actor.kind === "staff" ? applicantOf({ accountId: accountIn(c), ispId: actor.ispId }) : actor;
}

/** What stands before the addresses of this counter. */
export const rootOf = (c: Ctx): string =>
  writer(c).kind === "staff" ? `/console/accounts/${accountIn(c)}` : "";

/** Where a filing that was just opened is filled in. */
export const openedPath = (c: Ctx, filing: Pick<Filing, "number">): string =>
  writer(c).kind === "staff" ? draftPath(filing) : `/filings/${filing.number}`;
