import { Hono } from "hono";
import { passwordProblems } from "../../forms/password.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { deviceToken } from "../../middleware/device.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { limitSource } from "../../middleware/rate-limit.ts";
import { dropTicket, readTicket } from "../../middleware/ticket.ts";
import { activate } from "../../models/account/activate.ts";
import { type Account, findAccount } from "../../models/account/find.ts";
import { rememberDevice } from "../../models/account/login.ts";
import { readAccountRef, resendActivation } from "../../models/account/register.ts";
import { codeProblem, secondsToWait } from "../../models/code/codes.ts";
import { NotFound } from "../../models/errors.ts";
import { wantsPassword } from "../../models/on-behalf/accounts.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import type { Activation } from "./registration.ts";

const perSource = { name: "activation", most: 60, seconds: 3600 };

/** The account of the link in the mail, or of this browser's registration; undefined when neither leads to one. */
async function accountOf(c: Ctx): Promise<Account | undefined> {
  const ref = c.req.param("ref");
  const id = ref ? readAccountRef(c.var.deps.vault, ref) : readTicket<Activation>(c, "activation")?.accountId;
  if (id === undefined) return undefined;
  return findAccount(c.var.deps, id).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined;
    throw error;
  });
}

type Shown = { problems?: Problem[]; code?: string; sent?: boolean };

async function show(
  c: Ctx,
  account: Account,
  { problems = [], code = "", sent = false }: Shown,
  status: 200 | 422 = 200,
) {
  const wait = await secondsToWait(c.var.deps, { purpose: "activation", holder: `account:${account.id}` });
  const asksPassword = await wantsPassword(c.var.deps, account.id);
  const data = { email: account.email, userName: account.userName, wait, problems, code, sent, asksPassword };
  return page(c, "public/activation/page", data, status);
}

const gone = (c: Ctx): Response => page(c, "public/activation/gone", {}, 404);

async function tryCode(c: Ctx, account: Account, body: FormBody): Promise<Response> {
  const code = text(body, "code");
  const password = text(body, "password");
  await limitSource(c, perSource);
  const asksPassword = await wantsPassword(c.var.deps, account.id);
  const own = [account.userName, account.mobile, account.name];
  const weak = asksPassword ? passwordProblems(password, text(body, "passwordAgain"), own) : [];
  if (weak.length > 0) return show(c, account, { problems: weak, code }, 422);
  const done = await activate(c.var.deps, account, code, asksPassword ? password : undefined);
  if (done.result === "taken") return page(c, "public/activation/taken", {}, 422);
  const problem = done.result === "activated" ? undefined : codeProblem(done);
  if (problem) return show(c, account, { problems: [{ field: "code", text: problem }], code }, 422);
  // The browser that registered knows the password: its first login needs no second step.
  if (readTicket<Activation>(c, "activation")?.accountId === account.id)
    await rememberDevice(c.var.deps, account.id, deviceToken(c));
  dropTicket(c, "activation");
  return page(c, "public/activation/done", { userName: account.userName });
}

async function resend(c: Ctx, account: Account): Promise<Response> {
  await limitSource(c, perSource);
  const requested = await resendActivation(c.var.deps, account);
  if (requested.state === "requested") return show(c, account, { sent: true });
  return show(c, account, { problems: [{ field: "code", text: `请在${requested.seconds}秒后再重发` }] }, 422);
}

/** 激活: by the code typed in, or by the link of the mail, which brings the code and still asks to press the button. */
export const activation = (_deps: Deps) => {
  const open = async (c: Ctx): Promise<Response> => {
    const account = await accountOf(c);
    if (!account) return gone(c);
    if (account.state !== "pending") return page(c, "public/activation/done", { userName: account.userName });
    return show(c, account, { code: c.req.query("code") ?? "" });
  };
  const send = async (c: Ctx): Promise<Response> => {
    const account = await accountOf(c);
    if (!account) return gone(c);
    const body = await readBody(c);
    return text(body, "act") === "resend" ? resend(c, account) : tryCode(c, account, body);
  };
  return new Hono<Env>()
    .get("/register/activation", allow("anyone"), open)
    .post("/register/activation", allow("anyone"), send)
    .get("/register/activation/:ref", allow("anyone"), open)
    .post("/register/activation/:ref", allow("anyone"), send);
};
