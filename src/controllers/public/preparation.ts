import { Hono } from "hono";
import { readPreparation } from "../../forms/preparation.ts";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { type IspSettings, ispSettings } from "../../models/isp/settings.ts";
import { ruleInForce } from "../../models/province-rule/in-force.ts";
import { isAlways, readiness, works } from "../../rules/readiness.ts";
import { slots } from "../../rules/slots.ts";
import { type Pace, waiting } from "../../rules/waiting.ts";
import { offeredRows } from "../../vocabulary/code-tables.ts";
import { provinces } from "../../vocabulary/divisions.ts";
import { field, optionsOf } from "../../vocabulary/fields/index.ts";
import { materialReason } from "../../vocabulary/return-reasons.ts";
import { sourceText } from "../../vocabulary/sources.ts";
import type { Deps } from "../deps.ts";
import { keptPage } from "./kept.ts";

/** 备案需要准备什么, and what each material has to look like. Nothing in it is personal. */
export const preparationPages = (deps: Deps): Hono<Env> =>
  new Hono<Env>()
    .get("/help/preparation", allow("anyone"), (c) => showPreparation(c, deps))
    .get("/help/materials", allow("anyone"), (c) => showMaterials(c));

/** Where no provider is known, what is usual. */
const usualPace: Pace = { reviewDays: { initial_review: 2, verification: 2, ready: 1 }, verifies: true };

const paceOf = ({ reviewDays, verification }: IspSettings): Pace => ({
  reviewDays,
  verifies: verification.length > 0,
});

/** For one 性质 in one province or anywhere, and one kind of filing. */
async function showPreparation(c: Ctx, deps: Deps): Promise<Response> {
  const { nature, province, work } = readPreparation(c.req.query());
  const isp = c.var.isp?.id ?? null;
  const rule = await ruleInForce(deps.db, isp, province || null);
  const pace = isp === null ? usualPace : paceOf(await ispSettings(deps.db, isp));
  const list = readiness(nature, rule, work);
  return keptPage(c, "public/help/preparation", {
    ...{ nature, province, work, works, provinces, natures: offeredRows("unit_nature") },
    always: list.filter(isAlways),
    sometimes: list.filter((one) => !isAlways(one)),
    stretches: waiting(work, province ? rule : null, pace).map((one) => ({
      ...one,
      source: one.source && sourceText(one.source),
    })),
    certificates: certificatesOf(nature),
  });
}

const certificatesOf = (nature: string): string[] =>
  optionsOf(field("subject", "certType"), { nature }).map(({ label }) => label.replace(/（.*$/, ""));

/** Every slot: what belongs into it, an example, why such a picture is returned, and what the system makes of it. */
function showMaterials(c: Ctx): Response {
  return keptPage(c, "public/help/materials", {
    list: slots.map(({ key, label, hint, phase, sample, reasons, limitBytes, purpose }) => ({
      ...{ key, label, hint, phase, sample },
      reasons: reasons.map((id) => materialReason(id).text),
      bureauKb: purpose === null ? null : Math.floor(limitBytes / 1024),
    })),
  });
}
