import { Hono } from "hono";
import {
  blankRegistration,
  inPageOrder,
  isWholePlace,
  placeCode,
  type Registration,
  readPlace,
  readRegistration,
  registrationProblems,
} from "../../forms/registration.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import { asksForCaptcha, drawCaptcha, isCaptchaRight, redrawCaptcha } from "../../middleware/captcha.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { fragment, page } from "../../middleware/page.ts";
import { limitSource } from "../../middleware/rate-limit.ts";
import { writeTicket } from "../../middleware/ticket.ts";
import { isNameTaken, register } from "../../models/account/register.ts";
import { ispsServing } from "../../models/isp/isp.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { agreedBy } from "./agreement.ts";

const perSource = { name: "registration", most: 30, seconds: 3600 };

/** Keeps which account this browser has registered, until its code comes. */
export type Activation = { accountId: number };

const DAY = 24 * 3600;

type Shown = { values: Registration; problems: Problem[]; captcha: unknown; agreed: string | undefined };

/** Providers for the chosen place: on the host of one only that one; a single one is chosen by itself. */
async function placeView(c: Ctx, values: Pick<Registration, "province" | "city" | "county" | "ispId">) {
  const { isp, ispByHost, deps } = c.var;
  const serving = isWholePlace(values) ? await ispsServing(deps.db, placeCode(values)) : [];
  const providers = serving.filter(({ id }) => !ispByHost || id === isp?.id);
  const ispId = providers.length === 1 ? String(providers[0]?.id) : values.ispId;
  return { place: values, providers, ispId, whole: isWholePlace(values), onlyHere: ispByHost };
}

async function show(c: Ctx, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  return page(c, "public/registration/page", { ...shown, ...(await placeView(c, shown.values)) }, status);
}

/** What only the database knows: the provider serves the place, the name is free. */
async function furtherProblems(c: Ctx, values: Registration): Promise<Problem[]> {
  const problems: Problem[] = [];
  if (values.userName && (await isNameTaken(c.var.deps, values.userName)))
    problems.push({ field: "userName", text: `用户名${values.userName}已有人使用，请换一个` });
  const { providers, whole, ispId } = await placeView(c, values);
  if (whole && !providers.some(({ id }) => String(id) === ispId))
    problems.push({
      field: "ispId",
      text: providers.length > 0 ? "请选择接入商" : "这个地方还没有接入商，请换一个接入点",
    });
  return problems;
}

/** Every problem of the form. The captcha is looked at last and only when nothing else is wrong: it can be used once. */
async function problemsOf(c: Ctx, values: Registration, body: FormBody): Promise<Problem[]> {
  const problems = inPageOrder([
    ...registrationProblems(values, body),
    ...(await furtherProblems(c, values)),
  ]);
  if (!agreedBy(c)) problems.unshift({ field: "agreed", text: "请先阅读并同意用户协议和备案须知" });
  const asked = c.var.deps.config.captcha !== "off";
  if (problems.length === 0 && asked && !(await isCaptchaRight(c, body)))
    problems.push({ field: "captcha", text: "验证码不对，请看新的一张再输入" });
  return problems;
}

const isOnlyAsking = (body: FormBody): boolean => text(body, "act") === "region" || asksForCaptcha(body);

const captchaOf = (c: Ctx, body: FormBody) =>
  c.var.deps.config.captcha === "off" ? undefined : redrawCaptcha(c, body);

/** Shows the form again with all that was typed but the passwords. */
const again = async (c: Ctx, body: FormBody, values: Registration, problems: Problem[]): Promise<Response> =>
  show(
    c,
    { values, problems, captcha: await captchaOf(c, body), agreed: agreedBy(c)?.version },
    problems.length > 0 ? 422 : 200,
  );

async function registerNow(c: Ctx, body: FormBody, values: Registration): Promise<Response> {
  const { ispId } = await placeView(c, values);
  const agreed = agreedBy(c);
  const registered = await register(c.var.deps, {
    ...values,
    ispId: Number(ispId),
    password: text(body, "password"),
    division: placeCode(values),
    agreementVersion: agreed?.version ?? "",
    agreedAt: new Date(agreed?.at ?? Date.now()),
  });
  if (registered.state === "name-taken")
    return again(c, body, values, [
      { field: "userName", text: `用户名${values.userName}已有人使用，请换一个` },
    ]);
  writeTicket<Activation>(c, "activation", { accountId: registered.accountId }, DAY);
  return c.redirect("/register/activation", 303);
}

/** 注册: the form, its place and providers, and the account that waits for its code. */
export const registration = (_deps: Deps) =>
  new Hono<Env>()
    .get("/register", allow("anyone"), async (c) => {
      if (c.var.actor) return c.redirect("/", 303);
      const agreed = agreedBy(c);
      if (!agreed) return c.redirect("/agreement", 303);
      const captcha = c.var.deps.config.captcha === "off" ? undefined : await drawCaptcha(c);
      return show(c, { values: blankRegistration, problems: [], captcha, agreed: agreed.version });
    })
    .get("/register/place", allow("anyone"), async (c) => {
      const place = readPlace((key) => c.req.query(key) ?? "");
      const data = await placeView(c, { ...place, ispId: c.req.query("ispId") ?? "" });
      return fragment(c, "public/registration/_place", { ...data, errors: {} });
    })
    .post("/register", allow("anyone"), async (c) => {
      const body = await readBody(c);
      const values = readRegistration(body);
      if (isOnlyAsking(body)) return again(c, body, values, []);
      await limitSource(c, perSource);
      const problems = await problemsOf(c, values, body);
      return problems.length > 0 ? again(c, body, values, problems) : registerNow(c, body, values);
    });
