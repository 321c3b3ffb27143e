import { Hono } from "hono";
import type { Ctx, Env } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import { isViewedCopy, materialForActor } from "../../models/material/opening.ts";
import type { Deps } from "../deps.ts";
import { desks, writer } from "../desk.ts";
import { sendPicture } from "../pictures.ts";
import { placeOf } from "./materials.ts";

/** A picture for its owner: what lies in a slot now, or with `v` the one of this id. */
export function materialFiles(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app.get(`${filing}/materials/:slot/:copy`, ...who, (c) => send(c, deps));
  return app;
}

async function send(c: Ctx, deps: Deps): Promise<Response> {
  const copy = c.req.param("copy") ?? "";
  if (!isViewedCopy(copy)) throw new NotFound("no such copy");
  const version = Number(c.req.query("v"));
  const which = Number.isSafeInteger(version) && version > 0 ? { id: version } : placeOf(c);
  const wanted = { filing: c.req.param("id") ?? "", copy, ...which };
  const opening = await materialForActor(deps, writer(c), wanted);
  return sendPicture(c, deps, opening, copy === "thumbnail" && "id" in which);
}
