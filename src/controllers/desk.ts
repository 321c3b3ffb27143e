import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { allow } from "../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../middleware/env.ts";
import type { Registrant, Staff } from "../models/actor.ts";
import { recordLook } from "../models/audit/log.ts";
import { Forbidden, NotFound } from "../models/errors.ts";
import { isWithStaff } from "../models/filing/on-behalf.ts";
import { type Filing, findFiling } from "../models/filing/rows.ts";
import type { State } from "../models/filing/states.ts";
import type { Deps } from "./deps.ts";

/** Roles that file for a registrant (代为备案). */
export const writingRoles = ["initial_reviewer", "verifier", "submitter", "service"] as const;

/** Who fills in a filing: its registrant, or staff for one. */
export type Writer = Registrant | Staff;

/** A filing with the address that its pages stand below: that of the portal, or that of the console. */
export type DeskFiling = Filing & { at: string };

export const draftPath = ({ number }: Pick<Filing, "number">): string => `/console/filings/${number}/draft`;

/** Where a filing stands in addresses, who may come there, and what is looked at before a page is made. */
export type Desk = { filing: string; who: [MiddlewareHandler<Env>, MiddlewareHandler<Env>] };

/**
 * Where the forms of a filing stand: in the portal for its registrant, on the console for staff who write it for one. The
 * same handlers serve both; `deskFiling` tells them who is there and where the links lead.
 */
export const desks = (deps: Deps): Desk[] => [
  { filing: "/filings/:id", who: [allow("registrant"), (_, next) => next()] },
  { filing: "/console/filings/:id/draft", who: [allow(...writingRoles), door(deps)] },
];

/** States in which there is something to write. */
const open: readonly State[] = ["draft", "returned", "photo_due"];

/** Whether staff may write in it now: a draft of theirs that its registrant does not have. */
export const isWritable = (filing: Filing): boolean => isWithStaff(filing) && open.includes(filing.state);

/** A form that nobody can send leads to the overview; what the registrant wrote is not there. */
const door = ({ db }: Deps) =>
  createMiddleware<Env>(async (c, next) => {
    const actor = staffMember(c);
    const filing = await findDraft(c, { db });
    if (c.req.method === "GET" && !isWritable(filing)) return c.redirect(draftPath(filing), 303);
    if (c.req.method === "GET") await recordLook(db, actor, "open-filing", [filing.id]);
    return next();
  });

/** A filing that staff of the provider began; throws NotFound for every other. */
export async function findDraft(c: Ctx, { db }: Pick<Deps, "db">): Promise<DeskFiling> {
  const filing = await findFiling(db, c.req.param("id") ?? "", staffMember(c));
  if (filing.authorStaffId === null) throw new NotFound("a filing that no staff began");
  return { ...filing, at: draftPath(filing) };
}

/** Whoever is signed in at this desk. */
export function writer(c: Ctx): Writer {
  if (!c.var.actor) throw new Forbidden("nobody is signed in");
  return c.var.actor;
}

/** The filing that the address names, as its writer may see it; throws NotFound. */
export async function deskFiling(c: Ctx, deps: Pick<Deps, "db">): Promise<DeskFiling> {
  if (writer(c).kind === "staff") return findDraft(c, deps);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", writer(c));
  return { ...filing, at: `/filings/${filing.number}` };
}

/** The registrant of a filing or account, for what is looked up in their name; what is written names its real author. */
export const applicantOf = ({ accountId, ispId }: Pick<Filing, "accountId" | "ispId">): Registrant => ({
  ...{ kind: "registrant", accountId, ispId, name: "" },
});
