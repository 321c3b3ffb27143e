import { Hono } from "hono";
import { readPlace } from "../../forms/place.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import {
  addPlace,
  allPlaces,
  changePlace,
  closePlace,
  findPlace,
  type Place,
  type PlaceText,
  placeKinds,
} from "../../models/place/place.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { changedMeanwhile } from "./meanwhile.ts";

const LIST = "/console/places";

const kindOptions = Object.entries(placeKinds).map(([code, label]) => ({ code, label }));

/** 邮寄地址 and 面签地址 of the provider. */
export const consolePlaces = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("administrator"), async (c) =>
      page(c, "console/places/list", { list: await allPlaces(deps.db, staffMember(c)), placeKinds }),
    )
    .get(`${LIST}/new`, allow("administrator"), (c) => show(c, { values: blank, seen: 0 }))
    .post(`${LIST}/new`, allow("administrator"), (c) => save(c, deps))
    .get(`${LIST}/:place`, allow("administrator"), async (c) => {
      const place = await asked(c, deps);
      return show(c, { place, values: place, seen: place.version });
    })
    .post(`${LIST}/:place`, allow("administrator"), async (c) => save(c, deps, await asked(c, deps)))
    .get(`${LIST}/:place/closure`, allow("administrator"), (c) =>
      c.redirect(`${LIST}/${encodeURIComponent(c.req.param("place"))}`, 303),
    )
    .post(`${LIST}/:place/closure`, allow("administrator"), async (c) => {
      await closePlace(deps, staffMember(c), (await asked(c, deps)).id);
      return c.redirect(LIST, 303);
    });

const weekdayOptions = [..."一二三四五六日"].map((day, at) => ({ code: String(at + 1), label: `周${day}` }));

const blank: PlaceText = {
  ...{ kind: "post", name: "", address: "", hours: "", phone: "", note: "", position: 0 },
  ...{ weekdays: [1, 2, 3, 4, 5], spans: [], capacity: 0 },
};

const asked = (c: Ctx, { db }: Deps): Promise<Place> =>
  findPlace(db, staffMember(c), wholeNumber(c.req.param("place")) ?? 0);

type Shown = { place?: Place; values: PlaceText; seen: number; problems?: Problem[]; meanwhile?: boolean };

function show(c: Ctx, { place, values, seen, problems = [], meanwhile = false }: Shown): Response {
  const data = {
    ...{ place, values, seen, problems, meanwhile, kindOptions, weekdayOptions },
    path: `${LIST}/${place?.id ?? "new"}`,
  };
  return page(c, "console/places/page", data, meanwhile ? 409 : problems.length > 0 ? 422 : 200);
}

async function save(c: Ctx, deps: Deps, place?: Place): Promise<Response> {
  const { values, seen, problems } = readPlace(await readBody(c));
  const shown = { values, seen, ...(place && { place }) };
  if (problems.length > 0) return show(c, { ...shown, problems });
  const actor = staffMember(c);
  if (!place) await addPlace(deps, actor, values);
  else if (await changedMeanwhile(changePlace(deps, actor, { id: place.id, seen }, values)))
    return show(c, { ...shown, seen: place.version, meanwhile: true });
  return c.redirect(LIST, 303);
}
