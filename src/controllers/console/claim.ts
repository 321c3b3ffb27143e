import { Hono } from "hono";
import { derivedId } from "../../lib/ids.ts";
import { allow, safeNext } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import { findFiling } from "../../models/filing/rows.ts";
import { transition } from "../../models/filing/transition.ts";
import type { Action } from "../../models/filing/workflow.ts";
import { staffWithRole } from "../../models/staff/names.ts";
import type { Deps } from "../deps.ts";
import { openedFiling, showFiling } from "./filing.ts";
import { readReview } from "./filing-page.ts";
import { refusalOf } from "./refusal.ts";

const holders = ["initial_reviewer", "verifier", "submitter"] as const;

/** 领取, 放回, 转交: one holder at a time, so that two reviewers never work on one filing. */
export function claim(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const noun of ["claim", "release", "handover"])
    app.get(`/console/filings/:id/${noun}`, allow(...holders), (c) =>
      c.redirect(`/console/filings/${c.req.param("id")}`, 303),
    );
  return app
    .post("/console/filings/:id/claim", allow(...holders), (c) => move(c, deps, "claim"))
    .post("/console/filings/:id/release", allow(...holders), (c) => move(c, deps, "release"))
    .post("/console/filings/:id/handover", allow("supervisor"), (c) => move(c, deps, "hand-over"));
}

/** A refusal is said on the filing's page: that is where one sees who holds it. */
async function move(c: Ctx, deps: Deps, action: Action): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const requestId = derivedId(text(body, "requestId"), action);
  const input =
    action === "hand-over" ? { staffId: await colleague(deps, filing.ispId, text(body, "staff")) } : {};
  const refused = await refusalOf(transition(deps, { filingId: filing.id, action, actor, requestId, input }));
  if (refused !== undefined) {
    const review = await readReview(deps, await openedFiling(deps, actor, filing.number));
    return showFiling(c, deps, review, { queue: text(body, "queue"), refused, status: 409 });
  }
  const queue = text(body, "queue");
  const page = `/console/filings/${filing.number}${queue ? `?queue=${encodeURIComponent(queue)}` : ""}`;
  return c.redirect(safeNext(text(body, "back"), page), 303);
}

/** Only somebody of the same provider who reviews. */
async function colleague(deps: Deps, ispId: number, id: string): Promise<number> {
  const colleagues = await staffWithRole(deps.db, ispId, [...holders, "supervisor"]);
  const found = colleagues.find((one) => String(one.id) === id);
  if (!found) throw new NotFound("no such colleague");
  return found.id;
}
