import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import { rulesToCome } from "../../models/province-rule/history.ts";
import { dayOfToday, rulesInForce } from "../../models/province-rule/in-force.ts";
import { provinces } from "../../vocabulary/divisions.ts";
import { columnLabel } from "../../vocabulary/province-columns.ts";
import { NATIONAL } from "../../vocabulary/province-rules.ts";
import { sourcesOf } from "../../vocabulary/province-sources.ts";
import { textOfKey } from "../../vocabulary/province-values.ts";
import { conflictsOf, provinceTopics, reviewTime, unknownOf } from "../../vocabulary/province-words.ts";
import type { Deps } from "../deps.ts";
import { keptPage } from "./kept.ts";

/** Asked for anew at every visit: a changed rule is on its page at once. */
const FRESH = { seconds: 0 };

/** The provider whose rules hold here; null on a neutral host. */
const ispId = (c: Ctx): number | null => c.var.isp?.id ?? null;

async function showProvinces(c: Ctx, { db }: Deps): Promise<Response> {
  const codes = provinces.map(({ code }) => code);
  const [national, ...rules] = await rulesInForce(db, ispId(c), [NATIONAL, ...codes]);
  const list = rules.map(({ rule }) => ({ ...rule, time: reviewTime(rule, national?.rule) }));
  return keptPage(c, "public/help/provinces", { list }, FRESH);
}

/** Columns that say where things come from: a new source alone is no news to a registrant. */
const SILENT = ["origins", "sources", "conflicts", "notes"];

/** What will change on which day, where somebody wrote it already. */
async function announced(c: Ctx, { db }: Deps, province: string) {
  const coming = await rulesToCome(db, ispId(c), province, await dayOfToday(db));
  return coming.map(({ validFrom, changes }) => ({
    day: validFrom,
    changes: changes
      .filter(({ key }) => !SILENT.includes(key))
      .map(({ key, before, after }) => ({
        label: columnLabel(key),
        before: textOfKey(key, before),
        after: textOfKey(key, after),
      })),
  }));
}

/** One province; the address has its six-digit code. */
async function showProvince(c: Ctx, deps: Deps): Promise<Response> {
  const place = provinces.find(({ code }) => code === c.req.param("code"));
  if (!place) throw new NotFound(`no province ${c.req.param("code")}`);
  const [found, national] = await rulesInForce(deps.db, ispId(c), [place.code, NATIONAL]);
  if (!found || !national) throw new NotFound(`no rule for ${place.code}`);
  const { rule, validFrom, version, own } = found;
  const data = {
    ...{ place, own, validFrom, version },
    topics: provinceTopics(rule, national.rule),
    unknown: unknownOf(rule, national.rule),
    conflicts: [...conflictsOf(rule), ...conflictsOf(national.rule)],
    sources: sourcesOf(rule),
    coming: await announced(c, deps, place.code),
  };
  return keptPage(c, "public/help/province", data, FRESH);
}

/** 各省管局要求: a page for each of the 31 provinces, written from the row that the rules read. */
export const provincePages = (deps: Deps) =>
  new Hono<Env>()
    .get("/help/provinces", allow("anyone"), (c) => showProvinces(c, deps))
    .get("/help/provinces/:code", allow("anyone"), (c) => showProvince(c, deps));
