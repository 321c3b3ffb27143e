import { Hono } from "hono";
import { readRecovery } from "../../forms/recovery.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { asksForCaptcha, drawCaptcha, isCaptchaRight, redrawCaptcha } from "../../middleware/captcha.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { limitSource, TooMany } from "../../middleware/rate-limit.ts";
import { readTicket, writeTicket } from "../../middleware/ticket.ts";
import { codeProblem } from "../../models/code/codes.ts";
import { firstIsp } from "../../models/isp/isp.ts";
import {
  beginRecovery,
  proveRecovery,
  type Recovery,
  recoveredNumbers,
} from "../../models/recovery/recovery.ts";
import type { Problem } from "../../view.ts";
import { toUnicode } from "../../vocabulary/domain.ts";
import type { Deps } from "../deps.ts";

/** What the browser keeps; `proved` once the code was right. */
type Waiting = Recovery & { proved?: boolean };

const perSource = { name: "recovery", most: 20, seconds: 3600 };
const TEN_MINUTES = 600;

/** 找回备案号: the answer never tells whether there is such a record; only its phone does. */
export const recovery = (deps: Deps) =>
  new Hono<Env>()
    .get("/recovery", allow("anyone"), (c) => showQuestion(c, deps))
    .post("/recovery", allow("anyone"), async (c) => {
      const body = await readBody(c);
      return asksForCaptcha(body) ? showQuestion(c, deps, body) : begin(c, deps, body);
    })
    .get("/recovery/code", allow("anyone"), (c) => {
      const waiting = readTicket<Waiting>(c, "recovery");
      return waiting ? showCode(c, deps, waiting) : c.redirect("/recovery", 303);
    })
    .post("/recovery/code", allow("anyone"), async (c) => {
      const waiting = readTicket<Waiting>(c, "recovery");
      return waiting ? prove(c, deps, waiting, await readBody(c)) : c.redirect("/recovery", 303);
    });

async function showQuestion(
  c: Ctx,
  deps: Deps,
  body?: FormBody,
  problems: Problem[] = [],
): Promise<Response> {
  const captcha =
    deps.config.captcha === "off" ? undefined : await (body ? redrawCaptcha(c, body) : drawCaptcha(c));
  const data = { q: body ? text(body, "q").slice(0, 300) : "", captcha, problems };
  return page(c, "public/recovery/page", data, problems.length > 0 ? 422 : 200);
}

async function begin(c: Ctx, deps: Deps, body: FormBody): Promise<Response> {
  const read = readRecovery(text(body, "q"));
  if (!read.ok) return showQuestion(c, deps, body, [{ field: "q", text: read.problem }]);
  await limitSource(c, perSource);
  if (deps.config.captcha !== "off" && !(await isCaptchaRight(c, body)))
    return showQuestion(c, deps, body, [{ field: "captcha", text: "验证码不对，请看新的一张再输入" }]);
  const { isp } = c.var;
  const fallback = isp?.id ?? (await firstIsp(deps.db))?.id ?? 0;
  const begun = await beginRecovery(deps, read.question, { ispId: isp?.id ?? null, fallback });
  if (begun.over) throw new TooMany(begun.retryAfter);
  writeTicket<Waiting>(c, "recovery", begun.recovery, 2 * TEN_MINUTES);
  return c.redirect("/recovery/code", 303);
}

async function prove(c: Ctx, deps: Deps, waiting: Waiting, body: FormBody): Promise<Response> {
  const problem = codeProblem(await proveRecovery(deps, waiting, text(body, "code")));
  if (problem) return showCode(c, deps, waiting, [{ field: "code", text: problem }]);
  writeTicket<Waiting>(c, "recovery", { ...waiting, proved: true }, TEN_MINUTES);
  return c.redirect("/recovery/code", 303);
}

async function showCode(
  c: Ctx,
  deps: Deps,
  { subjectId, proved, hint }: Waiting,
  problems: Problem[] = [],
): Promise<Response> {
  const found = proved && subjectId !== null ? await recoveredNumbers(deps, subjectId) : undefined;
  if (!found) return page(c, "public/recovery/code", { hint, problems }, problems.length > 0 ? 422 : 200);
  const websites = found.websites.map((site) => ({ ...site, domains: site.domains.map(toUnicode) }));
  return page(c, "public/recovery/numbers", { number: found.number, websites });
}
