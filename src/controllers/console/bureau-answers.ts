import { Hono } from "hono";
import { readSkip } from "../../forms/bureau-answer.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import {
  type AnswerEntry,
  answerPage,
  findAnswer,
  resultsOfAnswer,
} from "../../models/bureau/answer-list.ts";
import type { AnswerState } from "../../models/bureau/answer-rows.ts";
import { kindWords, outcomeWords, problemWords, stateWords } from "../../models/bureau/answer-words.ts";
import { bureausOf } from "../../models/bureau/rows.ts";
import { pullNow, rawAnswer, skipAnswer, skippedWhy } from "../../models/bureau/skip.ts";
import { Conflict, NotFound } from "../../models/errors.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const PAGE = 50;

/** 下载文件: what the bureaus sent, and those of it that cannot be read. */
export function bureauAnswers(deps: Deps): Hono<Env> {
  const one = "/console/bureau/answers/:answer";
  const app = new Hono<Env>()
    .get("/console/bureau/answers", allow("submitter"), (c) => list(c, deps))
    .get(one, allow("submitter"), async (c) => show(c, deps, await asked(c, deps)))
    .get(`${one}/file`, allow("submitter"), (c) => download(c, deps))
    .post(`${one}/skip`, allow("submitter"), (c) => skip(c, deps))
    .post(`${one}/again`, allow("submitter"), (c) => again(c, deps));
  for (const noun of ["skip", "again"])
    app.get(`${one}/${noun}`, allow("submitter"), (c) =>
      c.redirect(`/console/bureau/answers/${wholeNumber(c.req.param("answer")) ?? ""}`, 303),
    );
  return app;
}

function asked(c: Ctx, deps: Deps): Promise<AnswerEntry> {
  const id = wholeNumber(c.req.param("answer"));
  if (id === undefined) throw new NotFound("no such answer");
  return findAnswer(deps.db, staffMember(c), id);
}

/** What the list is narrowed by, as the address has it. */
export function narrowed(c: Ctx) {
  const bureauId = wholeNumber(c.req.query("bureau"));
  const state = c.req.query("state");
  const known = state && state in stateWords ? (state as AnswerState) : undefined;
  return { ...(bureauId ? { bureauId } : {}), ...(known ? { state: known } : {}) };
}

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const before = wholeNumber(c.req.query("before"));
  const by = narrowed(c);
  const [answers, bureaus, unreadable] = await Promise.all([
    answerPage(deps.db, actor, { ...by, ...(before ? { before } : {}), limit: PAGE + 1 }),
    bureausOf(deps.db, actor.ispId),
    answerPage(deps.db, actor, { state: "unreadable", limit: PAGE }),
  ]);
  const shown = answers.slice(0, PAGE);
  const last = answers.length > PAGE ? shown.at(-1) : undefined;
  const query = [by.bureauId && `bureau=${by.bureauId}`, by.state && `state=${by.state}`].filter(Boolean);
  const at = (more: string[]) => `/console/bureau/answers?${[...query, ...more].join("&")}`;
  return page(c, "console/answers/page", {
    ...{ answers: shown, bureaus, unreadable, stateWords, problemWords, by },
    older: last && at([`before=${last.id}`]),
    newer: before ? at([]) : undefined,
  });
}

async function show(
  c: Ctx,
  deps: Deps,
  answer: AnswerEntry,
  { reason = "", problems = [], refused }: { reason?: string; problems?: Problem[]; refused?: string } = {},
): Promise<Response> {
  const after = wholeNumber(c.req.query("after"));
  const [results, skipped] = await Promise.all([
    resultsOfAnswer(deps.db, answer.id, { ...(after === undefined ? {} : { after }), limit: PAGE + 1 }),
    skippedWhy(deps, staffMember(c), answer.id),
  ]);
  const shown = results.slice(0, PAGE);
  const last = results.length > PAGE ? shown.at(-1) : undefined;
  const base = `/console/bureau/answers/${answer.id}`;
  const data = {
    ...{ answer, base, results: shown, skipped, reason, problems, refused },
    ...{ kindWords, outcomeWords, stateWords, problemWords },
    older: last && `${base}?after=${last.position}`,
    newer: after === undefined ? undefined : base,
    asked: c.req.query("asked") !== undefined,
  };
  return page(c, "console/answers/answer", data, refused ? 409 : problems.length > 0 ? 422 : 200);
}

async function download(c: Ctx, deps: Deps): Promise<Response> {
  const { id } = await asked(c, deps);
  const { name, bytes } = await rawAnswer(deps, staffMember(c), id);
  c.header("content-type", "application/octet-stream");
  c.header("content-disposition", `attachment; filename="${name}"`);
  c.header("cache-control", "no-store");
  return c.body(new Uint8Array(bytes));
}

async function skip(c: Ctx, deps: Deps): Promise<Response> {
  const answer = await asked(c, deps);
  const { words: reason, problems } = readSkip(await readBody(c));
  if (problems.length > 0) return show(c, deps, answer, { reason, problems });
  try {
    await skipAnswer(deps, staffMember(c), { id: answer.id, reason });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const refused = "这个文件现在不能跳过：可能已经读出来了，或者管局没有给出文件名。";
    return show(c, deps, await asked(c, deps), { reason, refused });
  }
  return c.redirect(`/console/bureau/answers/${answer.id}`, 303);
}

async function again(c: Ctx, deps: Deps): Promise<Response> {
  const { id, bureauId } = await asked(c, deps);
  await pullNow(deps.db, bureauId);
  return c.redirect(`/console/bureau/answers/${id}?asked`, 303);
}
