import { newId } from "../../src/lib/ids.ts";
import { type Beginning, createFiling } from "../../src/models/filing/create.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { saveSection } from "../../src/models/filing/save.ts";
import { sectionsOf } from "../../src/models/filing/sections.ts";
import { openRecord, type RecordTree } from "../../src/models/record/tree.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import type { World } from "./app.ts";
import { complete, freshParts, registrantNamed } from "./filings.ts";
import { addBureau, numberFiling } from "./records.ts";

let serial = 0;

/** A record of 张三 with one website and one access, its parts other than those of the sample. */
export async function recordOf(
  world: World,
  parts: { subject?: Values; website?: Values; access?: Values; domain?: string } = {},
): Promise<RecordTree> {
  const { store, people } = world;
  const owner = registrantNamed(people, "张三");
  const bureauId = await bureauOf(world);
  const filing = await complete(store, owner, { ...freshParts(), ...parts });
  const number = `浙ICP备20270001${String(++serial).padStart(2, "0")}号`;
  return openRecord(store, owner, await numberFiling(store, filing, bureauId, number));
}

async function bureauOf({ db, store, people }: World): Promise<number> {
  const [row] = await db<
    { id: number }[]
  >`select id from isp_bureaus where isp_id = ${people.isps.first} limit 1`;
  return row?.id ?? addBureau(store, people.isps.first);
}

/** Begins a filing of 张三 of any kind. */
export async function beginFiling(world: World, beginning: Beginning): Promise<Filing> {
  const actor = registrantNamed(world.people, "张三");
  const { accountId, ispId } = actor;
  const made = await createFiling(world.store, actor, { ...beginning, accountId, ispId, requestId: newId() });
  if ("taken" in made) throw new Error(`taken: ${made.taken.join(" ")}`);
  return made;
}

/** Writes values over those of the one section of a kind that the filing fills in. */
export async function fillIn(world: World, filing: Filing, values: Values): Promise<Filing> {
  const actor = registrantNamed(world.people, "张三");
  const section = (await sectionsOf(world.store, filing)).find(({ open }) => open);
  if (!section) throw new Error("nothing to fill in");
  const wanted = { filingId: filing.id, sectionId: section.id, version: section.version };
  await saveSection(world.store, actor, { ...wanted, values: { ...section.values, ...values } });
  return findFiling(world.db, filing.number, actor);
}
