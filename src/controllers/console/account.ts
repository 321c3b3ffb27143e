import { Hono } from "hono";
import { passwordProblems } from "../../forms/password.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { signIn } from "../../middleware/session.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { closeSession, closeSessions, listSessions } from "../../models/session/sessions.ts";
import { changeStaffPassword, findStaff } from "../../models/staff/login.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const perStaff = { name: "staff-password-change", most: 10, seconds: 900 };

async function show(c: Ctx, problems: Problem[], note: string | undefined, status: 200 | 422 = 200) {
  const { staffId } = staffMember(c);
  const sessions = await listSessions(c.var.deps.db, "staff", staffId, c.var.sessionSecret ?? "");
  const { userName, totp } = await findStaff(c.var.deps, staffId);
  return page(
    c,
    "console/staff/account",
    { userName, totp: totp !== undefined, sessions, problems, note },
    status,
  );
}

async function change(c: Ctx, body: FormBody): Promise<Problem[]> {
  const { staffId, name } = staffMember(c);
  const { over, retryAfter } = await countHit(c.var.deps, perStaff, String(staffId));
  if (over) throw new TooMany(retryAfter);
  const [current, password] = [text(body, "current"), text(body, "password")];
  const problems = passwordProblems(password, text(body, "passwordAgain"), [name]);
  if (problems.length > 0) return problems;
  const session = c.var.sessionSecret ?? "";
  const changed = await changeStaffPassword(c.var.deps, staffId, { current, password, session });
  return changed ? [] : [{ field: "current", text: "现在的密码不对" }];
}

const notes = new Map([
  ["password", "密码已改，其他设备都已退出。"],
  ["sessions", "其他设备都已退出。"],
]);

/** What staff keep of their own: password and the devices that are signed in. */
export const consoleAccount = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/account", allow("staff"), (c) => show(c, [], notes.get(c.req.query("changed") ?? "")))
    .post("/console/account", allow("staff"), async (c) => {
      const { staffId } = staffMember(c);
      const body = await readBody(c);
      if (text(body, "act") === "sessions") {
        await closeSessions(deps.db, "staff", staffId, c.var.sessionSecret);
        return c.redirect("/console/account?changed=sessions", 303);
      }
      const problems = await change(c, body);
      if (problems.length > 0) return show(c, problems, undefined, 422);
      await closeSession(deps, "staff", c.var.sessionSecret ?? "");
      await signIn(c, "staff", staffId);
      return c.redirect("/console/account?changed=password", 303);
    });
