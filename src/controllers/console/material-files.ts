import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { type Env, staffMember } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import { isViewedCopy, materialForActor } from "../../models/material/opening.ts";
import type { Deps } from "../deps.ts";
import { sendPicture } from "../pictures.ts";

/** A picture of a filing for staff whose role sees pictures; each opening is recorded, so none comes from a cache. */
export const consoleMaterialFiles = (deps: Deps) =>
  new Hono<Env>().get(
    "/console/filings/:id/materials/:materialId/:copy",
    allow("initial_reviewer", "verifier", "submitter"),
    async (c) => {
      const { id: filing, materialId, copy } = c.req.param();
      const id = Number(materialId);
      if (!isViewedCopy(copy) || !Number.isSafeInteger(id)) throw new NotFound("no such picture");
      const opening = await materialForActor(deps, staffMember(c), { filing, copy, id });
      return sendPicture(c, deps, opening, false);
    },
  );
