import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { FormBody } from "../lib/form-body.ts";
import type { Ctx, Env } from "./env.ts";

export { type FormBody, text, texts } from "../lib/form-body.ts";

/** The posted form; read once, however often it is asked for. */
export const readBody = (c: Ctx): Promise<FormBody> => c.req.parseBody({ all: true }) as Promise<FormBody>;

/** More was sent than the page takes. */
export class BodyTooLong extends Error {
  override name = "BodyTooLong";
}

const KB = 1024;
const FORM = 256 * KB;
/** Pictures of 20 MB, two of them in one form (身份证正反面), and the form around them. */
const PICTURES = 42 * KB * KB;

const refuse = (): never => {
  throw new BodyTooLong("the body is longer than this page takes");
};
const formLimit = bodyLimit({ maxSize: FORM, onError: refuse });
const pictureLimit = bodyLimit({ maxSize: PICTURES, onError: refuse });

/** Pictures are taken from people who are signed in and on the hand-over page of a phone; nobody else sends much. */
export const limitBody = createMiddleware<Env>((c, next) => {
  const multipart = c.req.header("content-type")?.startsWith("multipart/form-data") ?? false;
  const takesPictures = multipart && (c.var.actor !== undefined || c.req.path.startsWith("/u/"));
  return takesPictures ? pictureLimit(c, next) : formLimit(c, next);
});
