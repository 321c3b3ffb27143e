import { Hono } from "hono";
import type { Deps } from "./controllers/deps.ts";
import { routes } from "./controllers/index.ts";
import { accessTable } from "./middleware/access.ts";
import { plainAddress } from "./middleware/address.ts";
import { limitBody } from "./middleware/body.ts";
import { codesOfIsp } from "./middleware/codes.ts";
import { csrf } from "./middleware/csrf.ts";
import type { Env } from "./middleware/env.ts";
import { notFound, onError } from "./middleware/errors.ts";
import { handoverDoor } from "./middleware/handover.ts";
import { ispFinder, ispOfHost } from "./middleware/isp.ts";
import { createMetrics } from "./middleware/metrics.ts";
import { operations } from "./middleware/operations.ts";
import { queueLinks } from "./middleware/queues.ts";
import { limitVisitors } from "./middleware/rate-limit.ts";
import { request } from "./middleware/request.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { session } from "./middleware/session.ts";
import { staticFiles } from "./middleware/static-files.ts";

export type AppDeps = Deps;

/** The web application: middleware in order, then routes. Throws when a route says nothing about who may open it. */
export function createApp(deps: AppDeps): Hono<Env> {
  const isps = ispFinder(deps);
  const metrics = createMetrics();
  const app = new Hono<Env>();
  app.onError(onError);
  app.notFound(notFound);
  app.use(request(deps));
  app.use(metrics.measure);
  app.use(securityHeaders);
  app.use(plainAddress);
  app.route("/", operations(deps, metrics));
  app.route("/", staticFiles());
  app.use(ispOfHost(deps, isps));
  app.use(session(deps, isps));
  app.use(handoverDoor(deps, isps));
  app.use(limitBody);
  app.use(csrf);
  app.use(limitVisitors);
  app.use(queueLinks(deps));
  app.use(codesOfIsp(deps));
  for (const routesOf of routes(deps)) app.route("/", routesOf);
  accessTable(app);
  return app;
}
