import { Hono } from "hono";
import { readCancellation } from "../../forms/cancellation.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { filingTitle, findFiling } from "../../models/filing/rows.ts";
import { transition } from "../../models/filing/transition.ts";
import type { Action } from "../../models/filing/workflow.ts";
import type { Deps } from "../deps.ts";

/** The registrant's plain moves: one button, one transition, back to the filing. */
const moves = {
  "/filings/:id/withdrawal": "withdraw",
  "/filings/:id/verification": "submit-verification",
  "/filings/:id/verification/withdrawal": "withdraw-verification",
  "/filings/:id/sms-check": "finish-sms-check",
} as const satisfies Record<string, Action>;

/** 撤回, 提交核验, 撤回核验, 我已完成短信核验, 取消备案. */
export function filingMoves(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const [path, action] of Object.entries(moves))
    app.post(path, allow("registrant"), (c) => move(c, deps, action));
  return app
    .get("/filings/:id/cancellation", allow("registrant"), async (c) => {
      const filing = await findFiling(deps.db, c.req.param("id"), registrant(c));
      return page(c, "portal/cancellation/page", { filing, title: filingTitle(filing), problems: [] });
    })
    .post("/filings/:id/cancellation", allow("registrant"), async (c) => {
      const filing = await findFiling(deps.db, c.req.param("id"), registrant(c));
      const problems = readCancellation(await readBody(c));
      if (problems.length > 0)
        return page(c, "portal/cancellation/page", { filing, title: filingTitle(filing), problems }, 422);
      return move(c, deps, "cancel");
    });
}

/** A page that was left open does no harm: the table refuses what is not possible now, in words. */
async function move(c: Ctx, deps: Deps, action: Action): Promise<Response> {
  const actor = registrant(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const requestId = requestIdIn(c, await readBody(c), action);
  await transition(deps, { filingId: filing.id, action, actor, requestId });
  return c.redirect(`/filings/${filing.number}`, 303);
}
