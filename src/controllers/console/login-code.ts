import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { signIn } from "../../middleware/session.ts";
import { dropTicket, readTicket, writeTicket } from "../../middleware/ticket.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { closeSession } from "../../models/session/sessions.ts";
import {
  checkTotp,
  clearStaffAttempts,
  enrolTotp,
  findStaff,
  newTotpSecret,
  type StaffLogin,
  totpAddress,
} from "../../models/staff/login.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

/** Between the password and the second step; `secret` while an authenticator is being enrolled. */
type Halfway = { staffId: number; next: string; secret?: string };

const TEN_MINUTES = 600;
const perStaff = { name: "staff-totp", most: 10, seconds: 900 };

/** The password was right: to the second step, to its enrolment where the provider asks for one, or in. */
export async function afterPassword(c: Ctx, staff: StaffLogin, next: string): Promise<Response> {
  const { staffTotp } = await ispSettings(c.var.deps.db, staff.ispId);
  if (!staff.totp && !staffTotp) return finish(c, staff, next);
  const secret = staff.totp ? {} : { secret: newTotpSecret() };
  writeTicket<Halfway>(c, "staff-login", { staffId: staff.id, next, ...secret }, TEN_MINUTES);
  return c.redirect(staff.totp ? "/console/login/code" : "/console/login/enrolment", 303);
}

async function finish(c: Ctx, staff: StaffLogin, next: string): Promise<Response> {
  if (c.var.sessionSecret) await closeSession(c.var.deps, "staff", c.var.sessionSecret);
  await clearStaffAttempts(c.var.deps, staff.userName);
  await signIn(c, "staff", staff.id);
  dropTicket(c, "staff-login");
  return c.redirect(next, 303);
}

/** Tries the six digits; a problem, or undefined when they are right. */
async function tryDigits(c: Ctx, staffId: number, secret: string): Promise<Problem | undefined> {
  const { over, retryAfter } = await countHit(c.var.deps, perStaff, String(staffId));
  if (over) throw new TooMany(retryAfter);
  const right = await checkTotp(c.var.deps, staffId, secret, text(await readBody(c), "code"));
  return right ? undefined : { field: "code", text: "动态口令不对，或者已经用过，请等下一个" };
}

const showCode = (c: Ctx, problems: Problem[], status: 200 | 422 = 200): Response =>
  page(c, "console/session/code", { problems }, status);

function showEnrolment(
  c: Ctx,
  staff: StaffLogin,
  secret: string,
  problems: Problem[],
  status: 200 | 422 = 200,
) {
  const issuer = `${c.var.isp?.name ?? ""}备案审核台`;
  const spaced = secret.replace(/(.{4})(?=.)/g, "$1 ");
  const address = totpAddress(secret, staff.userName, issuer);
  return page(c, "console/session/enrolment", { secret: spaced, address, problems }, status);
}

/** The second step of staff: a time-based one-time password (动态口令), and setting it up. */
export const consoleLoginCode = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/login/code", allow("anyone"), (c) =>
      readTicket<Halfway>(c, "staff-login") ? showCode(c, []) : c.redirect("/console/login", 303),
    )
    .post("/console/login/code", allow("anyone"), async (c) => {
      const halfway = readTicket<Halfway>(c, "staff-login");
      const staff = halfway && (await findStaff(deps, halfway.staffId));
      if (!staff?.totp) return c.redirect("/console/login", 303);
      const problem = await tryDigits(c, staff.id, staff.totp);
      return problem ? showCode(c, [problem], 422) : finish(c, staff, halfway?.next ?? "/console");
    })
    .get("/console/login/enrolment", allow("anyone"), async (c) => {
      const halfway = readTicket<Halfway>(c, "staff-login");
      if (!halfway?.secret) return c.redirect("/console/login", 303);
      return showEnrolment(c, await findStaff(deps, halfway.staffId), halfway.secret, []);
    })
    .post("/console/login/enrolment", allow("anyone"), async (c) => {
      const halfway = readTicket<Halfway>(c, "staff-login");
      const staff = halfway && (await findStaff(deps, halfway.staffId));
      if (!halfway?.secret || !staff || staff.totp) return c.redirect("/console/login", 303);
      const problem = await tryDigits(c, staff.id, halfway.secret);
      if (problem) return showEnrolment(c, staff, halfway.secret, [problem], 422);
      await enrolTotp(deps, staff.id, halfway.secret);
      return finish(c, staff, halfway.next);
    });
