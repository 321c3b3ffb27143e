import { Hono } from "hono";
import { readAssignment, readHandled } from "../../forms/bureau-answer.ts";
import { maskedRows } from "../../gateways/bureau/masked.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { kindWords, outcomeWords } from "../../models/bureau/answer-words.ts";
import { openResult, parkedResults, wordsOf } from "../../models/bureau/parked.ts";
import {
  assignParked,
  type Done,
  handledNote,
  handleParked,
  isAssignable,
  retryParked,
} from "../../models/bureau/parked-actions.ts";
import { resultTree } from "../../models/bureau/result-tree.ts";
import { bureausOf } from "../../models/bureau/rows.ts";
import { NotFound } from "../../models/errors.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const PAGE = 50;

/** Lines of a decoded result on one page. */
const LINES = 300;

/** 待人工处理: what the bureaus sent and could not be applied by itself, and each result as it was read. */
export function bureauResults(deps: Deps): Hono<Env> {
  const one = "/console/bureau/results/:id";
  const app = new Hono<Env>()
    .get("/console/bureau/parked", allow("submitter"), (c) => list(c, deps))
    .get(one, allow("submitter"), (c) => show(c, deps))
    .post(one, allow("submitter"), (c) => handle(c, deps))
    .post(`${one}/assignment`, allow("submitter"), (c) => assign(c, deps))
    .post(`${one}/retry`, allow("submitter"), async (c) =>
      conclude(c, deps, await retryParked(deps, staffMember(c), idOf(c))),
    );
  for (const noun of ["assignment", "retry"])
    app.get(`${one}/${noun}`, allow("submitter"), (c) =>
      c.redirect(`/console/bureau/results/${idOf(c)}`, 303),
    );
  return app;
}

function idOf(c: Ctx): number {
  const id = wholeNumber(c.req.param("id"));
  if (id === undefined) throw new NotFound("no such result");
  return id;
}

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const after = wholeNumber(c.req.query("after"));
  const bureauId = wholeNumber(c.req.query("bureau"));
  const by = bureauId ? { bureauId } : {};
  const [parked, bureaus] = await Promise.all([
    parkedResults(deps, actor, { ...by, ...(after ? { after } : {}), limit: PAGE + 1 }),
    bureausOf(deps.db, actor.ispId),
  ]);
  const shown = parked.slice(0, PAGE);
  const last = parked.length > PAGE ? shown.at(-1) : undefined;
  const at = (more: string[]) =>
    `/console/bureau/parked?${[...(bureauId ? [`bureau=${bureauId}`] : []), ...more].join("&")}`;
  return page(c, "console/answers/parked", {
    ...{ parked: shown, bureaus, bureauId, kindWords },
    older: last && at([`after=${last.id}`]),
    newer: after ? at([]) : undefined,
  });
}

type Form = { filing?: string; note?: string; problems?: Problem[]; refused?: string };

async function show(c: Ctx, deps: Deps, form: Form = {}): Promise<Response> {
  const open = await openResult(deps, staffMember(c), idOf(c));
  const { filing = "", note = "", problems = [], refused } = form;
  const data = {
    ...{ open, words: wordsOf(open.result), ...maskedRows(resultTree(open.result), { limit: LINES }) },
    ...{ waits: open.outcome === "parked" && !open.handledAt, assignable: isAssignable(open) },
    ...{ handledNote: handledNote(deps, open), kindWords, outcomeWords },
    ...{ filing, note, problems, refused },
  };
  return page(c, "console/answers/result", data, refused ? 409 : problems.length > 0 ? 422 : 200);
}

async function handle(c: Ctx, deps: Deps): Promise<Response> {
  const { words: note, problems } = readHandled(await readBody(c));
  if (problems.length > 0) return show(c, deps, { note, problems });
  await handleParked(deps, staffMember(c), { id: idOf(c), note });
  return c.redirect("/console/bureau/parked", 303);
}

async function assign(c: Ctx, deps: Deps): Promise<Response> {
  const { number: filing, problems } = readAssignment(await readBody(c));
  if (problems.length > 0) return show(c, deps, { filing, problems });
  try {
    const done = await assignParked(deps, staffMember(c), { id: idOf(c), number: filing });
    return conclude(c, deps, done, filing);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return show(c, deps, { filing, problems: [{ field: "filing", text: `没有备案单${filing}，请核对` }] });
  }
}

/** On to the page that shows what came of it; what was refused stays on this one. */
function conclude(c: Ctx, deps: Deps, done: Done, filing = ""): Promise<Response> | Response {
  if ("refused" in done) return show(c, deps, { filing, refused: done.refused });
  return c.redirect(`/console/bureau/results/${idOf(c)}`, 303);
}
