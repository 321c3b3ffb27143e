import { Hono } from "hono";
import { type CutForm, readCut } from "../../forms/cut.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { closeCut } from "../../models/cut/close.ts";
import { type Cut, closedCuts, findCut, openCuts } from "../../models/cut/rows.ts";
import { NotFound } from "../../models/errors.ts";
import { deliveriesOfCut } from "../../models/hook/deliveries.ts";
import { maybeHook } from "../../models/hook/hook.ts";
import type { Deps } from "../deps.ts";
import { shownDelivery } from "./deliveries.ts";

const PAGE = 30;

/** 断开接入: what is without a filing and must be cut, the oldest first; then what is over. */
export const cuts = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/cuts", allow("submitter"), (c) => list(c, deps))
    .get("/console/cuts/:cut", allow("submitter"), async (c) => show(c, deps, await asked(c, deps)))
    .post("/console/cuts/:cut", allow("submitter"), (c) => close(c, deps));

function asked(c: Ctx, deps: Deps): Promise<Cut> {
  const id = wholeNumber(c.req.param("cut"));
  if (id === undefined) throw new NotFound("no such cut");
  return findCut(deps, staffMember(c), id);
}

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const after = wholeNumber(c.req.query("after")) ?? 0;
  const before = wholeNumber(c.req.query("before"));
  const [open, over] = await Promise.all([
    openCuts(deps, actor, { after, limit: PAGE + 1 }),
    closedCuts(deps, actor, { limit: PAGE + 1, ...(before !== undefined && { before }) }),
  ]);
  const [shown, ended] = [open.slice(0, PAGE), over.slice(0, PAGE)];
  return page(c, "console/cuts/page", {
    ...{ open: shown, over: ended },
    later: open.length > PAGE ? `/console/cuts?after=${shown.at(-1)?.id}` : undefined,
    older: over.length > PAGE ? `/console/cuts?before=${ended.at(-1)?.id}` : undefined,
  });
}

const blank: CutForm = { values: { answer: "", note: "" }, problems: [] };

async function show(
  c: Ctx,
  { db }: Deps,
  one: Cut,
  { values, problems }: CutForm = blank,
  refused: string | undefined = undefined,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const actor = staffMember(c);
  const [told, hook] = await Promise.all([
    deliveriesOfCut(db, actor, one.id),
    maybeHook({ db }, actor.ispId),
  ]);
  const deliveries = told.map(shownDelivery);
  return page(
    c,
    "console/cuts/cut",
    { one, values, problems, refused, deliveries, hook: hook !== undefined },
    status,
  );
}

async function close(c: Ctx, deps: Deps): Promise<Response> {
  const found = await asked(c, deps);
  const form = readCut(await readBody(c));
  if (!form.closing) return show(c, deps, found, form, undefined, 422);
  if (await closeCut(deps, staffMember(c), found.id, form.closing)) return c.redirect("/console/cuts", 303);
  const now = await asked(c, deps);
  // A double click finds what it asked for.
  if (now.state === form.closing.state) return c.redirect("/console/cuts", 303);
  return show(c, deps, now, form, "这件已经处理过了，没有按您的选择处理", 409);
}
