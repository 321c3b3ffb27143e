import { Hono } from "hono";
import { readCorrection, type TypedCorrection } from "../../forms/correction.ts";
import { derivedId } from "../../lib/ids.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { correctField } from "../../models/filing/corrections.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { type StoredSection, sectionsOf } from "../../models/filing/sections.ts";
import { type Field, isMasked, isVisible, maskedValue, maybeField } from "../../vocabulary/fields/index.ts";
import type { Deps } from "../deps.ts";
import { openedFiling } from "./filing.ts";
import { refusalOf } from "./refusal.ts";

const correctors = ["initial_reviewer", "verifier", "submitter"] as const;

const PATH = "/console/filings/:id/corrections/:section/:field";

/** 代为更正: one field for the registrant, who sees both values. */
export const correction = (deps: Deps) =>
  new Hono<Env>()
    .get(PATH, allow(...correctors), async (c) => {
      const place = await asked(c, deps);
      return show(c, place, { values: place.section.values, note: "", problems: [] }, {});
    })
    .post(PATH, allow(...correctors), (c) => correct(c, deps));

type Asked = { filing: Awaited<ReturnType<typeof openedFiling>>; section: StoredSection; field: Field };

async function asked(c: Ctx, deps: Deps): Promise<Asked> {
  const { id = "", section: sectionId, field: key = "" } = c.req.param() as Record<string, string>;
  const filing = await openedFiling(deps, staffMember(c), id);
  const section = (await sectionsOf(deps, filing)).find((one) => String(one.id) === sectionId);
  const field = section && maybeField(section.kind, key);
  if (!section?.open || !field || field.kind === "fixed" || !isVisible(field, section.values))
    throw new NotFound(`no field ${key} to correct`);
  return { filing, section, field };
}

async function correct(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const place = await asked(c, deps);
  const { filing, section, field } = place;
  const typed = readCorrection(body, field, section.values);
  const queue = text(body, "queue");
  // 更新市和区县, without a script.
  if (text(body, "act") === "region") return show(c, place, { ...typed, problems: [] }, { queue });
  if (typed.problems.length > 0) return show(c, place, typed, { queue, status: 422 });
  const version = Number(text(body, "version"));
  const act = {
    filingId: filing.id,
    actor: staffMember(c),
    requestId: derivedId(text(body, "requestId"), "correct"),
  };
  const wanted = { sectionId: section.id, version, field: field.key, values: typed.values, note: typed.note };
  const refused = await refusalOf(correctField(deps, act, wanted));
  if (refused !== undefined) return show(c, place, typed, { queue, refused, status: 409 });
  const back = `/console/filings/${filing.number}${queue ? `?queue=${encodeURIComponent(queue)}` : ""}`;
  return c.redirect(`${back}#f-${section.id}-${field.key}`, 303);
}

type Extra = { queue?: string; refused?: string; status?: 200 | 409 | 422 };

function show(c: Ctx, { filing, section, field }: Asked, typed: TypedCorrection, extra: Extra): Response {
  const untouched = typed.values[field.key] === section.values[field.key];
  const data = {
    filing,
    title: filingTitle(filing),
    section,
    field,
    values: typed.values,
    // What comes from the database is masked; sent back as it is, it means unchanged.
    masked: untouched && isMasked(field, section.values) ? maskedValue(field, section.values) : undefined,
    before: maskedValue(field, section.values),
    note: typed.note,
    problems: typed.problems,
    refused: extra.refused,
    queue: extra.queue ?? c.req.query("queue") ?? "",
  };
  return page(c, "console/correction/page", data, extra.status ?? 200);
}
