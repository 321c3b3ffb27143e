import type { Registrant } from "../../src/models/actor.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { handoversOf, makeHandover } from "../../src/models/handover/links.ts";
import type { Place } from "../../src/models/material/slots.ts";
import type { World } from "./app.ts";

/** Makes a link for a slot of the actor's filing and gives its code. */
export async function linkFor(
  world: World,
  actor: Registrant,
  filing: Filing,
  place: Place,
): Promise<string> {
  await makeHandover(world.store, actor, { ...place, filingId: filing.id, supplementId: null });
  const now = await findFiling(world.db, filing.number, actor);
  const links = await handoversOf(world.store, now);
  return links.find((one) => one.slot === place.slot && one.sectionId === place.sectionId)?.code ?? "";
}

/** A quarter of an hour goes by. */
export const letLinksEnd = async ({ db }: World): Promise<void> => {
  await db`update handovers set created_at = created_at - interval '16 minutes',
    expires_at = expires_at - interval '16 minutes'`;
};
