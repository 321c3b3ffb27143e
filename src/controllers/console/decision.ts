import { Hono } from "hono";
import { type Decision, readDecision, readDecisionValues } from "../../forms/decision.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { fragment } from "../../middleware/page.ts";
import { claimNext } from "../../models/filing/claim-next.ts";
import { writeNote } from "../../models/filing/notes.ts";
import { type Filing, findFiling } from "../../models/filing/rows.ts";
import { transition } from "../../models/filing/transition.ts";
import { type Action, actionsFor } from "../../models/filing/workflow.ts";
import type { Deps } from "../deps.ts";
import { allPicks } from "./decision-places.ts";
import { worksOn } from "./decisions.ts";
import { openedFiling, previewOf, queueAsked, showFiling } from "./filing.ts";
import { readReview } from "./filing-page.ts";
import { refusalOf } from "./refusal.ts";

const deciders = ["initial_reviewer", "verifier", "submitter"] as const;

/** What staff decide here; other actions have pages of their own. */
const decided: readonly Action[] = [
  "approve",
  "return-initial",
  "verify",
  "return-verification",
  "resubmit-ready",
  "return-bureau",
  "close",
  "upload",
];

/** 通过, 退回, 提交管局, 关闭. What was decided is followed by the next filing of the same queue. */
export const decision = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/filings/:id/decision", allow(...deciders), async (c) => {
      const filing = await openedFiling(deps, staffMember(c), c.req.param("id"));
      return showFiling(c, deps, await readReview(deps, filing), {});
    })
    .post("/console/filings/:id/decision", allow(...deciders), async (c) => {
      const body = await readBody(c);
      if (c.req.header("hx-target") === "preview") return preview(c, deps, body);
      return decide(
        c,
        deps,
        body,
        decided.find((action) => action === text(body, "act")),
      );
    })
    .get("/console/filings/:id/upload", allow("submitter"), (c) =>
      c.redirect(`/console/filings/${c.req.param("id")}`, 303),
    )
    .post("/console/filings/:id/upload", allow("submitter"), async (c) =>
      decide(c, deps, await readBody(c), "upload"),
    );

/** 主办者将看到, while reasons are ticked. */
async function preview(c: Ctx, deps: Deps, body: FormBody): Promise<Response> {
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", staffMember(c));
  const review = await readReview(deps, filing);
  return fragment(c, "console/filing/_preview", { preview: previewOf(review, readDecisionValues(body)) });
}

async function decide(c: Ctx, deps: Deps, body: FormBody, action: Action | undefined): Promise<Response> {
  const actor = staffMember(c);
  const filing = await openedFiling(deps, actor, c.req.param("id") ?? "");
  const review = await readReview(deps, filing);
  const errors = review.findings.filter(({ severity }) => severity === "error").length;
  const made = readDecision(body, allPicks(review.places, review.first), action, errors);
  const typed = { queue: text(body, "queue"), values: made.values };
  if (action === undefined) return showFiling(c, deps, review, typed);
  // What is not offered any more was perhaps done by this very request: then there is nothing to correct.
  const offered = actionsFor(filing.state, actor).includes(action);
  if (offered && made.problems.length > 0)
    return showFiling(c, deps, review, { ...typed, problems: made.problems, status: 422 });
  const refused = await refusalOf(carryOut(c, deps, filing, action, made, body));
  return refused === undefined
    ? goOn(c, deps, filing, body)
    : showFiling(c, deps, review, { ...typed, refused, status: 409 });
}

function carryOut(c: Ctx, deps: Deps, filing: Filing, action: Action, made: Decision, body: FormBody) {
  const justification = action === "approve" || action === "verify" ? made.values.justification : "";
  return transition(deps, {
    filingId: filing.id,
    action,
    actor: staffMember(c),
    requestId: derivedId(text(body, "requestId"), action),
    input: { reasons: made.reasons, justification },
    within: async ({ store }, eventId) => {
      if (justification !== "") await writeNote(store, filing, eventId, justification);
    },
  });
}

/** The next filing of the queue, claimed and opened; back to the queue where none is left. */
async function goOn(c: Ctx, deps: Deps, filing: Filing, body: FormBody): Promise<Response> {
  const actor = staffMember(c);
  const queue = queueAsked(filing, text(body, "queue"));
  const requestId = text(body, "requestId");
  const next = worksOn(queue, actor)
    ? await claimNext(deps, actor, { queue, filter: {}, requestId })
    : undefined;
  return c.redirect(
    next
      ? `/console/filings/${next.number}?queue=${queue}&done=${filing.number}`
      : `/console/queue?stage=${queue}&done=${filing.number}`,
    303,
  );
}
