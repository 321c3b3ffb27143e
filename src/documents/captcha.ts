import svgCaptcha from "svg-captcha";
import { sharp } from "./engine.ts";

/** The package's main function draws a text of one's own; its types leave it out. */
const draw = svgCaptcha as unknown as (text: string, options: Record<string, unknown>) => string;

/** Without a ground of its own the package draws in dark greys; the letters must be seen by weak eyes too. */
const LOOK = { width: 180, height: 60, noise: 2, fontSize: 76 };

/**
 * The picture of a captcha (验证码): a PNG of 180 × 60, grey on white, some 2 KB. Never the SVG itself: its paths can
 * be read by a program. The same text looks a little different each time.
 */
export const captchaPicture = (text: string): Promise<Buffer> =>
  sharp(Buffer.from(draw(text, LOOK)))
    .flatten({ background: "#ffffff" })
    .greyscale()
    .png({ palette: true, colours: 16, effort: 7 })
    .toBuffer();
