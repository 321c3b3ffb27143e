import { Hono } from "hono";
import { allow, safeNext } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { asksForCaptcha, drawCaptcha, isCaptchaRight, redrawCaptcha } from "../../middleware/captcha.ts";
import { readCookie } from "../../middleware/cookies.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { forgetSession } from "../../middleware/session.ts";
import { writeTicket } from "../../middleware/ticket.ts";
import type { Account } from "../../models/account/find.ts";
import {
  type Attempt,
  accountByPassword,
  countAttempt,
  isKnownDevice,
  needsCaptcha,
} from "../../models/account/login.ts";
import { closeSession } from "../../models/session/sessions.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { beginSecondStep, finishLogin } from "./login-code.ts";
import type { Activation } from "./registration.ts";

const attemptOf = (c: Ctx, login: string): Attempt => ({ login, network: networkOf(c.var.source) });

const wrong: Problem = { field: "login", text: "用户名（电子邮箱）或密码不对" };

/** Whether this try must answer a captcha: always, never, or after failures. */
async function captchaDue(c: Ctx, attempt: Attempt): Promise<boolean> {
  const setting = c.var.deps.config.captcha;
  return setting === "adaptive" ? needsCaptcha(c.var.deps, attempt) : setting === "always";
}

async function again(
  c: Ctx,
  body: FormBody,
  problems: Problem[],
  status: 200 | 422 | 429 = 422,
): Promise<Response> {
  const login = text(body, "login").trim();
  const captcha = (await captchaDue(c, attemptOf(c, login))) ? await redrawCaptcha(c, body) : undefined;
  const data = { login, next: safeNext(text(body, "next"), ""), problems, captcha, note: undefined };
  return page(c, "public/login/page", data, status);
}

/** Where an account whose password was right goes on: to its activation, its second step, or in. */
async function admit(c: Ctx, account: Account, next: string): Promise<Response> {
  const { deps } = c.var;
  if (account.state === "pending") {
    writeTicket<Activation>(c, "activation", { accountId: account.id }, 3600);
    return c.redirect("/register/activation", 303);
  }
  const setting = deps.config.loginCode;
  const known = setting === "new-device" && (await isKnownDevice(deps, account.id, readCookie(c, "device")));
  if (setting === "off" || known) return finishLogin(c, account, next);
  return beginSecondStep(c, account, next);
}

async function tryPassword(c: Ctx, body: FormBody): Promise<Response> {
  const { deps, isp, ispByHost } = c.var;
  const attempt = attemptOf(c, text(body, "login").trim());
  if (!attempt.login) return again(c, body, [{ field: "login", text: "请填写用户名或电子邮箱" }]);
  if (!text(body, "password")) return again(c, body, [{ field: "password", text: "请填写密码" }]);
  const due = await captchaDue(c, attempt);
  const seconds = await countAttempt(deps, attempt);
  if (seconds > 0) {
    const minutes = Math.ceil(seconds / 60);
    return again(
      c,
      body,
      [{ field: "login", text: `尝试次数太多，请${minutes}分钟后再试，或者找回密码` }],
      429,
    );
  }
  if (due && !(await isCaptchaRight(c, body)))
    return again(c, body, [{ field: "captcha", text: "验证码不对，请看新的一张再输入" }]);
  const ispId = ispByHost ? isp?.id : undefined;
  const account = await accountByPassword(deps, attempt, text(body, "password"), ispId);
  return account ? admit(c, account, safeNext(text(body, "next"), "/")) : again(c, body, [wrong]);
}

const notes = new Map([
  ["reset", "密码已经改好，请用新密码登录。"],
  ["out", "您已退出。"],
]);

/** 登录 and 退出. */
export const login = (_deps: Deps) =>
  new Hono<Env>()
    .get("/login", allow("anyone"), async (c) => {
      const next = safeNext(c.req.query("next"), "");
      if (c.var.actor) return c.redirect(next || "/", 303);
      const captcha = c.var.deps.config.captcha === "always" ? await drawCaptcha(c) : undefined;
      const note = notes.get(c.req.query("after") ?? "");
      return page(c, "public/login/page", { login: "", next, problems: [], captcha, note });
    })
    .post("/login", allow("anyone"), async (c) => {
      const body = await readBody(c);
      return asksForCaptcha(body) ? again(c, body, [], 200) : tryPassword(c, body);
    })
    .post("/logout", allow("anyone"), async (c) => {
      if (c.var.sessionSecret) await closeSession(c.var.deps, "account", c.var.sessionSecret);
      forgetSession(c, "account");
      return c.redirect("/login?after=out", 303);
    });
