import { Hono } from "hono";
import { type CropForm, cropEdges, noCrop, readCrop } from "../../forms/crop.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { cropMaterial, croppable } from "../../models/material/crop.ts";
import { filingPath } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { type DeskFiling, deskFiling, desks, writer } from "../desk.ts";
import { backTo, countUpload, placeOf } from "./materials.ts";

/** 裁剪: the edges of a picture are cut off, with a frame to draw where scripts run, by numbers where not. */
export function crop(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .get(`${filing}/materials/:slot/crop`, ...who, async (c) => show(c, deps, await deskFiling(c, deps)))
      .post(`${filing}/materials/:slot/crop`, ...who, (c) => cut(c, deps));
  return app;
}

async function cut(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await deskFiling(c, deps);
  await countUpload(c, deps);
  const place = placeOf(c);
  const body = await readBody(c);
  const { material } = await croppable(deps, filing, place);
  const form = readCrop(body, { width: material.width ?? 0, height: material.height ?? 0 });
  if (!form.crop) return show(c, deps, filing, form, 422);
  const change = { ...place, filingId: filing.id, requestId: text(body, "requestId"), crop: form.crop };
  const materialId = wholeNumber(text(body, "material")) ?? 0;
  await cropMaterial(deps, deps.files, writer(c), { ...change, materialId });
  return backTo(c, filing, place);
}

async function show(
  c: Ctx,
  deps: Deps,
  filing: DeskFiling,
  form: Pick<CropForm, "values" | "problems"> = { values: noCrop, problems: [] },
  status: 200 | 422 = 200,
): Promise<Response> {
  const place = placeOf(c);
  const { material, label } = await croppable(deps, filing, place);
  const at = `${filingPath(filing)}/materials/${place.slot}`;
  const data = {
    ...{ filing, label, edges: cropEdges, title: filingTitle(filing), materialId: material.id },
    ...{ values: form.values, problems: form.problems },
    action: `${at}/crop?section=${place.sectionId}`,
    picture: `${at}/full?section=${place.sectionId}&v=${material.id}`,
    back: `${filingPath(filing)}/${place.slot === "photo" ? "photo" : "materials"}`,
  };
  return page(c, "portal/crop/page", data, status);
}
