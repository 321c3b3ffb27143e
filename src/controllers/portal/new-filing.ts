import { Hono } from "hono";
import { blankNewFiling, newFilingFindings, readNewFiling } from "../../forms/new-filing.ts";
import { isoDate } from "../../lib/dates.ts";
import { isRequestId } from "../../lib/ids.ts";
import { readBody, text, texts } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { fragment, page } from "../../middleware/page.ts";
import { listedOf } from "../../models/blacklist/match.ts";
import { heldByOthersOf } from "../../models/filing/holds.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { beginFiling } from "../../models/type-check/begin.ts";
import { settledPath, type TypeCheck } from "../../models/type-check/rows.ts";
import { startTypeCheck } from "../../models/type-check/start.ts";
import { applicant, counters, openedPath, rootOf } from "../applicant.ts";
import type { Deps } from "../deps.ts";
import { writer } from "../desk.ts";
import { heldBy, holdsFor } from "./held.ts";
import { newFilingMarks } from "./new-filing-marks.ts";
import { newFilingPage, type Shown, TOO_OFTEN, type Wanted, wantedOf } from "./new-filing-page.ts";

/** 新增备案, 新增网站, 新增接入: who files with which certificate for which domain; the check says which way it goes. */
export function newFiling(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of counters(deps))
    app
      .get(`${filing}/filings/new`, ...who, (c) =>
        show(c, { form: blankNewFiling, wanted: wantedOf(c.req.query("kind")) }),
      )
      .post(`${filing}/filings/new`, ...who, (c) => answer(c, deps));
  return app;
}

async function answer(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const form = readNewFiling(body);
  const wanted = wantedOf(text(body, "kind"));
  if (text(body, "act") === "check")
    return fragment(c, "portal/new-filing/checked", {
      marks: newFilingMarks(form, body, texts(body, "shown")),
    });
  if (text(body, "act") === "update") return show(c, { form, wanted });
  const wrong = newFilingFindings(form, isoDate(new Date())).some(({ severity }) => severity === "error");
  if (wrong) return show(c, { form, wanted, findings: true }, 422);
  const held = await openElsewhere(c, deps, form);
  if (held.length > 0) return show(c, { form, wanted, findings: true, held }, 422);
  return check(c, deps, { form, wanted }, text(body, "requestId"));
}

const show = (c: Ctx, shown: Shown, status: 200 | 422 = 200): Response =>
  page(
    c,
    "portal/new-filing/page",
    { ...newFilingPage({ action: `${rootOf(c)}/filings/new`, ...shown }), root: rootOf(c) },
    status,
  );

/** What another open filing has already, before anybody outside is asked; a form sent twice is no other. */
async function openElsewhere(c: Ctx, deps: Deps, form: Shown["form"]) {
  const actor = applicant(c);
  const taken = await heldByOthersOf(deps, actor, holdsFor(form), text(await readBody(c), "requestId"));
  return heldBy(deps, actor, form, { taken: taken.map(({ kind }) => kind) });
}

/**
 * Who stands in a 黑名单 hears it before he fills in anything, but only of what was checked: the checks of an hour are
 * counted, so that nobody asks for one number after the other.
 */
async function check(
  c: Ctx,
  deps: Deps,
  { form, wanted }: { form: Shown["form"]; wanted: Wanted },
  sent: string,
): Promise<Response> {
  const actor = applicant(c);
  const { accountId, ispId } = actor;
  const requestId = isRequestId(sent) ? sent : c.var.requestId;
  const made = await startTypeCheck(deps, deps.lookups, {
    ...{ accountId, ispId, inputs: form, wanted: wanted ?? null, requestId },
  });
  if (!made) return show(c, { form, wanted, problems: [TOO_OFTEN] }, 422);
  const listed = await listedOf(deps, ispId, holdsFor(made.inputs));
  if (listed.certificate || listed.domains.length > 0)
    return show(
      c,
      { form: { ...made.inputs, confirmed: form.confirmed }, wanted, findings: true, listed },
      422,
    );
  const { products } = await ispSettings(deps.db, ispId);
  if (settledPath(made) !== "first" || products.required)
    return c.redirect(`${rootOf(c)}/filings/new/${made.id}`, 303);
  return begin(c, deps, made, { form, wanted });
}

/** Plainly a first filing: it is opened at once. */
async function begin(c: Ctx, deps: Deps, made: TypeCheck, shown: Shown): Promise<Response> {
  const actor = applicant(c);
  const filing = await beginFiling(deps, writer(c), made, "first", {});
  if ("number" in filing) return c.redirect(`${openedPath(c, filing)}/subject`, 303);
  if ("unbound" in filing) return c.redirect(`${rootOf(c)}/filings/new/${made.id}`, 303);
  const { recorded = [] } = filing;
  const held = await heldBy(deps, actor, shown.form, filing);
  return show(c, { ...shown, findings: true, held, recorded }, 422);
}
