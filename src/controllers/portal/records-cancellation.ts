import { Hono } from "hono";
import { readRecordCancellation, readTarget, type Target } from "../../forms/record-change.ts";
import { readBody } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { ListedFiling } from "../../models/filing/rows.ts";
import { cascadeOf } from "../../models/record/cascade.ts";
import { openFilingOfRecord } from "../../models/record/filings.ts";
import type { RecordTree } from "../../models/record/tree.ts";
import type { Problem } from "../../view.ts";
import { kindName, type Scope } from "../../vocabulary/filing.ts";
import { applicant, counters, openedPath, rootOf } from "../applicant.ts";
import type { Deps } from "../deps.ts";
import { beginErrand, choiceOf, openChoice, recordAsked, websiteChoice } from "./record-errand.ts";
import { heldElsewhere } from "./records-change.ts";

/** 注销: of the subject, of a website, of an access; what goes with it is shown before it is confirmed. */
export function recordsCancellation(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of counters(deps))
    app
      .get(`${filing}/records/:id/cancellation`, ...who, async (c) => {
        const { record, open } = await recordAsked(c, deps);
        const target = targetIn(c, record);
        if (target) return confirm(c, record, open, target);
        const data = { record: choiceOf(record), open: openChoice(open), root: rootOf(c) };
        return page(c, "portal/records/cancellations", data);
      })
      .post(`${filing}/records/:id/cancellation`, ...who, (c) => cancel(c, deps));
  return app;
}

const scopes = ["subject", "website", "access"] as const satisfies Scope[];

/** ?of=website&target=12; of the subject the target goes without saying, and so does the only website or access. */
function targetIn(c: Ctx, record: RecordTree): Target | undefined {
  const scope = scopes.find((one) => one === c.req.query("of"));
  if (!scope) return undefined;
  const named = readTarget(`${scope}.${c.req.query("target") ?? ""}`);
  if (named) return named;
  const ids = {
    subject: [record],
    website: record.websites,
    access: record.websites.flatMap(({ accesses }) => accesses),
  };
  const [only, ...others] = ids[scope];
  return only && others.length === 0 ? { scope, targetId: only.id } : undefined;
}

async function cancel(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const { record, open } = await recordAsked(c, deps);
  const { target, password, problems } = readRecordCancellation(body);
  if (!target) return c.redirect(`${rootOf(c)}/records/${record.id}/cancellation`, 303);
  if (problems.length > 0 || cascadeOf(record, target.scope, target.targetId).lastAccess)
    return confirm(c, record, open, target, problems, 422);
  const made = await beginErrand(c, deps, "cancel", record, { target, password, body });
  if (!("taken" in made)) return c.redirect(openedPath(c, made), 303);
  const now = await openFilingOfRecord(deps.db, applicant(c), record.id);
  return confirm(c, record, now, target, now ? [] : [{ ...heldElsewhere, field: "confirmed" }], 409);
}

function confirm(
  c: Ctx,
  record: RecordTree,
  open: ListedFiling | undefined,
  target: Target,
  problems: Problem[] = [],
  status: 200 | 409 | 422 = 200,
): Response {
  const { scope, targetId } = target;
  const { websites, accesses, lastAccess } = cascadeOf(record, scope, targetId);
  const data = {
    ...{
      record: choiceOf(record),
      open: openChoice(open),
      root: rootOf(c),
      scope,
      targetId,
      accesses,
      lastAccess,
      problems,
    },
    websites: websites.map(websiteChoice),
    kind: kindName({ kind: "cancel", scope }),
  };
  return page(c, "portal/records/cancellation", data, status);
}
