import { Hono } from "hono";
import { derivedId } from "../../lib/ids.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import type { Staff } from "../../models/actor.ts";
import { maybeBureau } from "../../models/bureau/rows.ts";
import { type FailedUpload, failedUploads } from "../../models/bureau/status.ts";
import { NotFound, TransitionRefused } from "../../models/errors.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { transition } from "../../models/filing/transition.ts";
import type { Deps } from "../deps.ts";
import { bureauPage } from "./bureau.ts";

/** 全部重新上报: every filing whose upload to a bureau failed goes again, as a file of many fails as a whole. */
export const bureauRetry = (deps: Deps): Hono<Env> =>
  new Hono<Env>()
    .get("/console/bureau/bureaus/:bureau/retry", allow("submitter"), (c) =>
      c.redirect("/console/bureau", 303),
    )
    .post("/console/bureau/bureaus/:bureau/retry", allow("submitter"), (c) => retryAll(c, deps));

async function retryAll(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const requestId = text(await readBody(c), "requestId");
  const bureau = await maybeBureau(deps.db, wholeNumber(c.req.param("bureau")) ?? 0);
  if (bureau?.ispId !== actor.ispId) throw new NotFound("no such bureau of this provider");
  const failed = await failedUploads(deps.db, actor, bureau.id);
  const left: string[] = [];
  for (const one of failed) {
    const problem = await retry(deps, one, actor, requestId);
    if (problem) left.push(`${one.number}（${problem}）`);
  }
  if (left.length === 0) return c.redirect(`/console/bureau?again=${failed.length}`, 303);
  const refused = `${failed.length - left.length}份已重新上报，${left.length}份没有：${left.join("；")}`;
  return bureauPage(c, deps, refused);
}

/** Sends one again; gives why it did not go. */
async function retry(
  deps: Deps,
  { id }: Pick<FailedUpload, "id">,
  actor: Staff,
  requestId: string,
): Promise<string | undefined> {
  const action = "retry-upload";
  try {
    await transition(deps, { filingId: id, action, actor, requestId: derivedId(requestId, action, id) });
    return undefined;
  } catch (error) {
    if (!(error instanceof TransitionRefused)) throw error;
    return refusalWords[error.refusal];
  }
}
