import { Hono } from "hono";
import { etag } from "hono/etag";
import { readNumber, readQuery } from "../../forms/query.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { asksForCaptcha, drawCaptcha, isCaptchaRight, redrawCaptcha } from "../../middleware/captcha.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { limitSource } from "../../middleware/rate-limit.ts";
import {
  numberOfDomain,
  type PublicSubject,
  publicSubject,
  publicWebsite,
  type Scope,
  unitsNamed,
  websitesOfUnit,
} from "../../models/lookup/public-records.ts";
import { storedQuery, storeQuery } from "../../models/lookup/stored.ts";
import type { Problem } from "../../view.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { toUnicode } from "../../vocabulary/domain.ts";
import type { Deps } from "../deps.ts";
import { FRAME, KEPT } from "./kept.ts";

const PAGE = 20;

/** Look-ups by hand, and opened pages of records: enough for an office, not for copying the register. */
const asked = { name: "public-query", most: 60, seconds: 600 };
const opened = { name: "public-record", most: 1200, seconds: 600 };

/** A number may be given out any minute: that there is none is kept for a short while. */
const MINUTE = 60;

/** The host alone decides, not who asks: the answer is the same for everybody. */
const scopeOf = ({ var: { isp } }: Ctx): Scope => isp?.id ?? null;

/** 备案信息查询. What was typed stands in an address only where it is a number. */
export const query = (deps: Deps) =>
  new Hono<Env>()
    .get("/query", allow("anyone"), (c) => showForm(c, deps))
    .post("/query", allow("anyone"), async (c) => {
      const body = await readBody(c);
      return asksForCaptcha(body) ? showForm(c, deps, body) : lookUp(c, deps, body);
    })
    .get("/query/results/:result", allow("anyone"), (c) => showUnits(c, deps))
    .get("/query/:number", allow("anyone"), etag({ weak: true }), (c) => showNumber(c, deps));

async function showForm(c: Ctx, deps: Deps, body?: FormBody, problems: Problem[] = []): Promise<Response> {
  const captcha =
    deps.config.captcha === "off" ? undefined : await (body ? redrawCaptcha(c, body) : drawCaptcha(c));
  const data = { q: body ? text(body, "q") : "", captcha, problems };
  return page(c, "public/query/page", data, problems.length > 0 ? 422 : 200);
}

async function lookUp(c: Ctx, deps: Deps, body: FormBody): Promise<Response> {
  await limitSource(c, asked);
  const typed = text(body, "q");
  const read = readQuery(typed);
  if (!read.ok) return showForm(c, deps, body, [{ field: "q", text: read.problem }]);
  if (deps.config.captcha !== "off" && !(await isCaptchaRight(c, body)))
    return showForm(c, deps, body, [{ field: "captcha", text: "验证码不对，请看新的一张再输入" }]);
  const { query: wanted } = read;
  const number =
    wanted.by === "number"
      ? wanted.number
      : wanted.by === "domain"
        ? await numberOfDomain(deps.db, scopeOf(c), wanted.domain)
        : undefined;
  if (number !== undefined) return c.redirect(`/query/${encodeURIComponent(number)}`, 303);
  return c.redirect(`/query/results/${await storeQuery(deps, scopeOf(c), typed)}`, 303);
}

/** Units of a name, or what to do where a domain or a name is not to be found. */
async function showUnits(c: Ctx, deps: Deps): Promise<Response> {
  await limitSource(c, opened);
  const typed = await storedQuery(deps, scopeOf(c), c.req.param("result") ?? "");
  const read = readQuery(typed);
  const name = read.ok && read.query.by === "name" ? read.query.name : undefined;
  const before = wholeNumber(c.req.query("before"));
  const found =
    name === undefined
      ? []
      : await unitsNamed(deps.db, scopeOf(c), name, { limit: PAGE + 1, ...(before && { before }) });
  const shown = found.slice(0, PAGE);
  const next = found.length > PAGE ? `${c.req.path}?before=${shown.at(-1)?.id}` : undefined;
  return page(c, "public/query/units", {
    typed,
    isName: name !== undefined,
    units: shown.map(subjectView),
    next,
  });
}

const subjectView = (subject: PublicSubject) => ({
  ...subject,
  natureWords: codeLabel("unit_nature", String(subject.nature)),
});

/** The page of one number: linked from footers, the same for everybody, with nothing personal on it. */
async function showNumber(c: Ctx, deps: Deps): Promise<Response> {
  await limitSource(c, opened);
  c.header("vary", FRAME, { append: true });
  const typed = c.req.param("number") ?? "";
  const number = readNumber(typed);
  const isWebsite = number?.includes("-") ?? false;
  const found = number && (await (isWebsite ? websitePage : subjectPage)(c, deps, number));
  if (found) return found;
  c.header("cache-control", `public, max-age=${MINUTE}`);
  return page(c, "public/query/unknown", { number, isWebsite }, 404);
}

async function websitePage(c: Ctx, deps: Deps, number: string): Promise<Response | undefined> {
  const found = await publicWebsite(deps.db, scopeOf(c), number);
  if (!found) return undefined;
  const { subject, website } = found;
  const domains = website.domains.map(toUnicode);
  return record(c, { subject: subjectView(subject), website: { ...website, domains } });
}

async function subjectPage(c: Ctx, deps: Deps, number: string): Promise<Response | undefined> {
  const subject = await publicSubject(deps.db, scopeOf(c), number);
  if (!subject) return undefined;
  const after = wholeNumber(c.req.query("after"));
  const websites = await websitesOfUnit(deps.db, subject, { limit: PAGE + 1, ...(after && { after }) });
  const shown = websites
    .slice(0, PAGE)
    .map((website) => ({ ...website, domains: website.domains.map(toUnicode) }));
  const next =
    websites.length > PAGE ? `/query/${encodeURIComponent(number)}?after=${shown.at(-1)?.id}` : undefined;
  return record(c, { subject: subjectView(subject), website: undefined, websites: shown, next });
}

function record(c: Ctx, data: Record<string, unknown>): Response {
  c.header("cache-control", `public, max-age=${KEPT}`);
  return page(c, "public/query/record", data);
}
