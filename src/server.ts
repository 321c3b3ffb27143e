import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Config } from "./config.ts";

/** The web process: listens and answers until it is stopped. */
export async function startWeb(config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const app = new Hono().get("/healthz", (c) => c.text("ok"));
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) =>
      resolve({
        url: `http://${config.host}:${port}`,
        stop: () => new Promise((done) => server.close(() => done())),
      }),
    );
  });
}
