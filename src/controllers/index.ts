import type { Hono } from "hono";
import type { Env } from "../middleware/env.ts";
import type { Deps } from "./deps.ts";
import { home } from "./portal/home.ts";

/** Every resource, one a line. The order matters only where two paths overlap. */
export const routes = (deps: Deps): Hono<Env>[] => [home(deps)];
