import { Hono } from "hono";
import { profileProblems, readProfile } from "../../forms/profile.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { findProfile, saveProfile } from "../../models/account/profile.ts";
import { closeSessions, listSessions } from "../../models/session/sessions.ts";
import type { Deps } from "../deps.ts";

/** 个人信息, and the devices that are signed in. */
export const account = (deps: Deps) =>
  new Hono<Env>()
    .get("/account", allow("registrant"), async (c) => {
      const profile = await findProfile(deps, registrant(c).accountId);
      const saved = c.req.query("saved") !== undefined;
      return page(c, "portal/account/page", { profile, values: profile, problems: [], saved });
    })
    .post("/account", allow("registrant"), async (c) => {
      const { accountId } = registrant(c);
      const values = readProfile(await readBody(c));
      const problems = profileProblems(values);
      const profile = await findProfile(deps, accountId);
      if (problems.length > 0)
        return page(c, "portal/account/page", { profile, values, problems, saved: false }, 422);
      await saveProfile(deps, accountId, values);
      return c.redirect("/account?saved", 303);
    })
    .get("/account/sessions", allow("registrant"), async (c) => {
      const sessions = await listSessions(
        deps.db,
        "account",
        registrant(c).accountId,
        c.var.sessionSecret ?? "",
      );
      return page(c, "portal/account/sessions", { sessions, ended: c.req.query("ended") !== undefined });
    })
    .post("/account/sessions", allow("registrant"), async (c) => {
      await closeSessions(deps.db, "account", registrant(c).accountId, c.var.sessionSecret);
      return c.redirect("/account/sessions?ended", 303);
    });
