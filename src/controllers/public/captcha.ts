import { Hono } from "hono";
import sharp from "sharp";
import svgCaptcha from "svg-captcha";
import { allow } from "../../middleware/access.ts";
import { drawCaptcha } from "../../middleware/captcha.ts";
import type { Env } from "../../middleware/env.ts";
import { fragment } from "../../middleware/page.ts";
import { limitSource } from "../../middleware/rate-limit.ts";
import { captchaText } from "../../models/captcha/captchas.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";

const pictures = { name: "captcha-pictures", most: 120, seconds: 600 };

/** The package draws a text of one's own, which its types leave out. */
const draw = svgCaptcha as unknown as (text: string, options: Record<string, unknown>) => string;

/** A picture with grey letters on white: paths of an SVG could be read by a program, so it is drawn to PNG. */
const pictureOf = (text: string): Promise<Buffer> =>
  sharp(Buffer.from(draw(text, { width: 150, height: 50, noise: 3, fontSize: 54, background: "#ffffff" })))
    .greyscale()
    .png({ palette: true, colours: 16, effort: 7 })
    .toBuffer();

/** 验证码: the picture, and another one in the place of the one that cannot be read. */
export const captcha = ({ vault }: Deps) =>
  new Hono<Env>()
    .get("/captcha/:name{.+\\.png}", allow("anyone"), async (c) => {
      await limitSource(c, pictures);
      const id = c.req.param("name").replace(/\.png$/, "");
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound("no such captcha");
      c.header("content-type", "image/png");
      return c.body(new Uint8Array(await pictureOf(captchaText(vault, id))));
    })
    .get("/captcha", allow("anyone"), async (c) => {
      await limitSource(c, pictures);
      const drawn = await drawCaptcha(c, c.req.query("words") === "1");
      return fragment(c, "components/captcha", { captcha: drawn, error: undefined });
    });
