import { Hono } from "hono";
import { readRecall } from "../../forms/recall.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { askRecall } from "../../models/filing/recall.ts";
import { filingTitle, findFiling } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { isTermination } from "../../models/termination/of-filing.ts";
import type { Deps } from "../deps.ts";

/** 撤销申请: what is at the bureau and not decided is asked back. */
export const recall = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/recall", allow("registrant"), (c) => show(c, deps, { why: "", problems: [] }))
    .post("/filings/:id/recall", allow("registrant"), async (c) => {
      const actor = registrant(c);
      const filing = await findFiling(deps.db, c.req.param("id"), actor);
      const body = await readBody(c);
      const form = readRecall(body);
      if (form.problems.length > 0) return show(c, deps, form, 422);
      const requestId = requestIdIn(c, body, "recall");
      await askRecall(deps, { filingId: filing.id, actor, requestId }, form.why);
      return c.redirect(`/filings/${filing.number}`, 303);
    });

async function show(c: Ctx, deps: Deps, form: ReturnType<typeof readRecall>, status: 200 | 422 = 200) {
  const actor = registrant(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const mayAsk =
    actionsFor(filing.state, actor).includes("ask-recall") && !(await isTermination(deps.db, filing));
  const data = { ...form, filing, mayAsk, title: filingTitle(filing), label: statusOf(filing).label };
  return page(c, "portal/recall/page", data, status);
}
