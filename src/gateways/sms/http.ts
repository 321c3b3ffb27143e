import { createHmac } from "node:crypto";
import { SendingFailed } from "../sending.ts";
import type { SmsGateway } from "./types.ts";

/** Milliseconds for the whole request. */
const TIMEOUT = 10_000;

/** System errors that prove that no byte of the request went out. */
const NOT_SENT = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

type Endpoint = { url: string; key: string; secret: string };

/** SMS_URL is `https://<key id>:<secret>@host/path`; key id and secret never stand in the request's address. */
export function smsEndpoint(smsUrl: string): Endpoint {
  const url = new URL(smsUrl);
  const [key, secret] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = "";
  url.password = "";
  return { url: url.href, key, secret };
}

/** Hex HMAC-SHA256 over `<timestamp>.<body>` with the secret of SMS_URL. */
export const smsSignature = (secret: string, timestamp: string, body: string): string =>
  createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");

/**
 * Short messages over an HTTP gateway:
 *
 *     POST <SMS_URL without key and secret>
 *     Content-Type: application/json
 *     Idempotency-Key: <id of the notice>
 *     X-Key-Id: <key id>
 *     X-Timestamp: <seconds since 1970>
 *     X-Signature: sha256=<see smsSignature>
 *
 *     {"id": "<id of the notice>", "to": "13800001234", "text": "【…】…"}
 *
 * 2xx: accepted. 429 and 503: not taken, try again. Other 4xx: refused. Anything else, a lost connection or no answer
 * within ten seconds: unclear.
 */
export function httpSms(smsUrl: string, timeout = TIMEOUT): SmsGateway {
  const endpoint = smsEndpoint(smsUrl);
  return {
    async send(message) {
      const body = JSON.stringify({ id: message.id, to: message.to, text: message.text });
      judge(await post(endpoint, message.id, body, timeout));
    },
  };
}

async function post(
  { url, key, secret }: Endpoint,
  id: string,
  body: string,
  timeout: number,
): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    "Content-Type": "application/json",
    "Idempotency-Key": id,
    "X-Key-Id": key,
    "X-Timestamp": timestamp,
    "X-Signature": `sha256=${smsSignature(secret, timestamp, body)}`,
  };
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw lost(error);
  }
}

/** Node's fetch wraps the system's error: its code tells whether anything was sent. */
function lost(error: unknown): SendingFailed {
  const code = ((error as Error).cause as { code?: string } | undefined)?.code ?? (error as Error).name;
  return NOT_SENT.includes(code)
    ? new SendingFailed("again", `the short-message gateway could not be reached (${code})`)
    : new SendingFailed("unclear", `the short-message gateway gave no answer (${code})`);
}

function judge(status: number): void {
  if (status >= 200 && status < 300) return;
  if (status === 429 || status === 503)
    throw new SendingFailed("again", `the short-message gateway is busy (${status})`);
  if (status >= 400 && status < 500)
    throw new SendingFailed("refused", `the short-message gateway refused the message (${status})`);
  throw new SendingFailed("unclear", `the short-message gateway answered ${status}`);
}
