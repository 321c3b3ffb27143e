import { captchaQuestion, checkCaptcha, newCaptcha } from "../models/captcha/captchas.ts";
import { type FormBody, text } from "./body.ts";
import type { Ctx } from "./env.ts";

/** What the component `captcha` draws: a picture, or with `question` a question in words. */
export type CaptchaView = { id: string; question: string | undefined };

/** A new captcha for a form; `words` asks in words instead of showing a picture. */
export async function drawCaptcha(c: Ctx, words = false): Promise<CaptchaView> {
  const id = await newCaptcha(c.var.deps);
  return { id, question: words ? captchaQuestion(c.var.deps.vault, id).question : undefined };
}

/** The captcha that a form shows after it was sent: a new one of the kind that was chosen. */
export const redrawCaptcha = (c: Ctx, body: FormBody): Promise<CaptchaView> =>
  drawCaptcha(
    c,
    text(body, "act") === "captcha-words" ||
      (text(body, "captchaWords") === "1" && text(body, "act") !== "captcha"),
  );

/** Whether the form's captcha was answered. Uses it up. */
export const isCaptchaRight = (c: Ctx, body: FormBody): Promise<boolean> =>
  checkCaptcha(c.var.deps, text(body, "captchaId"), text(body, "captcha"));

/** Whether the button pressed only asks for another captcha. */
export const asksForCaptcha = (body: FormBody): boolean =>
  ["captcha", "captcha-words"].includes(text(body, "act"));
