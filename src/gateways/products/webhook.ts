import { z } from "zod";
import { GatewayFailed } from "../../lib/gateway-failed.ts";
import { newId } from "../../lib/ids.ts";
import { codeRow } from "../../vocabulary/code-tables.ts";
import { parseIpRange } from "../../vocabulary/ip-address.ts";
import { isSameSignature, postSigned, signature, timestampNow } from "../signed-post.ts";
import type { ProductAnswer, ProductGateway } from "./types.ts";

/** Milliseconds for the whole exchange: somebody waits for the page. */
const TIMEOUT = 2_000;
/** An answer is a few hundred bytes. */
const MOST = 64 * 1024;

const range = z.string().transform((text, context) => {
  const parsed = parseIpRange(text);
  if (!parsed.ok) {
    context.addIssue({ code: "custom", message: "no public address" });
    return z.NEVER;
  }
  return parsed.start === parsed.end ? parsed.first : `${parsed.first}-${parsed.last}`;
});

const code = (table: string) =>
  z
    .string()
    .refine((value) => codeRow(table, value) !== undefined)
    .nullable()
    .default(null);

const answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(false) }),
  z.object({
    ok: z.literal(true),
    name: z.string().trim().min(1).max(100),
    ips: z.array(range).max(100).default([]),
    serverPlace: code("province"),
    accessMode: code("access_mode"),
    quota: z.number().int().min(0).max(10_000).default(1),
    customerAccount: z.string().max(100).nullable().default(null),
    validUntil: z.iso.date().nullable().default(null),
  }),
]);

/** Signature of a question. */
export const questionSignature = (secret: string, timestamp: string, body: string): string =>
  signature(secret, timestamp, body);

/** Signature of its answer: bound to the question's timestamp and id, so that no earlier answer can stand for it. */
export const answerSignature = (secret: string, timestamp: string, id: string, body: string): string =>
  signature(secret, timestamp, id, body);

/**
 * Products over the web hook of a provider's own system:
 *
 *     POST <url>
 *     Content-Type: application/json
 *     X-Request-Id: <id>
 *     X-Timestamp: <seconds since 1970>
 *     X-Signature: sha256=<HMAC-SHA256 over timestamp.body>
 *
 *     {"type": "cloud_server", "key": "203.0.113.18", "proof": "…"}
 *
 * It answers 200 with `X-Signature: sha256=<HMAC-SHA256 over timestamp.id.body>` and `{"ok": false}`, or
 * `{"ok": true, "name": …, "ips": […], "serverPlace": "330000", "accessMode": "5", "quota": 3}`.
 */
export const productHook = (timeout = TIMEOUT): ProductGateway => ({
  async ask({ url, secret }, question) {
    const [id, timestamp] = [newId(), timestampNow()];
    const given = await postSigned("the product hook", {
      ...{ url, secret, timestamp, timeout, most: MOST, body: JSON.stringify(question) },
      headers: { "x-request-id": id },
    });
    if (given.status !== 200) throw new GatewayFailed(`the product hook answered ${given.status}`);
    if (!isSameSignature(given.signature, answerSignature(secret, timestamp, id, given.text)))
      throw new GatewayFailed("the answer of the product hook is not signed by it");
    return read(given.text);
  },
});

function read(text: string): ProductAnswer {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    throw new GatewayFailed("the answer of the product hook has no shape we know");
  }
}
