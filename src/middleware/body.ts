import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { type FormBody, text } from "../lib/form-body.ts";
import { derivedId, isRequestId } from "../lib/ids.ts";
import type { Ctx, Env } from "./env.ts";

export { type FormBody, text, texts } from "../lib/form-body.ts";

/** The null character: no keyboard types it, and no text column takes it. */
const NULL = /\0/g;

const typed = (value: string | File): string | File =>
  typeof value === "string" ? value.replace(NULL, "") : value;

/**
 * The posted form, without null characters. Hono reads it once, however often it is asked for. Throws HTTPException
 * (400) for a body that is not what its header says.
 */
export async function readBody(c: Ctx): Promise<FormBody> {
  const body = (await c.req.parseBody({ all: true }).catch((cause: unknown) => {
    throw cause instanceof BodyTooLong ? cause : new HTTPException(400, { cause });
  })) as FormBody;
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(typed) : typed(value),
  ]);
  return Object.fromEntries(entries) as FormBody;
}

/**
 * The id under which what a form asks for counts once: made of the hidden `requestId` and of what is asked, since one
 * page may hold several forms. A form without an id of ours counts by itself.
 */
export function requestIdIn(c: Ctx, body: FormBody, ...what: string[]): string {
  const sent = text(body, "requestId");
  return derivedId(isRequestId(sent) ? sent : c.var.requestId, ...what);
}

/** More was sent than the page takes. */
export class BodyTooLong extends Error {
  override name = "BodyTooLong";
}

const KB = 1024;
const FORM = 256 * KB;
/** Pictures of 20 MB, two of them in one form (身份证正反面), and the form around them. */
const PICTURES = 42 * KB * KB;
/** A table of filings (批量备案) and the form around it. */
const TABLE = 5 * KB * KB + FORM;

const refuse = (): never => {
  throw new BodyTooLong("the body is longer than this page takes");
};
const formLimit = bodyLimit({ maxSize: FORM, onError: refuse });
const pictureLimit = bodyLimit({ maxSize: PICTURES, onError: refuse });
const tableLimit = bodyLimit({ maxSize: TABLE, onError: refuse });

/** Where pictures are sent to; every other form is small. */
const TAKES_PICTURES =
  /^(\/filings\/[^/]+|\/console\/filings\/[^/]+\/draft)\/(materials\/[^/]+|supplements)$|^\/console\/appointments\/[^/]+\/photo$|^\/certificates\/[^/]+$|^\/u\//;

const TAKES_TABLE = "/filings/batch";

/** Pictures are taken from people who are signed in and on the hand-over page of a phone; nobody else sends much. */
export const limitBody = createMiddleware<Env>((c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  const multipart = c.req.header("content-type")?.startsWith("multipart/form-data") ?? false;
  const signedIn = c.var.actor !== undefined || c.var.handover !== undefined;
  const takesPictures = multipart && signedIn && TAKES_PICTURES.test(c.req.path);
  if (multipart && signedIn && c.req.path === TAKES_TABLE) return tableLimit(c, next);
  return takesPictures ? pictureLimit(c, next) : formLimit(c, next);
});
