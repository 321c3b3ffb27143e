import { Hono } from "hono";
import { readPreparation } from "../../forms/preparation.ts";
import { isoDate } from "../../lib/dates.ts";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { steps } from "../../models/filing/states.ts";
import { ruleInForce, rulesInForce } from "../../models/province-rule/in-force.ts";
import { isAlways, readiness } from "../../rules/readiness.ts";
import { codeTable } from "../../vocabulary/code-tables.ts";
import { provinces } from "../../vocabulary/divisions.ts";
import { field, optionsOf } from "../../vocabulary/fields/index.ts";
import { sourcesOf, sourceText } from "../../vocabulary/province-sources.ts";
import { provinceTopics, reviewTime } from "../../vocabulary/province-words.ts";
import { questionGroups } from "../../vocabulary/questions.ts";
import type { Deps } from "../deps.ts";

/** How long caches keep a page, in seconds; what an administrator changes is seen after that. */
const KEPT = 600;

/** A page of help: the same for every visitor, so caches may keep it. That of a signed-in person bears their name. */
function help(c: Ctx, view: string, data: Record<string, unknown>): Response {
  if (!c.var.actor) {
    c.header("cache-control", `public, max-age=${KEPT}`);
    // Of the frame of a page htmx may ask to leave out; that answer is nobody else's.
    c.header("vary", "Cookie, HX-Request, HX-Boosted, HX-History-Restore-Request", { append: true });
  }
  return page(c, `public/help/${view}`, data);
}

/** The provider whose rules hold here; null on a neutral host. */
const ispId = (c: Ctx): number | null => c.var.isp?.id ?? null;

/** 备案需要准备什么, for one 性质 in one province or anywhere. */
async function showPreparation(c: Ctx, deps: Deps): Promise<Response> {
  const { nature, province } = readPreparation(c.req.query());
  const list = readiness(nature, await ruleInForce(deps.db, ispId(c), province || null));
  return help(c, "preparation", {
    ...{ nature, province, provinces, natures: codeTable("unit_nature").rows },
    always: list.filter(isAlways),
    sometimes: list.filter((one) => !isAlways(one)),
    certificates: optionsOf(field("subject", "certType"), { nature }).map(({ label }) =>
      label.replace(/（.*$/, ""),
    ),
  });
}

async function showProvinces(c: Ctx, deps: Deps): Promise<Response> {
  const codes = provinces.map(({ code }) => code);
  const rules = await rulesInForce(deps.db, ispId(c), codes);
  return help(c, "provinces", { list: rules.map(({ rule }) => ({ ...rule, time: reviewTime(rule) })) });
}

/** One province; the address has its six-digit code. */
async function showProvince(c: Ctx, deps: Deps): Promise<Response> {
  const place = provinces.find(({ code }) => code === c.req.param("code"));
  if (!place) throw new NotFound(`no province ${c.req.param("code")}`);
  const [found] = await rulesInForce(deps.db, ispId(c), [place.code]);
  if (!found) throw new NotFound(`no rule for ${place.code}`);
  const topics = provinceTopics(found.rule).map(({ title, lines }) => ({
    title,
    lines: lines.map(({ text, source }) => ({ text, source: source ? sourceText(source) : "" })),
  }));
  const { validFrom, own, rule } = found;
  return help(c, "province", { place, topics, sources: sourcesOf(rule), own, validFrom: isoDate(validFrom) });
}

/** 帮助: questions, the seven steps, what to prepare, what each bureau asks for. Nothing in it is personal. */
export const helpPages = (deps: Deps) =>
  new Hono<Env>()
    .get("/help", allow("anyone"), (c) => help(c, "page", { groups: questionGroups }))
    .get("/help/guide", allow("anyone"), (c) => help(c, "guide", { steps }))
    .get("/help/preparation", allow("anyone"), (c) => showPreparation(c, deps))
    .get("/help/provinces", allow("anyone"), (c) => showProvinces(c, deps))
    .get("/help/provinces/:code", allow("anyone"), (c) => showProvince(c, deps));
