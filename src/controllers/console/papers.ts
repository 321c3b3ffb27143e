import { Hono } from "hono";
import { readPaperReason } from "../../forms/papers.ts";
import { derivedId } from "../../lib/ids.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { filingTitle, findFiling } from "../../models/filing/rows.ts";
import { subjectNameFor } from "../../models/filing/subject-name.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import {
  checkPapers,
  losePapers,
  type PaperState,
  papersInState,
  receivePapers,
  rejectPapers,
} from "../../models/paper/papers.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { filingRoles } from "./filing.ts";
import { refusalOf } from "./refusal.ts";

const LIST = "/console/papers";
const PAGE = 50;

const stateWords: Record<PaperState, string> = {
  posted: "已寄出",
  received: "待核验",
  checked: "已核验",
  rejected: "没有收下",
  lost: "已丢失",
};

/** Each errand by the noun of its address: the list that it is done from, and what it does. */
const errands = {
  receipt: { from: "posted", work: receivePapers },
  loss: { from: "posted", work: losePapers },
  check: { from: "received", work: checkPapers },
  rejection: { from: "received", work: rejectPapers },
} as const;
type Noun = keyof typeof errands;

/** 纸质材料: by state. Received at the desk, looked at by a reviewer, taken in or sent back with a reason. */
export function consolePapers(deps: Deps): Hono<Env> {
  const app = new Hono<Env>().get(LIST, allow(...filingRoles), (c) => list(c, deps, stateAsked(c), {}));
  for (const noun of Object.keys(errands) as Noun[])
    app
      .get(`${LIST}/:id/${noun}`, allow(...filingRoles), (c) => c.redirect(LIST, 303))
      .post(`${LIST}/:id/${noun}`, allow(...filingRoles), (c) => carryOut(c, deps, noun));
  return app;
}

const stateAsked = (c: Ctx): PaperState => {
  const asked = c.req.query("state") ?? "";
  return Object.hasOwn(stateWords, asked) ? (asked as PaperState) : "posted";
};

type Extra = { number?: string; reason?: string; problems?: Problem[]; refused?: string; status?: 409 | 422 };

async function list(c: Ctx, deps: Deps, state: PaperState, extra: Extra): Promise<Response> {
  const actor = staffMember(c);
  const found = await papersInState(deps, actor, state, wholeNumber(c.req.query("after")) ?? 0, PAGE + 1);
  const rows = found.slice(0, PAGE);
  const data = {
    ...{ state, stateWords, typed: extra, problems: extra.problems ?? [] },
    next: found.length > PAGE ? rows.at(-1)?.id : undefined,
    rows: rows.map(({ filing, ...one }) => ({
      ...one,
      number: filing.number,
      title: filingTitle(filing),
      subject: subjectNameFor(deps, actor, filing),
      actions: actionsFor(filing.state, actor),
    })),
  };
  return page(c, "console/papers/page", data, extra.status ?? 200);
}

async function carryOut(c: Ctx, deps: Deps, noun: Noun): Promise<Response> {
  const actor = staffMember(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const body = await readBody(c);
  const { from, work } = errands[noun];
  const { reason, problems } = readPaperReason(body, filing.number);
  const { number } = filing;
  if (noun === "rejection" && problems.length > 0)
    return list(c, deps, from, { number, reason, problems, status: 422 });
  const act = { filingId: filing.id, actor, requestId: derivedId(text(body, "requestId"), noun, number) };
  const refused = await refusalOf(work(deps, act, reason));
  if (refused !== undefined) return list(c, deps, from, { number, reason, refused, status: 409 });
  return c.redirect(`${LIST}?state=${from}`, 303);
}
