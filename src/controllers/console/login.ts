import { Hono } from "hono";
import { allow, safeNext } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { forgetSession } from "../../middleware/session.ts";
import { closeSession } from "../../models/session/sessions.ts";
import { countStaffAttempt, type StaffLogin, staffByPassword } from "../../models/staff/login.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { afterPassword } from "./login-code.ts";

const show = (
  c: Ctx,
  login: string,
  next: string,
  problems: Problem[],
  status: 200 | 422 | 429 = 200,
): Response =>
  page(c, "console/session/login", { login, next, problems, out: c.req.query("after") === "out" }, status);

async function tryPassword(c: Ctx, body: FormBody): Promise<Response> {
  const { deps, isp, ispByHost, source } = c.var;
  const [login, password] = [text(body, "login").trim(), text(body, "password")];
  const next = safeNext(text(body, "next"), "/console");
  const again = (problem: Problem, status: 422 | 429 = 422) => show(c, login, next, [problem], status);
  if (!login) return again({ field: "login", text: "请填写用户名" });
  if (!password) return again({ field: "password", text: "请填写密码" });
  const seconds = await countStaffAttempt(deps, { login, network: networkOf(source) });
  const minutes = Math.ceil(seconds / 60);
  if (seconds > 0) return again({ field: "login", text: `尝试次数太多，${minutes}分钟后再试` }, 429);
  const staff: StaffLogin | undefined = await staffByPassword(
    deps,
    login,
    password,
    ispByHost ? isp?.id : undefined,
  );
  return staff ? afterPassword(c, staff, next) : again({ field: "login", text: "用户名或密码不对" });
}

/** Login of staff at the console; registrants have their own. */
export const consoleLogin = (_deps: Deps) =>
  new Hono<Env>()
    .get("/console/login", allow("anyone"), (c) => {
      const next = safeNext(c.req.query("next"), "/console");
      return c.var.actor ? c.redirect(next, 303) : show(c, "", next, []);
    })
    .post("/console/login", allow("anyone"), async (c) => tryPassword(c, await readBody(c)))
    .post("/console/logout", allow("anyone"), async (c) => {
      if (c.var.sessionSecret) await closeSession(c.var.deps, "staff", c.var.sessionSecret);
      forgetSession(c, "staff");
      return c.redirect("/console/login?after=out", 303);
    });
