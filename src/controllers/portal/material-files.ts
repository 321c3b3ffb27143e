import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { type Env, registrant } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import { isViewedCopy, materialForActor } from "../../models/material/opening.ts";
import type { Deps } from "../deps.ts";
import { sendPicture } from "../pictures.ts";
import { placeOf } from "./materials.ts";

/** A picture for its owner: what lies in a slot now, or with `v` the one of this id. */
export const materialFiles = (deps: Deps) =>
  new Hono<Env>().get("/filings/:id/materials/:slot/:copy", allow("registrant"), async (c) => {
    const copy = c.req.param("copy");
    if (!isViewedCopy(copy)) throw new NotFound("no such copy");
    const version = Number(c.req.query("v"));
    const which = Number.isSafeInteger(version) && version > 0 ? { id: version } : placeOf(c);
    const opening = await materialForActor(deps, registrant(c), {
      filing: c.req.param("id"),
      copy,
      ...which,
    });
    return sendPicture(c, deps, opening, copy === "thumbnail" && "id" in which);
  });
