import { Hono } from "hono";
import { type DecisionForm, readTerminationDecision } from "../../forms/termination.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { fold } from "../../lib/text.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { accessesNamed } from "../../models/termination/accesses.ts";
import { fileTermination } from "../../models/termination/file.ts";
import {
  findTermination,
  openTerminations,
  type Termination,
  terminationsOf,
} from "../../models/termination/rows.ts";
import { decideTermination } from "../../models/termination/terminate.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import type { Deps } from "../deps.ts";

/** Terminations that are over, a page. */
const PAGE = 30;

/** 取消接入 by the provider: what is under way, what waits for a decision or to be filed, and what is over. */
export const terminations = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/terminations", allow("submitter"), (c) => list(c, deps))
    .get("/console/terminations/:termination", allow("submitter"), async (c) => show(c, await asked(c, deps)))
    .post("/console/terminations/:termination", allow("submitter"), (c) => decide(c, deps))
    .get("/console/terminations/:termination/filing", allow("submitter"), (c) =>
      c.redirect("/console/terminations", 303),
    )
    .post("/console/terminations/:termination/filing", allow("submitter"), (c) => file(c, deps));

function asked(c: Ctx, deps: Deps): Promise<Termination> {
  const id = wholeNumber(c.req.param("termination"));
  if (id === undefined) throw new NotFound("no such termination");
  return findTermination(deps, id, staffMember(c));
}

const isDue = ({ state, endsAt }: Termination): boolean =>
  (state === "noticed" || state === "upheld") && endsAt <= new Date();

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const before = wholeNumber(c.req.query("before"));
  const words = fold(c.req.query("q") ?? "").slice(0, 200);
  const [open, over, found, settings] = await Promise.all([
    openTerminations(deps, actor),
    terminationsOf(deps, actor, { over: true, limit: PAGE + 1, ...(before ? { before } : {}) }),
    words === "" ? [] : accessesNamed(deps.db, actor, words),
    ispSettings(deps.db, actor.ispId),
  ]);
  const shown = over.slice(0, PAGE);
  return page(c, "console/terminations/page", {
    ...{ words, found, automatic: settings.termination.automatic },
    objected: open.filter(({ state }) => state === "objected"),
    due: open.filter(isDue),
    running: open.filter((one) => one.state !== "objected" && !isDue(one)),
    over: shown,
    older: over.length > PAGE ? `/console/terminations?before=${shown.at(-1)?.id}` : undefined,
  });
}

const blank: DecisionForm = { values: { answer: "", words: "" }, problems: [] };

async function show(
  c: Ctx,
  one: Termination,
  form: DecisionForm = blank,
  refused: string | undefined = undefined,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const data = { ...form, one, refused, due: isDue(one), reason: codeLabel("cancel_reason", one.reason) };
  return page(c, "console/terminations/termination", data, status);
}

async function decide(c: Ctx, deps: Deps): Promise<Response> {
  const found = await asked(c, deps);
  const form = readTerminationDecision(await readBody(c));
  if (form.problems.length > 0) return show(c, found, form, undefined, 422);
  const { answer, words } = form.values;
  const upheld = answer === "upheld";
  if (await decideTermination(deps, staffMember(c), found.id, { upheld, words }))
    return c.redirect(`/console/terminations/${found.id}`, 303);
  const now = await asked(c, deps);
  // A double click finds what it asked for.
  if (now.state === answer) return c.redirect(`/console/terminations/${now.id}`, 303);
  return show(c, now, form, "这件取消接入已有新的进展，没有按您的选择处理", 409);
}

async function file(c: Ctx, deps: Deps): Promise<Response> {
  const found = await asked(c, deps);
  const filed = await fileTermination(deps, found.id, staffMember(c));
  const now = await asked(c, deps);
  if (now.filing) return c.redirect(`/console/filings/${now.filing}`, 303);
  const refused =
    filed === "held"
      ? "这份备案上还有备案单在办理，要等它办完或取消，才能取消接入"
      : "现在不能提交：有异议还没有处理，或者期限未到";
  return show(c, now, blank, refused, 409);
}
