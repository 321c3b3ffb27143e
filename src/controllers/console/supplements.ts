import { Hono } from "hono";
import { placeValue, readRejection, readWish } from "../../forms/supplement.ts";
import { derivedId } from "../../lib/ids.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, filingsById, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import { seesPersons, subjectNameFor } from "../../models/filing/subject-name.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { slotsOf } from "../../models/material/slots.ts";
import { askSupplement, dropSupplement } from "../../models/supplement/ask.ts";
import {
  acceptSupplement,
  findSupplement,
  rejectSupplement,
  supplementSent,
  takeSupplement,
} from "../../models/supplement/decide.ts";
import { supplementQueue } from "../../models/supplement/lists.ts";
import { type SupplementState, supplementsOf } from "../../models/supplement/rows.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { filingRoles } from "./filing.ts";
import { refusalOf } from "./refusal.ts";

const reviewers = ["initial_reviewer", "verifier", "submitter"] as const;

export const supplementWords: Record<SupplementState, { text: string; tone: string }> = {
  wanted: { text: "等主办者补传", tone: "warn" },
  received: { text: "待查看", tone: "info" },
  checked: { text: "已收下", tone: "ok" },
  to_send: { text: "待交管局", tone: "warn" },
  sent: { text: "已交管局", tone: "ok" },
  rejected: { text: "没有收下", tone: "" },
  dropped: { text: "不再需要", tone: "" },
};

/** 补传资料: a queue of its own. Staff ask for papers, look at those that came, take them in or say why not. */
export function consoleSupplements(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  // A page that was shown at the address of a form can be loaded again.
  for (const noun of ["claim", "decision"])
    app.get(`/console/supplements/:supplement/${noun}`, allow(...filingRoles), (c) =>
      c.redirect("/console/supplements", 303),
    );
  return app
    .get("/console/supplements", allow(...filingRoles), (c) => list(c, deps))
    .get("/console/filings/:id/supplements", allow(...filingRoles), async (c) =>
      show(c, deps, await findFiling(deps.db, c.req.param("id"), staffMember(c))),
    )
    .post("/console/filings/:id/supplements", allow(...filingRoles), (c) => ask(c, deps))
    .post("/console/supplements/:supplement/claim", allow(...reviewers), (c) => take(c, deps))
    .post("/console/supplements/:supplement/decision", allow(...filingRoles), (c) => decide(c, deps));
}

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const rows = (await supplementQueue(deps.db, actor)).map(({ filing, ...row }) => ({
    ...row,
    number: filing.number,
    title: filingTitle(filing),
    subject: subjectNameFor(deps, actor, filing),
    stage: statusOf(filing),
    status: supplementWords[row.state],
  }));
  return page(c, "console/supplements/page", { rows });
}

type Extra = {
  problems?: Problem[];
  refused?: string | undefined;
  values?: { place: string; wish: string };
  /** The supplement whose reason was wrong, with what was typed. */
  rejected?: { id: number; reason: string };
  status?: 200 | 409 | 422;
};

async function show(c: Ctx, deps: Deps, filing: Filing, extra: Extra = {}): Promise<Response> {
  const actor = staffMember(c);
  const [all, slots] = await Promise.all([supplementsOf(deps, filing), slotsOf(deps, filing)]);
  const sees = seesPersons(actor);
  const src = (id: number) => `/console/filings/${filing.number}/materials/${id}/full`;
  const data = {
    ...{ number: filing.number, title: filingTitle(filing), stage: statusOf(filing) },
    actions: actionsFor(filing.state, actor),
    sees,
    rows: all.toReversed().map((one) => ({
      ...one,
      status: supplementWords[one.state],
      src: sees && one.picture?.seen ? src(one.picture.id) : "",
      mine: one.takenBy === actor.staffId,
      held: one.takenBy !== null && one.takenUntil !== null && one.takenUntil > new Date(),
    })),
    places: slots
      .filter(({ sameAs }) => sameAs === null)
      .map((slot) => ({ code: placeValue(slot), label: slot.label })),
    values: extra.values ?? { place: "", wish: "" },
    problems: extra.problems ?? [],
    rejected: extra.rejected,
    refused: extra.refused,
  };
  return page(c, "console/supplements/filing", data, extra.status ?? 200);
}

async function ask(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const body = await readBody(c);
  const { wish, place, problems } = readWish(body);
  const values = { place: text(body, "place"), wish };
  if (problems.length > 0 || !place) return show(c, deps, filing, { problems, values, status: 422 });
  const requestId = derivedId(text(body, "requestId"), "ask-supplement", values.place, wish);
  const act = { filingId: filing.id, actor, requestId };
  const refused = await refusalOf(askSupplement(deps, act, { ...place, wish }));
  if (refused !== undefined) return show(c, deps, filing, { refused, values, status: 409 });
  return c.redirect(`/console/filings/${filing.number}/supplements`, 303);
}

/** The supplement that the address names, with its filing. */
async function asked(c: Ctx, deps: Deps) {
  const actor = staffMember(c);
  const one = await findSupplement(deps, actor, wholeNumber(c.req.param("supplement")) ?? 0);
  const filing = (await filingsById(deps.db, actor, [one.filingId])).get(one.filingId);
  if (!filing) throw new NotFound("no such supplement");
  return { actor, one, filing, body: await readBody(c) };
}

async function take(c: Ctx, deps: Deps): Promise<Response> {
  const { actor, one, filing } = await asked(c, deps);
  const isTaken = await takeSupplement(deps, actor, one.id);
  if (!isTaken)
    return show(c, deps, filing, { refused: "这份资料正由别人办理，或者已经办理过了。", status: 409 });
  return c.redirect(`/console/filings/${filing.number}/supplements#s-${one.id}`, 303);
}

type Work = (act: {
  supplementId: number;
  actor: ReturnType<typeof staffMember>;
  requestId: string;
}) => Promise<unknown>;

/** Each decision by the value of its button. */
const works = (deps: Deps, reason: string): Record<string, Work> => ({
  accept: (act) => acceptSupplement(deps, act),
  reject: (act) => rejectSupplement(deps, act, reason),
  sent: (act) => supplementSent(deps, act),
  drop: (act) => dropSupplement(deps, act),
});

async function decide(c: Ctx, deps: Deps): Promise<Response> {
  const { actor, one, filing, body } = await asked(c, deps);
  const name = text(body, "act");
  const { reason, problems } = readRejection(body);
  if (name === "reject" && problems.length > 0)
    return show(c, deps, filing, { problems, rejected: { id: one.id, reason }, status: 422 });
  return carryOut(c, deps, filing, works(deps, reason)[name], {
    supplementId: one.id,
    actor,
    requestId: requestFor(body, name, one.id),
  });
}

const requestFor = (body: FormBody, name: string, id: number): string =>
  derivedId(text(body, "requestId"), "supplement", name, id);

async function carryOut(
  c: Ctx,
  deps: Deps,
  filing: Filing,
  work: Work | undefined,
  act: Parameters<Work>[0],
): Promise<Response> {
  if (!work) return show(c, deps, filing, { refused: "请选收下，还是不收。", status: 422 as const });
  const refused = await refusalOf(work(act));
  if (refused !== undefined) return show(c, deps, filing, { refused, status: 409 });
  return c.redirect(`/console/filings/${filing.number}/supplements`, 303);
}
