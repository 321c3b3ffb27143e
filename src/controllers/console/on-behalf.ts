import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { findingsOf } from "../../models/filing/findings.ts";
import { signedOnPaper } from "../../models/filing/on-behalf.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { states } from "../../models/filing/states.ts";
import { transition } from "../../models/filing/transition.ts";
import { messagesOf } from "../../models/message/message.ts";
import { findCustomer } from "../../models/on-behalf/accounts.ts";
import type { Deps } from "../deps.ts";
import { type DeskFiling, draftPath, findDraft, isWritable, writingRoles } from "../desk.ts";
import { sectionTasks } from "../portal/section-tasks.ts";

/** 代为备案: the overview of a filing that staff write for its registrant, and handing it over for confirmation. */
export const onBehalf = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/filings/:id/draft", allow(...writingRoles), (c) => show(c, deps))
    .get("/console/filings/:id/draft/confirmation", allow(...writingRoles), async (c) =>
      c.redirect(`${draftPath(await findDraft(c, deps))}#hand`, 303),
    )
    .post("/console/filings/:id/draft/confirmation", allow(...writingRoles), async (c) => {
      const filing = await findDraft(c, deps);
      const requestId = requestIdIn(c, await readBody(c), "hand-to-registrant", filing.number);
      const actor = staffMember(c);
      await transition(deps, { filingId: filing.id, action: "hand-to-registrant", actor, requestId });
      return c.redirect(draftPath(filing), 303);
    });

/** What is no draft any more is read where every filing is read. */
async function show(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await findDraft(c, deps);
  const isOpen = filing.state === "draft" || filing.state === "returned";
  if (!isOpen && !isWritable(filing)) return c.redirect(`/console/filings/${filing.number}`, 303);
  await recordLook(deps.db, staffMember(c), "open-filing", [filing.id]);
  return page(c, "console/on-behalf/page", await overview(c, deps, filing));
}

async function overview(c: Ctx, deps: Deps, filing: DeskFiling) {
  const actor = staffMember(c);
  const { data, findings } = await findingsOf(deps, filing);
  const [account, unsigned, messages] = await Promise.all([
    findCustomer(deps, actor, filing.accountId),
    signedOnPaper(deps, filing),
    messagesOf(deps, filing),
  ]);
  return {
    filing,
    title: filingTitle(filing),
    state: states[filing.state],
    account: { id: account.id, userName: account.userName },
    tasks: sectionTasks(filing, data, findings),
    errors: findings.filter(({ severity }) => severity === "error").length,
    isWritable: isWritable(filing),
    signed: unsigned === undefined,
    messages,
  };
}
