import { Hono } from "hono";
import { settingGroups } from "../../forms/setting-table.ts";
import { readSettingsForm, type ShownSettings, shownSettings } from "../../forms/settings.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { changeSettings, ispProfile } from "../../models/isp/change-settings.ts";
import type { Problem } from "../../view.ts";
import { divisionName } from "../../vocabulary/divisions.ts";
import type { Deps } from "../deps.ts";
import { changedMeanwhile } from "./meanwhile.ts";

type Typed = { shown: ShownSettings; problems?: Problem[]; meanwhile?: boolean };

/** 设置 of the provider: contact data and how it works. Its hosts and regions are the operator's. */
export const consoleSettings = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/settings", allow("administrator"), (c) => show(c, deps))
    .post("/console/settings", allow("administrator"), (c) => save(c, deps));

async function show(c: Ctx, deps: Deps, typed?: Typed): Promise<Response> {
  const profile = await ispProfile(deps.db, staffMember(c));
  const { problems = [], meanwhile = false } = typed ?? {};
  const data = {
    ...{ profile, problems, meanwhile, groups: settingGroups },
    regions: profile.regions.map(divisionName),
    shown: typed?.shown ?? shownSettings(profile),
    saved: c.req.query("saved") === "1" && !typed,
  };
  return page(c, "console/settings/page", data, meanwhile ? 409 : problems.length > 0 ? 422 : 200);
}

async function save(c: Ctx, deps: Deps): Promise<Response> {
  const { shown, seen, changes, problems } = readSettingsForm(await readBody(c));
  if (problems.length > 0) return show(c, deps, { shown, problems });
  if (await changedMeanwhile(changeSettings(deps, staffMember(c), seen, changes)))
    return show(c, deps, { shown, meanwhile: true });
  return c.redirect("/console/settings?saved=1", 303);
}
