import type { Hono } from "hono";
import { couriers, type Parcel, readParcel } from "../../forms/parcel.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import {
  type CurtainState,
  curtainsInState,
  loseCurtain,
  postCurtain,
  receiveCurtain,
} from "../../models/curtain/curtain.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { curtainLabels } from "./curtain-labels.ts";
import { filingRoles } from "./filing.ts";
import { refusalOf } from "./refusal.ts";

const stateWords: Record<CurtainState, string> = {
  ordered: "待寄出",
  posted: "已寄出",
  received: "已收到",
  lost: "已丢失",
};

const PAGE = 50;

/** 幕布申请: by state; the address is shown where the curtain must be posted, and every look is written down. */
export function curtains(deps: Deps): Hono<Env> {
  const app = curtainLabels(deps);
  // A page that was shown at the address of a form can be loaded again.
  for (const noun of ["parcel", "receipt", "loss"])
    app.get(`/console/curtains/:id/${noun}`, allow(...filingRoles), (c) =>
      c.redirect("/console/curtains", 303),
    );
  return app
    .get("/console/curtains", allow(...filingRoles), (c) => list(c, deps, stateAsked(c), {}))
    .post("/console/curtains/:id/parcel", allow(...filingRoles), (c) => post(c, deps))
    .post("/console/curtains/:id/receipt", allow(...filingRoles), (c) =>
      move(c, deps, receiveCurtain, "posted"),
    )
    .post("/console/curtains/:id/loss", allow(...filingRoles), (c) => move(c, deps, loseCurtain, "posted"));
}

const idsOf = (rows: readonly { filing: Filing }[]): number[] => rows.map(({ filing }) => filing.id);

const after = (c: Ctx): number => Number(/^\d{1,15}$/.exec(c.req.query("after") ?? "")?.[0] ?? 0);

const stateAsked = (c: Ctx): CurtainState => {
  const asked = c.req.query("state") ?? "";
  return Object.hasOwn(stateWords, asked) ? (asked as CurtainState) : "ordered";
};

type Typed = { number?: string; values?: Parcel; problems?: Problem[]; refused?: string };

async function list(
  c: Ctx,
  deps: Deps,
  state: CurtainState,
  typed: Typed,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const actor = staffMember(c);
  const found = await curtainsInState(deps, actor, state, after(c), PAGE + 1);
  const rows = found.slice(0, PAGE);
  if (state === "ordered") await recordLook(deps.db, actor, "open-curtain", idsOf(rows));
  const data = {
    state,
    stateWords,
    couriers,
    typed,
    problems: typed.problems ?? [],
    next: found.length > PAGE ? rows.at(-1)?.id : undefined,
    rows: rows.map(({ filing, ...curtain }) => ({
      ...curtain,
      number: filing.number,
      title: filingTitle(filing),
      actions: actionsFor(filing.state, actor),
    })),
  };
  return page(c, "console/curtains/page", data, status);
}

async function post(c: Ctx, deps: Deps): Promise<Response> {
  const { filing, act, body } = await asked(c, deps, "parcel");
  const { values, problems } = readParcel(body, filing.number);
  const typed = { number: filing.number, values, problems };
  if (problems.length > 0) return list(c, deps, "ordered", typed, 422);
  const refused = await refusalOf(postCurtain(deps, act, values));
  if (refused !== undefined) return list(c, deps, "ordered", { ...typed, refused }, 409);
  return c.redirect("/console/curtains", 303);
}

type Move = typeof receiveCurtain;

async function move(c: Ctx, deps: Deps, work: Move, state: CurtainState): Promise<Response> {
  const { act } = await asked(c, deps, work.name);
  const refused = await refusalOf(work(deps, act));
  if (refused !== undefined) return list(c, deps, state, { refused }, 409);
  return c.redirect(`/console/curtains?state=${state}`, 303);
}

async function asked(c: Ctx, deps: Deps, what: string) {
  const actor = staffMember(c);
  const body: FormBody = await readBody(c);
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const requestId = derivedId(text(body, "requestId"), what);
  return { filing, body, act: { filingId: filing.id, actor, requestId } };
}
