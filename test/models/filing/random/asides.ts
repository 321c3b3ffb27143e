import { type Filing, maybeFiling } from "../../../../src/models/filing/rows.ts";
import { saveSection } from "../../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../../src/models/filing/sections.ts";
import { editable } from "../../../../src/models/filing/states.ts";
import type { SectionKind } from "../../../../src/vocabulary/filing.ts";
import type { World } from "../../../support/app.ts";
import { addPictures, registrantNamed } from "../../../support/filings.ts";
import { writePackage } from "../../../support/packages.ts";
import type { Chance } from "./chance.ts";
import type { Model } from "./model.ts";

type Place = { world: World; chance: Chance; filing: Filing };

/** A field of each section that no rule says anything about. */
const harmless: Record<SectionKind, string> = {
  subject: "remark",
  website: "remark",
  access: "provider",
  cancellation: "explanation",
};

async function type({ world, chance, filing }: Place, model: Model): Promise<void> {
  if (!editable.includes(model.state)) return;
  const section = (await sectionsOf(world.store, filing)).find(({ open }) => open);
  if (!section) return;
  const typed = chance.pick(["一", "二"]);
  await saveSection(world.store, registrantNamed(world.people, "张三"), {
    ...{ filingId: model.id, sectionId: section.id, version: section.version },
    values: { ...section.values, [harmless[section.kind]]: typed },
  });
  model.field = typed;
}

async function photograph({ world, filing }: Place, model: Model): Promise<void> {
  if (model.photo || !model.wantsPhoto || model.state !== "photo_due") return;
  await addPictures(world.store, filing, ["photo"]);
  model.photo = true;
}

async function letClaimRunOut({ world }: Place, model: Model): Promise<void> {
  await world.db`update filings set claimed_until = now() - interval '1 second' where id = ${model.id}`;
  model.claim = null;
}

/** What the worker writes before it calls the bureau. */
async function makePackage({ world }: Place, model: Model): Promise<void> {
  if (model.state !== "uploading" || model.packages !== "none") return;
  const [filing] = await world.db<{ id: number; ispId: number; bureauId: number }[]>`
    select id, isp_id, bureau_id from filings where id = ${model.id}`;
  if (!filing) throw new Error("no filing");
  await writePackage(world.db, filing, filing.bureauId);
  model.packages = "open";
}

const asides = [type, photograph, letClaimRunOut, makePackage];

/** Something that pages and jobs do beside the table: typing, a picture, a claim that runs out, a package made. */
export async function aside(
  { world, chance }: { world: World; chance: Chance },
  model: Model,
): Promise<void> {
  const filing = await maybeFiling(world.db, model.id);
  if (filing) await chance.pick(asides)({ world, chance, filing }, model);
}
