import { Hono } from "hono";
import { passwordProblems } from "../../forms/password.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { signIn } from "../../middleware/session.ts";
import { changePassword } from "../../models/account/password.ts";
import { findProfile } from "../../models/account/profile.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { closeSession } from "../../models/session/sessions.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const perAccount = { name: "password-change", most: 10, seconds: 900 };

/** Problems of the form, or none and the password is changed. */
async function change(c: Ctx, accountId: number, body: FormBody): Promise<Problem[]> {
  const current = text(body, "current");
  const password = text(body, "password");
  if (!current) return [{ field: "current", text: "请填写现在的密码" }];
  const profile = await findProfile(c.var.deps, accountId);
  const own = [profile.userName, profile.email.split("@")[0] ?? "", profile.mobile, profile.name];
  const problems = passwordProblems(password, text(body, "passwordAgain"), own);
  if (problems.length > 0) return problems;
  const session = c.var.sessionSecret ?? "";
  const changed = await changePassword(c.var.deps, accountId, { current, password, session });
  return changed ? [] : [{ field: "current", text: "现在的密码不对" }];
}

/** 修改密码: ends the other sessions, and this one goes on under a new secret. */
export const accountPassword = (deps: Deps) =>
  new Hono<Env>()
    .get("/account/password", allow("registrant"), (c) =>
      page(c, "portal/account/password", { problems: [], changed: c.req.query("changed") !== undefined }),
    )
    .post("/account/password", allow("registrant"), async (c) => {
      const { accountId } = registrant(c);
      const { over, retryAfter } = await countHit(deps, perAccount, String(accountId));
      if (over) throw new TooMany(retryAfter);
      const problems = await change(c, accountId, await readBody(c));
      if (problems.length > 0) return page(c, "portal/account/password", { problems, changed: false }, 422);
      await closeSession(deps, "account", c.var.sessionSecret ?? "");
      await signIn(c, "account", accountId);
      return c.redirect("/account/password?changed", 303);
    });
