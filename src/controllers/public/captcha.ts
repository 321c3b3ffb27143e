import { Hono } from "hono";
import { captchaPicture } from "../../documents/captcha.ts";
import { allow } from "../../middleware/access.ts";
import { drawCaptcha } from "../../middleware/captcha.ts";
import type { Env } from "../../middleware/env.ts";
import { fragment } from "../../middleware/page.ts";
import { limitSource } from "../../middleware/rate-limit.ts";
import { captchaText } from "../../models/captcha/captchas.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";

const pictures = { name: "captcha-pictures", most: 120, seconds: 600 };

/** 验证码: the picture, and another one in the place of the one that cannot be read. */
export const captcha = ({ vault }: Deps) =>
  new Hono<Env>()
    .get("/captcha/:name{.+\\.png}", allow("anyone"), async (c) => {
      await limitSource(c, pictures);
      const id = c.req.param("name").replace(/\.png$/, "");
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound("no such captcha");
      c.header("content-type", "image/png");
      return c.body(new Uint8Array(await captchaPicture(captchaText(vault, id))));
    })
    .get("/captcha", allow("anyone"), async (c) => {
      await limitSource(c, pictures);
      const drawn = await drawCaptcha(c, c.req.query("words") === "1");
      return fragment(c, "components/captcha", { captcha: drawn, error: undefined });
    });
