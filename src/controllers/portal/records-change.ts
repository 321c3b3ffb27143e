import { Hono } from "hono";
import { type RecordChange, readRecordChange } from "../../forms/record-change.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { ListedFiling } from "../../models/filing/rows.ts";
import { openFilingOfRecord } from "../../models/record/filings.ts";
import type { RecordTree } from "../../models/record/tree.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { beginErrand, choiceOf, openChoice, recordAsked } from "./record-errand.ts";

/** 变更备案: one of four at a time, on what is on record. */
export const recordsChange = (deps: Deps) =>
  new Hono<Env>()
    .get("/records/:id/change", allow("registrant"), async (c) => {
      const { record, open } = await recordAsked(c, deps);
      return show(c, record, open, { what: "", problems: [] });
    })
    .post("/records/:id/change", allow("registrant"), (c) => change(c, deps));

async function change(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const { record, open } = await recordAsked(c, deps);
  const form = readRecordChange(body);
  const { target, password } = form;
  if (form.problems.length > 0 || target === undefined) return show(c, record, open, form, 422);
  if (target === "add" && !open) return c.redirect("/filings/new?kind=add", 303);
  if (target === "add") return show(c, record, open, form, 409);
  const made = await beginErrand(c, deps, "change", record, { target, password, body });
  if (!("taken" in made)) return c.redirect(`/filings/${made.number}`, 303);
  const now = await openFilingOfRecord(deps.db, registrant(c), record.id);
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
    { record: choiceOf(record), open: openChoice(open), what, problems },
    status,
  );
}
