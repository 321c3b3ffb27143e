import { setTimeout as sleep } from "node:timers/promises";
import { GatewayFailed } from "../../lib/gateway-failed.ts";

/** Milliseconds: `timeout` for one request with its whole answer, `pauses` before each further try. */
export type Limits = { timeout: number; pauses: readonly number[] };

/** For requests of people and jobs: three tries, a minute at most. */
export const PATIENT: Limits = { timeout: 20_000, pauses: [200, 1000] };

/** For somebody who waits for an answer about the store itself. */
export const QUICK: Limits = { timeout: 5000, pauses: [] };

/**
 * The object store did not do what was asked. `reason` is its error code (`NoSuchKey` …) or the system's; `again` says
 * whether another try may help. The message names neither key nor address, so that a log may keep it.
 */
export class StorageFailed extends GatewayFailed {
  override name = "StorageFailed";
  readonly reason: string;
  readonly again: boolean;
  readonly safe: string;

  constructor(message: string, reason: string, again: boolean) {
    super(message);
    this.reason = reason;
    this.again = again;
    this.safe = message;
  }
}

/** What to do about an error code; Amazon's list and the ones that Aliyun OSS adds to it. */
const ADVICE: Record<string, string> = {
  InvalidAccessKeyId: "does not know the access key: check STORAGE_ACCESS_KEY",
  SignatureDoesNotMatch: "refuses the signature: check STORAGE_SECRET_KEY and the region",
  AccessDenied: "denies access: allow this key to put, get, list and delete in the bucket",
  NoSuchBucket: "has no such bucket: create it, or mend its name",
  AuthorizationHeaderMalformed: "expects another region: add ?region=… to the address",
  PermanentRedirect: "keeps the bucket elsewhere: use the host of the bucket's own region",
  TemporaryRedirect: "keeps the bucket elsewhere: use the host of the bucket's own region",
  SecondLevelDomainForbidden: "wants the bucket in the host name: add style=host to the address",
  RequestTimeTooSkewed: "has another time: set the clock of this machine",
};

/** A refusal that another try may undo, beside every 5xx. */
const PASSING = new Set(["RequestTimeout", "SlowDown", "BadDigest"]);

/**
 * A `fetch` for an object store: each request has a time limit that covers its answer to the last byte, is tried again
 * where that may help (every operation used here may be repeated), and ends in an answer of 2xx or in `StorageFailed`.
 */
export function storeFetch({ timeout, pauses }: Limits): typeof fetch {
  return async (input, init) => {
    for (let tried = 0; ; tried++) {
      try {
        return await once(input, init, timeout);
      } catch (error) {
        const pause = pauses[tried];
        if (pause === undefined || !(error instanceof StorageFailed && error.again)) throw error;
        // Spread, so that processes that failed together do not come back together.
        await sleep(pause * (0.5 + Math.random()));
      }
    }
  };
}

async function once(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  timeout: number,
): Promise<Response> {
  const answer = await exchange(input, init, timeout).catch((error) => {
    throw lost(error, timeout);
  });
  const { status, headers, body } = answer;
  if (status < 200 || status > 299) throw refusal(status, body.toString("utf8"));
  return new Response(status === 204 ? null : new Uint8Array(body), { status, headers });
}

async function exchange(input: RequestInfo | URL, init: RequestInit | undefined, timeout: number) {
  const response = await fetch(input, {
    ...init,
    signal: AbortSignal.timeout(timeout),
    redirect: "manual",
  });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

/** Node's fetch wraps the system's error. */
function lost(error: Error, timeout: number): StorageFailed {
  if (error.name === "TimeoutError")
    return new StorageFailed(`the object store gave no answer within ${timeout / 1000} s`, "timeout", true);
  const code = (error.cause as { code?: string } | undefined)?.code ?? error.name;
  return new StorageFailed(
    `the object store cannot be reached, or broke off (${code}): check host, port and tls of the address`,
    code,
    true,
  );
}

function refusal(status: number, body: string): StorageFailed {
  const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(body.slice(0, 10_000))?.[1];
  const advice = code !== undefined && Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
  const what = code === undefined ? `${status}` : `${status} ${code}`;
  const again = status >= 500 || status === 429 || PASSING.has(code ?? "");
  const message = advice ? `the object store ${advice} (${what})` : `the object store answered ${what}`;
  return new StorageFailed(message, code ?? String(status), again);
}
