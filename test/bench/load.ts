import autocannon from "autocannon";
import { median } from "./row.ts";

/** One address under load; `path` and `fresh` give path and body of each request where they must differ. */
export type Target = {
  url: string;
  method?: "GET" | "POST";
  headers: Record<string, string>;
  path?: () => string;
  fresh?: () => string;
  /** The status of every answer; another one fails the run. */
  status: number;
};

/** Requests a second and the median time of an answer in milliseconds. */
export type Speed = { perSecond: number; p50: number };

const CONNECTIONS = 10;
const SECONDS = 4;
const ROUNDS = 3;

async function fire(target: Target, seconds: number): Promise<Speed> {
  const { url, method = "GET", headers, path, fresh } = target;
  const setupRequest = (request: object) => ({
    ...request,
    ...(path ? { path: path() } : {}),
    ...(fresh ? { body: fresh() } : {}),
  });
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method, headers, ...(path || fresh ? { setupRequest } : {}) }],
  });
  const statuses = Object.keys(result.statusCodeStats ?? {});
  if (result.errors > 0 || statuses.some((status) => Number(status) !== target.status))
    throw new Error(`${url} answered ${statuses.join(", ")} with ${result.errors} errors`);
  return { perSecond: result.requests.average, p50: result.latency.p50 };
}

/**
 * Both addresses under the same load in turn, A B A B …, so that a busy machine slows both; medians of the rounds. Each
 * is warmed up first.
 */
export async function alternate(a: Target, b: Target): Promise<[Speed, Speed]> {
  const speeds: [Speed[], Speed[]] = [[], []];
  for (const target of [a, b]) await fire(target, 2);
  for (let round = 0; round < ROUNDS; round++) {
    speeds[0].push(await fire(a, SECONDS));
    speeds[1].push(await fire(b, SECONDS));
  }
  const middle = (all: Speed[]): Speed => ({
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    p50: median(all.map(({ p50 }) => p50)),
  });
  return [middle(speeds[0]), middle(speeds[1])];
}
