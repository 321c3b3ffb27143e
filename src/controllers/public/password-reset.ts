import { Hono } from "hono";
import { passwordProblems } from "../../forms/password.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { asksForCaptcha, drawCaptcha, isCaptchaRight, redrawCaptcha } from "../../middleware/captcha.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { limitSource, TooMany } from "../../middleware/rate-limit.ts";
import { dropTicket, readTicket, writeTicket } from "../../middleware/ticket.ts";
import { beginReset, finishReset, type Reset } from "../../models/account/password.ts";
import { codeProblem } from "../../models/code/codes.ts";
import { firstIsp } from "../../models/isp/isp.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

type Waiting = { reset: Reset; login: string; channel: "mail" | "sms" };

const perSource = { name: "password-reset", most: 20, seconds: 3600 };
/** Five codes of five tries an hour: nobody guesses one of a million by asking again and again. */
const perAccount = { name: "password-reset-account", most: 5, seconds: 3600 };
const TEN_MINUTES = 600;

const channelOf = (body: FormBody): "mail" | "sms" => (text(body, "channel") === "sms" ? "sms" : "mail");

async function again(c: Ctx, body: FormBody, problems: Problem[]): Promise<Response> {
  const captcha = c.var.deps.config.captcha === "off" ? undefined : await redrawCaptcha(c, body);
  const data = { login: text(body, "login").trim(), channel: channelOf(body), problems, captcha };
  return page(c, "public/password-reset/page", data, problems.length > 0 ? 422 : 200);
}

async function begin(c: Ctx, body: FormBody): Promise<Response> {
  const { deps, isp, ispByHost } = c.var;
  const login = text(body, "login").trim();
  if (!login) return again(c, body, [{ field: "login", text: "请填写用户名或电子邮箱" }]);
  await limitSource(c, perSource);
  if (deps.config.captcha !== "off" && !(await isCaptchaRight(c, body)))
    return again(c, body, [{ field: "captcha", text: "验证码不对，请看新的一张再输入" }]);
  const { over, retryAfter } = await countHit(deps, perAccount, login.toLowerCase());
  if (over) throw new TooMany(retryAfter);
  const fallback = isp?.id ?? (await firstIsp(deps.db))?.id ?? 0;
  const channel = channelOf(body);
  const { reset } = await beginReset(deps, login, channel, {
    ispId: ispByHost ? isp?.id : undefined,
    fallback,
  });
  writeTicket<Waiting>(c, "reset", { reset, login, channel }, 2 * TEN_MINUTES);
  return c.redirect("/password/reset/code", 303);
}

async function finish(c: Ctx, waiting: Waiting, body: FormBody): Promise<Response> {
  const own = [waiting.login, waiting.login.split("@")[0] ?? ""];
  const problems = passwordProblems(text(body, "password"), text(body, "passwordAgain"), own);
  if (problems.length === 0) {
    const problem = codeProblem(
      await finishReset(c.var.deps, waiting.reset, text(body, "code"), text(body, "password")),
    );
    if (problem) problems.push({ field: "code", text: problem });
  }
  const { channel } = waiting;
  if (problems.length > 0)
    return page(c, "public/password-reset/code", { channel, code: text(body, "code"), problems }, 422);
  dropTicket(c, "reset");
  return c.redirect("/login?after=reset", 303);
}

/** 找回密码: the answer never tells whether there is such an account. */
export const passwordReset = (_deps: Deps) =>
  new Hono<Env>()
    .get("/password/reset", allow("anyone"), async (c) => {
      const captcha = c.var.deps.config.captcha === "off" ? undefined : await drawCaptcha(c);
      return page(c, "public/password-reset/page", { login: "", channel: "mail", problems: [], captcha });
    })
    .post("/password/reset", allow("anyone"), async (c) => {
      const body = await readBody(c);
      return asksForCaptcha(body) ? again(c, body, []) : begin(c, body);
    })
    .get("/password/reset/code", allow("anyone"), (c) => {
      const waiting = readTicket<Waiting>(c, "reset");
      if (!waiting) return c.redirect("/password/reset", 303);
      return page(c, "public/password-reset/code", { channel: waiting.channel, code: "", problems: [] });
    })
    .post("/password/reset/code", allow("anyone"), async (c) => {
      const waiting = readTicket<Waiting>(c, "reset");
      return waiting ? finish(c, waiting, await readBody(c)) : c.redirect("/password/reset", 303);
    });
