import { Hono } from "hono";
import { readCurtainOrder } from "../../forms/curtain.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import {
  type CurtainOrder,
  loseCurtain,
  maybeCurtain,
  orderCurtain,
  receiveCurtain,
} from "../../models/curtain/curtain.ts";
import { filingTitle, findFiling } from "../../models/filing/rows.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import type { Deps } from "../deps.ts";

/** 申请幕布: order, where the parcel is, received or lost. */
export const curtain = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/curtain", allow("registrant"), (c) =>
      show(c, deps, { values: { recipient: "", phone: "", address: "", remark: "" }, problems: [] }),
    )
    .post("/filings/:id/curtain", allow("registrant"), async (c) => {
      const { act, body, filing } = await asked(c, deps, "order");
      const form = readCurtainOrder(body);
      if (form.problems.length > 0) return show(c, deps, form, 422);
      await orderCurtain(deps, act, form.values);
      return c.redirect(`/filings/${filing.number}/curtain`, 303);
    })
    .post("/filings/:id/curtain/receipt", allow("registrant"), async (c) => {
      const { act, filing } = await asked(c, deps, "receipt");
      await receiveCurtain(deps, act);
      return c.redirect(`/filings/${filing.number}`, 303);
    })
    .post("/filings/:id/curtain/loss", allow("registrant"), async (c) => {
      const { act, filing } = await asked(c, deps, "loss");
      await loseCurtain(deps, act);
      return c.redirect(`/filings/${filing.number}/curtain`, 303);
    });

async function asked(c: Ctx, deps: Deps, what: string) {
  const actor = registrant(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const body = await readBody(c);
  return { filing, body, act: { filingId: filing.id, actor, requestId: requestIdIn(c, body, what) } };
}

type Form = { values: CurtainOrder; problems: { field: string; text: string }[] };

async function show(c: Ctx, deps: Deps, form: Form, status: 200 | 422 = 200) {
  const actor = registrant(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const actions = actionsFor(filing.state, actor);
  const data = {
    ...form,
    filing,
    actions,
    title: filingTitle(filing),
    curtain: await maybeCurtain(deps, filing),
  };
  return page(c, "portal/curtain/page", data, status);
}
