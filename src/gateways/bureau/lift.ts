import { randomUUID } from "node:crypto";
import type { Parameter } from "./authentication.ts";

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

/** A call without its file, and how the file comes back into the text that is made of the call. */
export type Aside = { parameters: readonly Parameter[]; bodyOf(text: string): string[] };

/**
 * Sets the file of a call aside, so that no layer that builds text escapes and copies it: base64 has nothing to escape.
 * Its place is held by a word that stands nowhere else, and the body is told in parts.
 */
export function setAside(parameters: readonly Parameter[]): Aside {
  const file = parameters.find(([name]) => name === "beianInfo");
  if (!file) return { parameters, bodyOf: (text) => [text] };
  const [name, content] = file;
  const word = randomUUID();
  return {
    parameters: parameters.map((one) => (one === file ? [name, word] : one)),
    bodyOf: (text) => text.split(word).flatMap((part, at) => (at === 0 ? [part] : [String(content), part])),
  };
}
