import { Hono } from "hono";
import { contactProblem, contactWords, readContact } from "../../forms/contact.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { dropTicket, readTicket, writeTicket } from "../../middleware/ticket.ts";
import {
  type Contact,
  confirmContactChange,
  requestContactChange,
} from "../../models/account/contact-change.ts";
import { type Account, findAccount } from "../../models/account/find.ts";
import { hasPassword } from "../../models/account/password.ts";
import { codeProblem, secondsToWait } from "../../models/code/codes.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

/** The new address or number, until its code is typed in. */
type Pending = { contact: Contact; value: string; accountId: number };

const perAccount = { name: "contact-change", most: 20, seconds: 3600 };

type Shown = { value?: string; pending?: string; problems?: Problem[]; sent?: boolean };

async function show(c: Ctx, contact: Contact, account: Account, shown: Shown, status: 200 | 422 = 200) {
  const wait = await secondsToWait(c.var.deps, {
    purpose: `${contact}-change`,
    holder: `account:${account.id}`,
  });
  const { value = "", pending, problems = [], sent = false } = shown;
  const data = {
    contact,
    words: contactWords[contact],
    now: account[contact],
    value,
    pending,
    problems,
    sent,
    wait,
  };
  return page(c, "portal/account/contact", data, status);
}

const pendingOf = (c: Ctx, contact: Contact, account: Account): string | undefined => {
  const pending = readTicket<Pending>(c, "change");
  return pending?.contact === contact && pending.accountId === account.id ? pending.value : undefined;
};

async function request(c: Ctx, contact: Contact, account: Account, body: FormBody): Promise<Response> {
  const value = readContact(contact, text(body, "value"));
  const problems = contactProblem(contact, value, account[contact]);
  if (problems.length === 0 && !(await hasPassword(account, text(body, "current"))))
    problems.push({ field: "current", text: "登录密码不对" });
  if (problems.length > 0) return show(c, contact, account, { value, problems }, 422);
  return send(c, contact, account, value);
}

async function send(c: Ctx, contact: Contact, account: Account, value: string): Promise<Response> {
  const requested = await requestContactChange(c.var.deps, account, contact, value);
  const problems: Problem[] =
    requested.state === "too-soon" ? [{ field: "code", text: `请在${requested.seconds}秒后再重发` }] : [];
  if (problems.length > 0 && pendingOf(c, contact, account) !== value)
    return show(
      c,
      contact,
      account,
      { value, problems: [{ ...problems[0], field: "value" } as Problem] },
      422,
    );
  writeTicket<Pending>(c, "change", { contact, value, accountId: account.id }, 1200);
  return show(
    c,
    contact,
    account,
    { pending: value, problems, sent: problems.length === 0 },
    problems.length ? 422 : 200,
  );
}

async function confirm(c: Ctx, contact: Contact, account: Account, pending: string, code: string) {
  const checked = await confirmContactChange(c.var.deps, account, contact, pending, code);
  const problem = codeProblem(checked);
  if (problem)
    return show(c, contact, account, { pending, problems: [{ field: "code", text: problem }] }, 422);
  dropTicket(c, "change");
  return c.redirect("/account?saved", 303);
}

/** A new 电子邮箱 or 手机: the password, then a code sent to the new one. */
export const accountContact = (deps: Deps) => {
  const accountOf = (c: Ctx) => findAccount(deps, registrant(c).accountId);
  const open = (contact: Contact) => async (c: Ctx) => {
    const account = await accountOf(c);
    const pending = pendingOf(c, contact, account);
    return show(c, contact, account, pending === undefined ? {} : { pending });
  };
  const post = (contact: Contact) => async (c: Ctx) => {
    const account = await accountOf(c);
    const { over, retryAfter } = await countHit(deps, perAccount, String(account.id));
    if (over) throw new TooMany(retryAfter);
    const body = await readBody(c);
    const pending = pendingOf(c, contact, account);
    if (text(body, "act") === "other") {
      dropTicket(c, "change");
      return c.redirect(`/account/${contact}`, 303);
    }
    if (pending === undefined) return request(c, contact, account, body);
    if (text(body, "act") === "resend") return send(c, contact, account, pending);
    return confirm(c, contact, account, pending, text(body, "code"));
  };
  return new Hono<Env>()
    .get("/account/email", allow("registrant"), open("email"))
    .post("/account/email", allow("registrant"), post("email"))
    .get("/account/mobile", allow("registrant"), open("mobile"))
    .post("/account/mobile", allow("registrant"), post("mobile"));
};
