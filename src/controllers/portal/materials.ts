import { Hono } from "hono";
import { controlIds, readMaterialForm } from "../../forms/material.ts";
import { isoDate } from "../../lib/dates.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { NotFound } from "../../models/errors.ts";
import type { Filing } from "../../models/filing/rows.ts";
import {
  changeFormDate,
  deleteMaterial,
  rotateMaterial,
  uploadMaterial,
} from "../../models/material/change.ts";
import type { Place } from "../../models/material/slots.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { filingPath } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { deskFiling, desks, writer } from "../desk.ts";
import { holderOf, LOST, withUploads } from "../uploads.ts";
import type { Sent } from "./material-cards.ts";
import { materialsPage, type Phase } from "./materials-page.ts";
import { readPictures } from "./pictures.ts";
import { withExtras } from "./slot-extras.ts";

/** Pictures an account puts in or turns in an hour: replaced ones are kept for the history, and the disk has an end. */
const perAccount = { name: "uploads", most: 400, seconds: 3600 };

export async function countUpload(c: Ctx, deps: Deps): Promise<void> {
  const { over, retryAfter } = await countHit(deps, perAccount, holderOf(c).holder);
  if (over) throw new TooMany(retryAfter);
}

/** 上传证件及核验单, and the photo of step ④: pictures are put in, replaced, turned and taken out, a slot at a time. */
export function materials(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .get(`${filing}/materials`, ...who, async (c) => show(c, deps, await deskFiling(c, deps), "entry"))
      .get(`${filing}/photo`, ...who, async (c) => show(c, deps, await deskFiling(c, deps), "photo"))
      .post(`${filing}/materials/:slot`, ...who, (c) => put(c, deps))
      .post(`${filing}/materials/:slot/removal`, ...who, (c) => remove(c, deps))
      .post(`${filing}/materials/:slot/rotation`, ...who, (c) => turn(c, deps));
  return app;
}

async function put(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await deskFiling(c, deps);
  await countUpload(c, deps);
  const place = placeOf(c);
  const { body, lost } = await withUploads(deps, holderOf(c), await readBody(c));
  const form = readMaterialForm(body, place, isoDate(new Date()));
  if (lost) form.problems.splice(0, form.problems.length, { field: controlIds(place).picture, text: LOST });
  const pictures = form.problems.length > 0 ? undefined : await readPictures(form.files, place);
  const problems = pictures?.problems ?? form.problems;
  if (problems.length > 0) {
    const sent = { ...place, problems, formSignedOn: text(body, "formSignedOn") };
    return show(c, deps, filing, phaseOf(place), sent, form.isTooLong ? 413 : 422);
  }
  const change = { ...place, filingId: filing.id, requestId: form.requestId };
  const { formSignedOn } = form;
  const bytes = pictures?.bytes;
  if (bytes) await uploadMaterial(deps, deps.files, writer(c), { ...change, bytes, formSignedOn });
  else if (formSignedOn) await changeFormDate(deps, writer(c), { ...change, formSignedOn });
  return backTo(c, filing, place);
}

async function remove(c: Ctx, deps: Deps): Promise<Response> {
  const { filing, change } = await changeOf(c, deps);
  await deleteMaterial(deps, writer(c), change);
  return backTo(c, filing, change);
}

async function turn(c: Ctx, deps: Deps): Promise<Response> {
  const { filing, change, body } = await changeOf(c, deps);
  await countUpload(c, deps);
  const quarterTurns = text(body, "turns") === "3" ? 3 : 1;
  await rotateMaterial(deps, deps.files, writer(c), { ...change, quarterTurns });
  return backTo(c, filing, change);
}

/** The slot that the address names; whether there is such a one the rules say later. */
export function placeOf(c: Ctx): Place {
  const sectionId = Number(c.req.query("section"));
  if (!Number.isSafeInteger(sectionId)) throw new NotFound("no such section");
  return { slot: c.req.param("slot") ?? "", sectionId };
}

async function changeOf(c: Ctx, deps: Deps) {
  const filing = await deskFiling(c, deps);
  const body: FormBody = await readBody(c);
  const materialId = wholeNumber(text(body, "material")) ?? 0;
  const change = { ...placeOf(c), filingId: filing.id, requestId: text(body, "requestId"), materialId };
  return { filing, body, change };
}

const phaseOf = ({ slot }: Place): Phase => (slot === "photo" ? "photo" : "entry");

/** The page of a slot, at its place. */
export const backTo = (c: Ctx, filing: Filing, place: Place): Response => {
  const path = phaseOf(place) === "photo" ? "photo" : "materials";
  return c.redirect(`${filingPath(filing)}/${path}#m-${place.slot}-${place.sectionId}`, 303);
};

async function show(
  c: Ctx,
  deps: Deps,
  filing: Filing,
  phase: Phase,
  sent?: Sent,
  status: 200 | 413 | 422 = 200,
) {
  const shown = await materialsPage(deps, filing, phase, sent);
  const data = { ...shown, groups: await withExtras(c, deps, filing, shown.groups) };
  return page(c, `portal/${phase === "photo" ? "photo" : "materials"}/page`, data, status);
}
