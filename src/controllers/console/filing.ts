import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { blankDecision, type DecisionValues, reasonsOf } from "../../forms/decision.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { Staff } from "../../models/actor.ts";
import { recordLook } from "../../models/audit/log.ts";
import { placeLabel, reasonText } from "../../models/filing/announce.ts";
import { extendClaim } from "../../models/filing/claim-next.ts";
import { isQueue, type QueueName } from "../../models/filing/queues.ts";
import { type Filing, findFiling } from "../../models/filing/rows.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { allPicks } from "./decision-places.ts";
import { queueOf } from "./decisions.ts";
import { doneSentence } from "./done.ts";
import { filingPage, type Review, readReview } from "./filing-page.ts";
import { readLook } from "./filing-shots.ts";

/** The roles that work on filings. */
export const filingRoles = ["initial_reviewer", "verifier", "submitter", "service"] as const;

/** One page for everything about a filing: fields, pictures, decision. */
export const filing = (deps: Deps) =>
  new Hono<Env>().get("/console/filings/:id", allow(...filingRoles), async (c) => {
    const found = await openedFiling(deps, staffMember(c), c.req.param("id"));
    return showFiling(c, deps, await readReview(deps, found), {});
  });

/** The filing with a sign of life for an own claim; the look goes into the audit log. */
export async function openedFiling(deps: Deps, actor: Staff, number: string): Promise<Filing> {
  const found = await findFiling(deps.db, number, actor);
  await recordLook(deps.db, actor, "open-filing", [found.id]);
  const until = await extendClaim(deps, actor, found);
  return until ? { ...found, claimedUntil: until } : found;
}

/** The queue that the reviewer works through: named in the address or the form, else that of the filing. */
export function queueAsked(filing: Filing, name: string | undefined): QueueName {
  return name !== undefined && isQueue(name) ? name : queueOf(filing);
}

/** What a request adds to the page. */
export type Extra = {
  queue?: string;
  shown?: ReadonlySet<string>;
  values?: DecisionValues;
  problems?: Problem[];
  /** Why an action was refused, in words. */
  refused?: string;
  /** An answer to the registrant that could not be sent. */
  message?: string;
  status?: ContentfulStatusCode;
};

export async function showFiling(c: Ctx, deps: Deps, review: Review, extra: Extra): Promise<Response> {
  const actor = staffMember(c);
  const picks = allPicks(review.places, review.first);
  const values = extra.values ?? blankDecision;
  const asked = {
    queue: queueAsked(review.filing, extra.queue ?? c.req.query("queue")),
    look: readLook(c.req.query()),
    shown: extra.shown ?? new Set<string>(),
    values,
    picks,
  };
  const data = {
    ...(await filingPage(deps, actor, review, asked)),
    values,
    preview: previewOf(review, values),
    problems: extra.problems ?? [],
    refused: extra.refused,
    message: extra.message ?? "",
    done: await doneSentence(deps, actor, c.req.query("done")),
  };
  return page(c, "console/filing/page", data, extra.status ?? 200);
}

/** What the registrant will read, place by place. */
export function previewOf(review: Review, values: DecisionValues): { label: string; text: string }[] {
  const reasons = reasonsOf(values, allPicks(review.places, review.first));
  return reasons.map((reason) => ({
    label: placeLabel(
      reason,
      review.places.find(({ sectionId }) => sectionId === reason.sectionId)?.sectionKind,
    ),
    text: reasonText(reason),
  }));
}
