import { Hono } from "hono";
import { readDisclosure } from "../../forms/disclosure.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { fragment } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import { findFiling } from "../../models/filing/rows.ts";
import { displayValue, maybeField } from "../../vocabulary/fields/index.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";
import { openedFiling, showFiling } from "./filing.ts";
import { numberedSections } from "./filing-facts.ts";
import { readReview } from "./filing-page.ts";

const readers = ["initial_reviewer", "verifier", "submitter"] as const;

/** 显示: one masked value, for this view of the page only; written into the audit log with its reason. */
export const disclosure = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/filings/:id/disclosures", allow(...readers), (c) =>
      c.redirect(`/console/filings/${c.req.param("id")}`, 303),
    )
    .post("/console/filings/:id/disclosures", allow(...readers), (c) => disclose(c, deps));

async function disclose(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const { sectionId, field, reason, queue } = readDisclosure(await readBody(c));
  const found = await findFiling(deps.db, c.req.param("id") ?? "", actor);
  const review = await readReview(deps, found);
  const value = valueAt(review.data, sectionId, field);
  const detail = { sectionId, field, reason };
  await recordLook(deps.db, actor, "show-value", [found.id], detail);
  const place = `${sectionId}.${field}`;
  if (c.req.header("hx-target") === `v-${sectionId}-${field}`)
    return fragment(c, "console/filing/_value", { value });
  const filing = await openedFiling(deps, actor, found.number);
  return showFiling(c, deps, { ...review, filing }, { queue, shown: new Set([place]) });
}

function valueAt(data: FilingData, sectionId: number, key: string): string {
  const [section] = numberedSections(data).find(([{ id }]) => id === sectionId) ?? [];
  const field = section && maybeField(section.kind, key);
  if (!section || !field) throw new NotFound(`no field ${key} in section ${sectionId}`);
  return displayValue(field, section.values);
}
