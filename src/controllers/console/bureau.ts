import { Hono } from "hono";
import { derivedId } from "../../lib/ids.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { waitingCounts } from "../../models/bureau/answer-list.ts";
import { downloadWords } from "../../models/bureau/answer-words.ts";
import { sequenceState } from "../../models/bureau/package-list.ts";
import { bureauStatuses, failedUploads, packagePage } from "../../models/bureau/status.ts";
import { stopWords } from "../../models/bureau/stop-words.ts";
import { TransitionRefused } from "../../models/errors.ts";
import { recallsAsked } from "../../models/filing/recall.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { findFiling } from "../../models/filing/rows.ts";
import { transition } from "../../models/filing/transition.ts";
import type { Action } from "../../models/filing/workflow.ts";
import { withoutNumbers } from "../../models/reminder/numbers.ts";
import type { Deps } from "../deps.ts";

/** Rows of a page of packages. */
const PAGE = 50;

/** 上报与结果: how the bureaus stand, uploads that failed, how many answers wait for a person, every package. */
export function bureau(deps: Deps): Hono<Env> {
  const app = new Hono<Env>().get("/console/bureau", allow("submitter"), (c) => bureauPage(c, deps));
  for (const noun of ["uploads/:id/retry", "uploads/:id/return"])
    app.get(`/console/bureau/${noun}`, allow("submitter"), (c) => c.redirect("/console/bureau", 303));
  return app
    .post("/console/bureau/uploads/:id/retry", allow("submitter"), (c) => move(c, deps, "retry-upload"))
    .post("/console/bureau/uploads/:id/return", allow("submitter"), (c) => move(c, deps, "give-back-upload"));
}

/** 重新上报, 退给审核: both let the bureau's queue go on. */
async function move(c: Ctx, deps: Deps, action: Action): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const requestId = derivedId(text(body, "requestId"), action, filing.id);
  try {
    await transition(deps, { filingId: filing.id, action, actor, requestId });
  } catch (error) {
    if (!(error instanceof TransitionRefused)) throw error;
    return bureauPage(c, deps, `${filing.number}：${refusalWords[error.refusal]}`);
  }
  return c.redirect(action === "retry-upload" ? "/console/bureau?again=1" : "/console/bureau", 303);
}

/** How each bureau stands, in words. */
const standing = async ({ db }: Deps, ispId: number) =>
  Promise.all(
    (await bureauStatuses(db, ispId)).map(async (one) => ({
      ...one,
      ...(await sequenceState(db, one.id)),
      stopped: one.stoppedReason && stopWords(one.stoppedReason),
      problem: one.downloadProblem && downloadWords(one.downloadProblem),
    })),
  );

/** The page; `refused` says what was asked for and not done. */
export async function bureauPage(c: Ctx, deps: Deps, refused?: string): Promise<Response> {
  const actor = staffMember(c);
  const before = wholeNumber(c.req.query("before"));
  const [bureaus, failed, recalls, missing, waits, packages] = await Promise.all([
    standing(deps, actor.ispId),
    failedUploads(deps.db, actor),
    recallsAsked(deps.db, actor),
    withoutNumbers(deps.db, actor),
    waitingCounts(deps.db, actor),
    packagePage(deps.db, actor, { ...(before ? { before } : {}), limit: PAGE + 1 }),
  ]);
  const shown = packages.slice(0, PAGE);
  const last = packages.length > PAGE ? shown.at(-1) : undefined;
  const again = refused === undefined ? wholeNumber(c.req.query("again")) : undefined;
  const data = { again, bureaus, failed, recalls, missing, waits, packages: shown, refused };
  const pages = {
    older: last && `/console/bureau?before=${last.id}`,
    newer: before ? "/console/bureau" : undefined,
  };
  return page(c, "console/bureau/page", { ...data, ...pages }, refused === undefined ? 200 : 409);
}
