import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Config } from "../config.ts";
import { stuckBureaus, stuckLine } from "../models/bureau/stuck.ts";
import { readinessProblems } from "../models/isp/readiness.ts";
import { allow } from "./access.ts";
import type { Env, WebDeps } from "./env.ts";
import type { Metrics } from "./metrics.ts";

/** A channel that is not configured is a fault everywhere but in the demo, where the outbox takes its place. */
const channelProblems = ({ demo, smtpUrl, smsUrl }: Config): string[] =>
  demo
    ? []
    : [
        ...(smtpUrl === undefined ? ["mail is not configured: set SMTP_URL"] : []),
        ...(smsUrl === undefined ? ["short messages are not configured: set SMS_URL"] : []),
      ];

/**
 * Queues that are stuck are named and are no reason to take the web away: it serves, whatever a bureau does. That it is
 * so for all of them changes nothing.
 */
async function warningsOf({ db, log }: WebDeps): Promise<string[]> {
  try {
    return (await stuckBureaus(db)).map((stuck) => `warning: ${stuckLine(stuck)}`);
  } catch (error) {
    log.warn({ err: error }, "the queues were not looked at");
    return [];
  }
}

async function problemsOf({ db, config, log }: WebDeps): Promise<string[]> {
  try {
    return [...(await readinessProblems(db)), ...channelProblems(config)];
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return ["the database does not answer"];
  }
}

/** Whether a header carries the token; takes the same time for every wrong one of its length. */
function isToken(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** For those who run it: is the process alive, can it work, what are its figures. They know no host and no session. */
export const operations = (deps: WebDeps, { registry }: Metrics) => {
  const { metricsToken } = deps.config;
  const app = new Hono<Env>()
    .get("/healthz", allow("anyone"), (c) => c.text("ok\n"))
    .get("/readyz", allow("anyone"), async (c) => {
      const problems = await problemsOf(deps);
      const said = [...(problems.length > 0 ? problems : ["ready"]), ...(await warningsOf(deps))];
      return c.text(`${said.join("\n")}\n`, problems.length > 0 ? 503 : 200);
    });
  // Without a token there is no such page.
  if (metricsToken !== undefined)
    app.get("/metrics", allow("anyone"), async (c) => {
      if (!isToken(c.req.header("authorization"), metricsToken)) return c.text("a token is needed\n", 401);
      return c.text(await registry.metrics(), 200, { "content-type": registry.contentType });
    });
  return app;
};
