import { Hono } from "hono";
import { readMessage } from "../../forms/message.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { filingTitle, findFiling } from "../../models/filing/rows.ts";
import { messagesOf, readMessages, writeMessage } from "../../models/message/message.ts";
import type { Deps } from "../deps.ts";

/** 留言: the registrant writes to the reviewer while the filing is locked, and reads the answers. */
export const messages = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/messages", allow("registrant"), (c) => show(c, deps, { body: "", problems: [] }))
    .post("/filings/:id/messages", allow("registrant"), async (c) => {
      const actor = registrant(c);
      const filing = await findFiling(deps.db, c.req.param("id"), actor);
      const posted = await readBody(c);
      const message = readMessage(posted);
      if (message.problems.length > 0) return show(c, deps, message, 422);
      // Another text from a page that was left open is another message.
      const requestId = requestIdIn(c, posted, "message", message.body);
      await writeMessage(deps, { filingId: filing.id, actor, requestId }, message.body);
      return c.redirect(`/filings/${filing.number}/messages`, 303);
    });

async function show(c: Ctx, deps: Deps, form: ReturnType<typeof readMessage>, status: 200 | 422 = 200) {
  const actor = registrant(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  await readMessages(deps, filing, actor);
  const data = { ...form, filing, title: filingTitle(filing), messages: await messagesOf(deps, filing) };
  return page(c, "portal/messages/page", data, status);
}
