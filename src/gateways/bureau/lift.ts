/**
 * A file inside an answer, lifted out of it before anything is parsed: it may be 70 MB of base64, and every layer that
 * read it as text would make a copy of it. What is left of an answer is short.
 */
export type Lifted = { content?: string };

/** What stands in the place of a lifted file. */
export const TOKEN = "LIFTED";

/** A shorter one may stay where it is. */
const WORTH = 64 * 1024;

/** How the element of the file stands in a body: as it is (CDATA), or escaped once inside `<return>`. */
const FORMS = [
  { opening: "<beianInfo>", closing: "</beianInfo>" },
  { opening: "&lt;beianInfo&gt;", closing: "&lt;/beianInfo&gt;" },
  { opening: "&lt;beianInfo>", closing: "&lt;/beianInfo>" },
] as const;

/** Carriage returns inside the base64, as SOAP libraries write them. */
const LINE_ENDS = /&(?:amp;)?#(?:1[03]|x0?[adAD]);/g;

/** The body of an answer without its file, and the file where there is a long one. All of the marks are ASCII. */
export function liftFile(body: Buffer): { rest: Buffer } & Lifted {
  for (const { opening, closing } of FORMS) {
    const start = body.indexOf(opening);
    if (start === -1) continue;
    const from = start + opening.length;
    const until = body.indexOf(closing, from);
    if (until - from < WORTH) return { rest: body };
    const content = body.toString("latin1", from, until);
    const rest = Buffer.concat([body.subarray(0, from), Buffer.from(TOKEN), body.subarray(until)]);
    return { rest, content: content.includes("&") ? content.replace(LINE_ENDS, "") : content };
  }
  return { rest: body };
}
