import { Hono } from "hono";
import { type ByHandForm, readByHand } from "../../forms/by-hand.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { isReportedByHand, refuseByHand, uploadByHand } from "../../models/bureau/by-hand.ts";
import { byHandOnly, obstacleTo } from "../../models/bureau/obstacle.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import type { Deps } from "../deps.ts";
import { refusalOf } from "./refusal.ts";

/** 人工上报: what the interface cannot carry is reported in another way, and what the bureau said is entered here. */
export const byHand = (deps: Deps): Hono<Env> =>
  new Hono<Env>()
    .get("/console/filings/:id/by-hand", allow("submitter"), async (c) =>
      show(c, deps, await filingOf(c, deps), { evidence: "", problems: [] }),
    )
    .post("/console/filings/:id/by-hand", allow("submitter"), (c) => enter(c, deps));

const filingOf = (c: Ctx, deps: Deps): Promise<Filing> =>
  findFiling(deps.db, c.req.param("id") ?? "", staffMember(c));

async function enter(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await filingOf(c, deps);
  const body = await readBody(c);
  const form = readByHand(body);
  if (form.problems.length > 0) return show(c, deps, filing, form, 422);
  const isRefused = text(body, "act") === "refused";
  const requestId = derivedId(text(body, "requestId"), "by-hand", isRefused ? "refused" : "reported");
  const act = isRefused ? refuseByHand : uploadByHand;
  const done = act(deps, filing, staffMember(c), { evidence: form.evidence, requestId });
  const refused = await refusalOf(done);
  if (refused !== undefined) return show(c, deps, await filingOf(c, deps), form, 409, refused);
  return c.redirect(`/console/filings/${filing.number}`, 303);
}

async function show(
  c: Ctx,
  deps: Deps,
  filing: Filing,
  { evidence, problems }: ByHandForm,
  status: 200 | 409 | 422 = 200,
  refused?: string,
): Promise<Response> {
  const obstacle = filing.state === "ready" ? await obstacleTo(deps, filing) : undefined;
  const data = {
    ...{ problems, refused, values: { evidence } },
    ...{ number: filing.number, title: filingTitle(filing), label: statusOf(filing).label },
    why: obstacle && refusalWords[obstacle],
    mayReport: obstacle !== undefined && byHandOnly.includes(obstacle),
    mayRefuse: await isReportedByHand(deps.db, filing),
  };
  return page(c, "console/by-hand/page", data, status);
}
