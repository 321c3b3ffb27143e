import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import type { Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { Deps } from "../deps.ts";

/** 首页: what to do now for a registrant; for a visitor what this is and where to begin. */
export const home = (_deps: Deps) =>
  new Hono<Env>().get("/", allow("anyone"), (c) =>
    page(c, c.var.actor ? "portal/home/page" : "public/welcome/page", {}),
  );
