import { Hono } from "hono";
import { isRequestId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { submitFiling } from "../../models/filing/resubmission.ts";
import { findFiling } from "../../models/filing/rows.ts";
import type { Refusal } from "../../models/filing/workflow.ts";
import type { Deps } from "../deps.ts";
import { checkPage } from "./check-page.ts";

/** 核对信息: the summary with the 预审报告 on top, and 提交初审. */
export const check = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/check", allow("registrant"), (c) => show(c, deps))
    .post("/filings/:id/submission", allow("registrant"), async (c) => {
      const actor = registrant(c);
      const filing = await findFiling(deps.db, c.req.param("id"), actor);
      const body = await readBody(c);
      const requestId = text(body, "requestId");
      const wanted = {
        declared: text(body, "agree") === "1",
        requestId: isRequestId(requestId) ? requestId : c.var.requestId,
      };
      const refusal = await submitFiling(deps, actor, filing, wanted);
      return refusal ? show(c, deps, refusal) : c.redirect(`/filings/${filing.number}`, 303);
    });

/** Refusals that mean: somebody or something else was first. The others the person can mend. */
const overtaken: ReadonlySet<Refusal> = new Set(["wrong_state", "wrong_actor", "ended", "package_open"]);

async function show(c: Ctx, deps: Deps, refusal?: Refusal): Promise<Response> {
  const actor = registrant(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const data = await checkPage(deps, actor, filing);
  const problems = refusal ? [{ field: placeOf(refusal), text: refusalWords[refusal] }] : [];
  const status = refusal === undefined ? 200 : overtaken.has(refusal) ? 409 : 422;
  return page(c, "portal/check/page", { ...data, problems }, status);
}

const placeOf = (refusal: Refusal): string =>
  refusal === "not_declared" ? "agree" : refusal.startsWith("materials") ? "materials" : "report";
