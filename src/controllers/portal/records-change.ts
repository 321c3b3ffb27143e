import { Hono } from "hono";
import { type RecordChange, readRecordChange } from "../../forms/record-change.ts";
import { readBody } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { ListedFiling } from "../../models/filing/rows.ts";
import { openFilingOfRecord } from "../../models/record/filings.ts";
import type { RecordTree } from "../../models/record/tree.ts";
import type { Problem } from "../../view.ts";
import { applicant, counters, openedPath, rootOf } from "../applicant.ts";
import type { Deps } from "../deps.ts";
import { beginErrand, choiceOf, openChoice, recordAsked } from "./record-errand.ts";

/** 变更备案: one of four at a time, on what is on record. */
export function recordsChange(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of counters(deps))
    app
      .get(`${filing}/records/:id/change`, ...who, async (c) => {
        const { record, open } = await recordAsked(c, deps);
        return show(c, record, open, { what: "", problems: [] });
      })
      .post(`${filing}/records/:id/change`, ...who, (c) => change(c, deps));
  return app;
}

async function change(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const { record, open } = await recordAsked(c, deps);
  const form = readRecordChange(body);
  const { target, password } = form;
  if (form.problems.length > 0 || target === undefined) return show(c, record, open, form, 422);
  if (target === "add" && !open) return c.redirect(`${rootOf(c)}/filings/new?kind=add`, 303);
  if (target === "add") return show(c, record, open, form, 409);
  const made = await beginErrand(c, deps, "change", record, { target, password, body });
  if (!("taken" in made)) return c.redirect(openedPath(c, made), 303);
  const now = await openFilingOfRecord(deps.db, applicant(c), record.id);
  return show(c, record, now, { ...form, problems: now ? [] : [heldElsewhere] }, 409);
}

/** Its certificate or domain is in a filing that is not this account's. */
export const heldElsewhere: Problem = {
  field: "what",
  text: "这个主体的证件或域名正在另一件备案里办理，等它办完才能再办；有疑问请打咨询电话",
};

function show(
  c: Ctx,
  record: RecordTree,
  open: ListedFiling | undefined,
  { what, problems }: Pick<RecordChange, "what" | "problems">,
  status: 200 | 409 | 422 = 200,
): Response {
  return page(
    c,
    "portal/records/change",
    { record: choiceOf(record), open: openChoice(open), root: rootOf(c), what, problems },
    status,
  );
}
