import { Hono } from "hono";
import { readObjection } from "../../forms/termination.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { findRecord } from "../../models/record/rows.ts";
import { terminationsFacing } from "../../models/termination/rows.ts";
import { objectTo } from "../../models/termination/terminate.ts";
import type { Problem } from "../../view.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import type { Deps } from "../deps.ts";

/** 取消接入 by the provider, as the registrant reads it: why, until when, and 异议 against it. */
export const termination = (deps: Deps) =>
  new Hono<Env>()
    .get("/records/:id/termination", allow("registrant"), (c) => show(c, deps))
    .post("/records/:id/termination", allow("registrant"), (c) => object(c, deps));

type Shown = { words: string; about: number | undefined; problems: Problem[]; late: boolean };
const blank: Shown = { words: "", about: undefined, problems: [], late: false };

async function show(c: Ctx, deps: Deps, shown = blank, status: 200 | 409 | 422 = 200): Promise<Response> {
  const actor = registrant(c);
  const record = await findRecord(deps, idOf(c), actor);
  const facing = await terminationsFacing(deps, actor, record.id);
  const list = facing.map((one) => ({ ...one, reason: codeLabel("cancel_reason", one.reason) }));
  const data = { ...shown, list, record };
  return page(c, "portal/termination/page", data, status);
}

function idOf(c: Ctx): number {
  const id = wholeNumber(c.req.param("id"));
  if (id === undefined) throw new NotFound("no such record");
  return id;
}

async function object(c: Ctx, deps: Deps): Promise<Response> {
  const actor = registrant(c);
  const body = await readBody(c);
  const subjectId = idOf(c);
  await findRecord(deps, subjectId, actor);
  const about = wholeNumber(text(body, "termination"));
  const facing = await terminationsFacing(deps, actor, subjectId);
  const found = facing.find(({ id }) => id === about);
  if (!found) return show(c, deps, { ...blank, late: true }, 409);
  const { words, problems } = readObjection(body, `words-${found.id}`);
  if (problems.length > 0) return show(c, deps, { ...blank, words, about, problems }, 422);
  const kept = await objectTo(deps, actor, found.id, words);
  // A double click finds its own objection.
  const now = (await terminationsFacing(deps, actor, subjectId)).find(({ id }) => id === about);
  if (kept || now?.objection === words) return c.redirect(`/records/${subjectId}/termination`, 303);
  return show(c, deps, { ...blank, late: true }, 409);
}
