import { Hono } from "hono";
import { couriers, type Parcel, readParcel } from "../../forms/parcel.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { neededPapers } from "../../models/paper/needed.ts";
import { losePapers, papersOf, postPapers } from "../../models/paper/papers.ts";
import { openPlaces } from "../../models/place/place.ts";
import type { Problem } from "../../view.ts";
import { refusalOf } from "../console/refusal.ts";
import type { Deps } from "../deps.ts";
import { paperSheets } from "./paper-sheets.ts";

/** 寄送资料: where the originals go, under which number they went, what became of them. */
export const papers = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/papers", allow("registrant"), async (c) => show(c, deps, await filingOf(c, deps)))
    .route("/", paperSheets(deps))
    .get("/filings/:id/papers/loss", allow("registrant"), (c) =>
      c.redirect(`/filings/${encodeURIComponent(c.req.param("id"))}/papers`, 303),
    )
    .post("/filings/:id/papers", allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      const body = await readBody(c);
      const { values, problems } = readOwnParcel(body);
      if (problems.length > 0) return show(c, deps, filing, { values, problems, status: 422 });
      const requestId = requestIdIn(c, body, `post-papers ${values.trackingNumber}`);
      const act = { filingId: filing.id, actor: registrant(c), requestId };
      const refused = await refusalOf(postPapers(deps, act, values));
      if (refused !== undefined) return show(c, deps, filing, { values, refused, status: 409 });
      return c.redirect(`/filings/${filing.number}/papers`, 303);
    })
    .post("/filings/:id/papers/loss", allow("registrant"), async (c) => {
      const filing = await filingOf(c, deps);
      const requestId = requestIdIn(c, await readBody(c), "lose-papers");
      const act = { filingId: filing.id, actor: registrant(c), requestId };
      const refused = await refusalOf(losePapers(deps, act));
      if (refused !== undefined) return show(c, deps, filing, { refused, status: 409 });
      return c.redirect(`/filings/${filing.number}/papers`, 303);
    });

const filingOf = (c: Ctx, { db }: Deps): Promise<Filing> =>
  findFiling(db, c.req.param("id") ?? "", registrant(c));

/** The page has one form, so that its controls need no number behind their names. */
function readOwnParcel(body: FormBody): { values: Parcel; problems: Problem[] } {
  const { values, problems } = readParcel(body, "");
  const named = (field: string): string => (field.startsWith("courier") ? "courier" : "trackingNumber");
  return { values, problems: problems.map(({ field, text }) => ({ field: named(field), text })) };
}

type Extra = { values?: Parcel; problems?: Problem[]; refused?: string; status?: 409 | 422 };

async function show(c: Ctx, deps: Deps, filing: Filing, extra: Extra = {}): Promise<Response> {
  const [places, deliveries, needed] = await Promise.all([
    openPlaces(deps.db, filing.ispId, "post"),
    papersOf(deps, filing),
    neededPapers(deps, filing),
  ]);
  const [last] = deliveries;
  const data = {
    ...{ filing, places, deliveries, needed, couriers },
    title: filingTitle(filing),
    mayPost:
      actionsFor(filing.state, registrant(c)).includes("post-papers") &&
      last?.state !== "posted" &&
      last?.state !== "received",
    mayLose: last?.state === "posted" && actionsFor(filing.state, registrant(c)).includes("lose-papers"),
    values: extra.values ?? { courier: couriers[0], trackingNumber: "" },
    problems: extra.problems ?? [],
    refused: extra.refused,
  };
  return page(c, "portal/papers/page", data, extra.status ?? 200);
}
