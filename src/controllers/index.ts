import type { Hono } from "hono";
import type { Env } from "../middleware/env.ts";
import { api } from "./api/index.ts";
import { consoleRoutes } from "./console/index.ts";
import type { Deps } from "./deps.ts";
import { outbox } from "./dev/outbox.ts";
import { portalRoutes } from "./portal/index.ts";
import { publicRoutes } from "./public/index.ts";
import { uploads } from "./uploads.ts";

/** Every resource. */
export const routes = (deps: Deps): Hono<Env>[] => [
  ...publicRoutes(deps),
  ...portalRoutes(deps),
  ...consoleRoutes(deps),
  uploads(deps),
  api(deps),
  // Only in the demo: elsewhere these pages do not exist.
  ...(deps.config.demo ? [outbox(deps)] : []),
];
