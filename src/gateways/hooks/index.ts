import { isSameSignature, postSigned, signature, timestampNow } from "../signed-post.ts";
import { refuseForbidden } from "./address.ts";
import type { HookGateway } from "./types.ts";

export { hookAddress } from "./address.ts";
export type { HookAnswer, HookGateway, HookMessage } from "./types.ts";

/** Milliseconds for one try; nobody waits for it. */
const TIMEOUT = 10_000;
/** An answer is a word or two. */
const MOST = 16 * 1024;

/** The web hook as README.md describes it to those who build the other side. Redirects are not followed. */
export const createHookGateway = (timeout = TIMEOUT): HookGateway => ({
  async deliver({ url, secret }, { id, body }) {
    await refuseForbidden(url);
    const timestamp = timestampNow();
    const answer = await postSigned("the hook", {
      ...{ url, secret, timestamp, body, timeout, most: MOST, headers: { "x-event-id": id } },
    });
    const { status, text } = answer;
    // Only who holds the secret can say that an access is cut; bound to this try, so that no earlier answer stands for it.
    const signed = isSameSignature(answer.signature, signature(secret, timestamp, id, text));
    return { status, done: signed && status >= 200 && status < 300 && saysDone(text) };
  },
});

function saysDone(text: string): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && "done" in said && said.done === true;
  } catch {
    return false;
  }
}
