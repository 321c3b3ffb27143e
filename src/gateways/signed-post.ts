import { createHmac, timingSafeEqual } from "node:crypto";
import { GatewayFailed } from "../lib/gateway-failed.ts";
import { readAll } from "../lib/streams.ts";

/** `sha256=` and the hex HMAC-SHA256 over the parts joined by full stops, as it stands in X-Signature. */
export const signature = (secret: string, ...parts: string[]): string =>
  `sha256=${createHmac("sha256", secret).update(parts.join(".")).digest("hex")}`;

/** Compares two signatures in a time that tells nothing. */
export function isSameSignature(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Seconds since 1970, as they stand in X-Timestamp. */
export const timestampNow = (): string => String(Math.floor(Date.now() / 1000));

export type Posting = {
  url: string;
  secret: string;
  timestamp: string;
  body: string;
  /** Milliseconds for the whole exchange. */
  timeout: number;
  /** Most bytes of an answer that are read. */
  most: number;
  headers: Record<string, string>;
};

/** Posts a JSON text signed over `timestamp.body`. Throws GatewayFailed when there is no answer; `who` names the other side. */
export async function postSigned(who: string, posting: Posting) {
  const { url, secret, timestamp, body, timeout, most } = posting;
  const headers = {
    "content-type": "application/json",
    "x-timestamp": timestamp,
    "x-signature": signature(secret, timestamp, body),
    ...posting.headers,
  };
  try {
    // What is told is for the address that was set and for no other.
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    const text = response.body ? (await readAll(response.body, most)).toString("utf8") : "";
    return { status: response.status, signature: response.headers.get("x-signature") ?? "", text };
  } catch (error) {
    // The name alone: a message may repeat what was sent.
    throw new GatewayFailed(`${who} gave no answer (${(error as Error).name})`);
  }
}
