import { Hono } from "hono";
import { readMessage } from "../../forms/message.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import { subjectNameFor } from "../../models/filing/subject-name.ts";
import { readMessages, writeMessage } from "../../models/message/message.ts";
import { unansweredMessages } from "../../models/message/unanswered.ts";
import type { Deps } from "../deps.ts";
import { filingRoles, openedFiling, showFiling } from "./filing.ts";
import { readReview } from "./filing-page.ts";
import { refusalOf } from "./refusal.ts";

/** 新留言, and the answers of staff on the page of the filing. */
export const consoleMessages = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/messages", allow(...filingRoles), (c) => list(c, deps))
    .get("/console/filings/:id/messages", allow(...filingRoles), (c) =>
      c.redirect(`/console/filings/${c.req.param("id")}#messages`, 303),
    )
    .post("/console/filings/:id/messages", allow(...filingRoles), (c) => answer(c, deps))
    .post("/console/filings/:id/messages/read", allow(...filingRoles), async (c) => {
      const filing = await findFiling(deps.db, c.req.param("id"), staffMember(c));
      await readMessages(deps, filing, staffMember(c));
      return c.redirect(pageOf(filing, text(await readBody(c), "queue")), 303);
    });

const pageOf = ({ number }: Filing, queue: string): string =>
  `/console/filings/${number}${queue ? `?queue=${encodeURIComponent(queue)}` : ""}#messages`;

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const waiting = await unansweredMessages(deps.db, actor);
  const rows = waiting.map(({ filing, count, since }) => ({
    number: filing.number,
    title: filingTitle(filing),
    subject: subjectNameFor(deps, actor, filing),
    state: statusOf(filing),
    count,
    since,
  }));
  return page(c, "console/messages/page", { rows });
}

/** An answer also settles what the registrant wrote before it. */
async function answer(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const { body: words, problems } = readMessage(body);
  const queue = text(body, "queue");
  const requestId = derivedId(text(body, "requestId"), "message");
  const refused =
    problems.length > 0
      ? undefined
      : await refusalOf(writeMessage(deps, { filingId: filing.id, actor, requestId }, words));
  if (problems.length === 0 && refused === undefined) {
    await readMessages(deps, filing, actor);
    return c.redirect(pageOf(filing, queue), 303);
  }
  const review = await readReview(deps, await openedFiling(deps, actor, filing.number));
  const status = refused === undefined ? 422 : 409;
  return showFiling(c, deps, review, { queue, problems, message: words, refused, status });
}
