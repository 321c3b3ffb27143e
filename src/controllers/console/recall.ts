import { Hono } from "hono";
import { type AnswerForm, readRecallAnswer } from "../../forms/recall.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { eventsOf } from "../../models/filing/history.ts";
import { notesOf } from "../../models/filing/notes.ts";
import { answerRecall } from "../../models/filing/recall.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import type { Deps } from "../deps.ts";
import { refusalOf } from "./refusal.ts";

/** 撤销申请: the bureau's interface has no call for it, so 上报 writes its answer down. */
export const consoleRecall = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/filings/:id/recall", allow("submitter"), async (c) =>
      show(c, deps, await filingOf(c, deps), blank),
    )
    .post("/console/filings/:id/recall", allow("submitter"), (c) => answer(c, deps));

const blank: AnswerForm = { values: { answer: "", evidence: "", words: "" }, problems: [] };

const filingOf = (c: Ctx, deps: Deps): Promise<Filing> =>
  findFiling(deps.db, c.req.param("id") ?? "", staffMember(c));

async function answer(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await filingOf(c, deps);
  const body = await readBody(c);
  const form = readRecallAnswer(body);
  if (form.problems.length > 0) return show(c, deps, filing, form, {}, 422);
  const { evidence, words } = form.values;
  const granted = form.values.answer === "granted";
  const act = {
    filingId: filing.id,
    actor: staffMember(c),
    requestId: derivedId(text(body, "requestId"), "recall"),
  };
  const refused = await refusalOf(answerRecall(deps, act, { granted, evidence, words }));
  if (refused !== undefined) return show(c, deps, await filingOf(c, deps), form, { refused }, 409);
  return c.redirect(`/console/filings/${filing.number}`, 303);
}

/** Why the registrant wants it back, and since when. */
async function askedFor(deps: Deps, filing: Filing) {
  const asked = (await eventsOf(deps.db, filing.id)).findLast(({ action }) => action === "ask-recall");
  return asked && { at: asked.createdAt, why: (await notesOf(deps, filing)).get(asked.id) ?? "" };
}

async function show(
  c: Ctx,
  deps: Deps,
  filing: Filing,
  form: AnswerForm,
  more: { refused?: string } = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const data = {
    ...form,
    refused: more.refused,
    number: filing.number,
    title: filingTitle(filing),
    label: statusOf(filing).label,
    mayAnswer: filing.state === "recall_requested",
    asked: await askedFor(deps, filing),
  };
  return page(c, "console/recall/page", data, status);
}
