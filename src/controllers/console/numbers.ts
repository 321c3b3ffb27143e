import { Hono } from "hono";
import { readNumbers, siteField } from "../../forms/numbers.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { isReportedByHand } from "../../models/bureau/by-hand.ts";
import { Conflict, NotFound, TransitionRefused } from "../../models/errors.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { findFiling } from "../../models/filing/rows.ts";
import { numberByHand, numbersWanted } from "../../models/record/by-hand.ts";
import type { Deps } from "../deps.ts";

/** 凭证据录入备案号: where the bureau approved and its numbers never came. */
export const numbers = (deps: Deps): Hono<Env> =>
  new Hono<Env>()
    .get("/console/filings/:id/numbers", allow("submitter"), (c) => show(c, deps))
    .post("/console/filings/:id/numbers", allow("submitter"), (c) => enter(c, deps));

async function subjectOf(c: Ctx, deps: Deps) {
  const actor = staffMember(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  // Row 28: by hand only after the approval, before it the numbers cannot be there yet; or what was reported by hand.
  if (filing.state !== "approved" && !(await isReportedByHand(deps.db, filing)))
    throw new NotFound("nothing to number");
  return { actor, filing, asked: await numbersWanted(deps, filing) };
}

type Shown = { values?: Record<string, string>; problems?: { field: string; text: string }[] };

async function show(c: Ctx, deps: Deps, { values = {}, problems = [] }: Shown = {}): Promise<Response> {
  const { filing, asked } = await subjectOf(c, deps);
  const fields = [
    ...(asked.subject ? [{ key: "subjectNumber", label: "主体备案号" }] : []),
    ...asked.websites.map(({ id, name }) => ({ key: siteField(id), label: `“${name}”的备案号` })),
  ];
  const data = { number: filing.number, fields, values, problems };
  return page(c, "console/numbers/page", data, problems.length > 0 ? 422 : 200);
}

async function enter(c: Ctx, deps: Deps): Promise<Response> {
  const { actor, filing, asked } = await subjectOf(c, deps);
  const body = await readBody(c);
  const { values, problems, ...wanted } = readNumbers(body, asked);
  if (problems.length > 0) return show(c, deps, { values, problems });
  const requestId = derivedId(text(body, "requestId"), "number");
  try {
    await numberByHand(deps, filing, actor, { ...wanted, requestId });
  } catch (error) {
    return show(c, deps, { values, problems: [{ field: "evidence", text: wordsOf(error) }] });
  }
  return c.redirect(`/console/filings/${filing.number}`, 303);
}

function wordsOf(error: unknown): string {
  if (error instanceof TransitionRefused) return refusalWords[error.refusal];
  if (error instanceof Conflict) return `备案库里已经有这个备案号或域名：${error.message}`;
  throw error;
}
