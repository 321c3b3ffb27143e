import { Hono } from "hono";
import { readMessage } from "../../forms/message.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { sendBackDraft } from "../../models/on-behalf/send-back.ts";
import type { Deps } from "../deps.ts";

/** A draft that staff wrote and handed over goes back to them, with what is to be changed. */
export const draftReturn = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/draft-return", allow("registrant"), async (c) =>
      show(c, await handed(c, deps), { body: "", problems: [] }),
    )
    .post("/filings/:id/draft-return", allow("registrant"), async (c) => {
      const filing = await handed(c, deps);
      const posted = await readBody(c);
      const message = readMessage(posted);
      if (message.problems.length > 0) return show(c, filing, message, 422);
      const requestId = requestIdIn(c, posted, "send-back-draft", message.body);
      await sendBackDraft(deps, { filingId: filing.id, actor: registrant(c), requestId }, message.body);
      return c.redirect(`/filings/${filing.number}`, 303);
    });

async function handed(c: Ctx, deps: Deps): Promise<Filing> {
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", registrant(c));
  if (filing.authorStaffId === null) throw new NotFound("nobody wrote it for the registrant");
  return filing;
}

const show = (
  c: Ctx,
  filing: Filing,
  form: ReturnType<typeof readMessage>,
  status: 200 | 422 = 200,
): Response => page(c, "portal/draft-return/page", { ...form, filing, title: filingTitle(filing) }, status);
