import type { Registrant } from "../../src/models/actor.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import { currentMaterials } from "../../src/models/material/rows.ts";
import { prepareMaterial } from "../../worker/tasks/prepare-material.ts";
import type { World } from "./app.ts";
import { draft } from "./filings.ts";

let serial = 0;

/** A draft with the ids of its subject and its website; no two collide. */
export async function draftWithPlaces(
  { store }: World,
  actor: Registrant,
): Promise<{ filing: Filing; subject: number; website: number }> {
  serial += 1;
  const filing = await draft(store, actor, { domain: `cha${serial}.cn`, certNo: `cert-${serial}` });
  return { filing, ...(await placesOf({ store }, filing)) };
}

/** The ids of a filing's subject and of its first website. */
export async function placesOf(
  { store }: Pick<World, "store">,
  filing: Filing,
): Promise<{ subject: number; website: number }> {
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  return { subject: subject.id, website: websites[0]?.id ?? 0 };
}

/** Does the work of the worker for every picture of a filing that waits. */
export async function prepareAll(world: World, filing: Filing): Promise<void> {
  const task = prepareMaterial({ ...world.store, files: world.files });
  const helpers = { progress: () => undefined, attempt: 1, signal: undefined };
  for (const { id } of await currentMaterials(world.db, filing.id)) await task({ materialId: id }, helpers);
}
