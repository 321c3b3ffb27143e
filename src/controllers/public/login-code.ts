import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { deviceToken } from "../../middleware/device.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { signIn, whereFrom } from "../../middleware/session.ts";
import { dropTicket, readTicket, writeTicket } from "../../middleware/ticket.ts";
import { type Account, findAccount } from "../../models/account/find.ts";
import { recordLogin, rememberDevice } from "../../models/account/login.ts";
import { checkCode, codeProblem, requestCode, secondsToWait } from "../../models/code/codes.ts";
import type { Channel } from "../../models/notice/templates.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { closeSession } from "../../models/session/sessions.ts";
import { inTransaction } from "../../models/store.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

/** Between the password and the code: who, where to afterwards, and where the code went. */
type Halfway = { accountId: number; next: string; channel: Channel };

/** 上次登录, shown once after this login. */
export type Greeting = { at: string | null; place: string | null; device: string | null };

const MINUTES = 60;
const perAccount = { name: "login-codes", most: 10, seconds: 3600 };

const targetOf = (account: Account, channel: Channel): string =>
  channel === "mail" ? account.email : account.mobile;

const subjectOf = (account: Account, channel: Channel) => ({
  purpose: "login" as const,
  holder: `account:${account.id}`,
  target: targetOf(account, channel),
});

/** Sends the code; within a minute of the last one nothing new goes out. */
async function sendCode(c: Ctx, account: Account, channel: Channel): Promise<boolean> {
  const { over } = await countHit(c.var.deps, perAccount, String(account.id));
  if (over) return false;
  const requested = await inTransaction(c.var.deps, (store) =>
    requestCode(store, {
      ...subjectOf(account, channel),
      ispId: account.ispId,
      accountId: account.id,
      channel,
    }),
  );
  return requested.state === "requested";
}

/** The password was right, the device is new: a code by mail, and no session yet. */
export async function beginSecondStep(c: Ctx, account: Account, next: string): Promise<Response> {
  const waiting = readTicket<Halfway>(c, "login");
  const channel = waiting?.accountId === account.id ? waiting.channel : "mail";
  await sendCode(c, account, channel);
  writeTicket<Halfway>(c, "login", { accountId: account.id, next, channel }, 15 * MINUTES);
  return c.redirect("/login/code", 303);
}

/** Opens the session, always a new one, and keeps 上次登录 for the page that greets. */
export async function finishLogin(c: Ctx, account: Account, next: string): Promise<Response> {
  const { deps, sessionSecret } = c.var;
  if (sessionSecret) await closeSession(deps, "account", sessionSecret);
  await recordLogin(deps, account.id, whereFrom(c));
  await signIn(c, "account", account.id);
  const at = account.lastLoginAt?.toISOString() ?? null;
  const greeting = { at, place: account.lastLoginPlace, device: account.lastLoginDevice };
  writeTicket<Greeting>(c, "greeting", greeting, 10 * MINUTES);
  dropTicket(c, "login");
  return c.redirect(next, 303);
}

type Shown = { problems?: Problem[]; sent?: boolean };

async function show(
  c: Ctx,
  halfway: Halfway,
  { problems = [], sent = false }: Shown,
  status: 200 | 422 = 200,
) {
  const account = await findAccount(c.var.deps, halfway.accountId);
  const wait = await secondsToWait(c.var.deps, subjectOf(account, halfway.channel));
  const data = { channel: halfway.channel, target: targetOf(account, halfway.channel), wait, problems, sent };
  return page(c, "public/login/code", data, status);
}

async function resend(c: Ctx, halfway: Halfway, channel: Channel): Promise<Response> {
  const account = await findAccount(c.var.deps, halfway.accountId);
  if (!(await sendCode(c, account, channel)))
    return show(c, halfway, { problems: [{ field: "code", text: "刚刚已经发过，请稍等再重发" }] }, 422);
  const changed = { ...halfway, channel };
  writeTicket<Halfway>(c, "login", changed, 15 * MINUTES);
  return show(c, changed, { sent: true });
}

/** 登录的第二步: a code by e-mail or short message, for a device not seen before. */
export const loginCode = (_deps: Deps) =>
  new Hono<Env>()
    .get("/login/code", allow("anyone"), async (c) => {
      const halfway = readTicket<Halfway>(c, "login");
      return halfway ? show(c, halfway, {}) : c.redirect("/login", 303);
    })
    .post("/login/code", allow("anyone"), async (c) => {
      const halfway = readTicket<Halfway>(c, "login");
      if (!halfway) return c.redirect("/login", 303);
      const body = await readBody(c);
      const act = text(body, "act");
      if (act === "mail" || act === "sms") return resend(c, halfway, act);
      const account = await findAccount(c.var.deps, halfway.accountId);
      const checked = await checkCode(c.var.deps, subjectOf(account, halfway.channel), text(body, "code"));
      const problem = codeProblem(checked);
      if (problem) return show(c, halfway, { problems: [{ field: "code", text: problem }] }, 422);
      if (text(body, "remember") === "1") await rememberDevice(c.var.deps, account.id, deviceToken(c));
      return finishLogin(c, account, halfway.next);
    });
