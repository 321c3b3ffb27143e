import type { MaterialSlot } from "../../rules/materials.ts";
import type { Actor } from "../actor.ts";
import { NotFound, TransitionRefused } from "../errors.ts";
import type { Filing } from "../filing/rows.ts";
import { refusalByTable } from "../filing/workflow.ts";
import { changeableSlot, type Place, slotAt, slotsOf } from "../material/slots.ts";
import type { Store } from "../store.ts";

/** What a link opens: a slot of a filing, or with `supplementId` what staff asked for besides (补传资料). */
export type Target = Place & { supplementId: number | null };

/** The slot of a target if it may be filled as the filing stands; throws NotFound or TransitionRefused. */
export async function targetSlot(
  store: Store,
  filing: Filing,
  actor: Actor,
  target: Target,
): Promise<MaterialSlot> {
  if (target.supplementId === null) return changeableSlot(store, filing, target);
  const refusal = refusalByTable("supplement", filing.state, actor);
  if (refusal) throw new TransitionRefused("supplement", refusal);
  const slot = slotAt(await slotsOf(store, filing), target);
  const [wanted] = await store.db`
    select 1 from supplements s
    where s.id = ${target.supplementId} and s.filing_id = ${filing.id} and s.slot = ${slot.slot}
      and s.section_id = ${slot.sectionId} and s.state in ('wanted', 'received')`;
  if (!wanted) throw new TransitionRefused("supplement", "supplement_settled");
  return slot;
}

/** The same for a page: undefined where the slot may not be filled now. */
export async function maybeTargetSlot(
  ...asked: Parameters<typeof targetSlot>
): Promise<MaterialSlot | undefined> {
  try {
    return await targetSlot(...asked);
  } catch (error) {
    if (error instanceof NotFound || error instanceof TransitionRefused) return undefined;
    throw error;
  }
}
