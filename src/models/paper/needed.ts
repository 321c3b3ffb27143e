import { maybeSlot } from "../../rules/slots.ts";
import type { Filing } from "../filing/rows.ts";
import type { Context } from "../filing/transition.ts";
import type { Refusal } from "../filing/workflow.ts";
import { ispSettings } from "../isp/settings.ts";
import { currentMaterials } from "../material/rows.ts";
import { slotsOf } from "../material/slots.ts";
import type { Store } from "../store.ts";

/**
 * Labels of the originals that the provider wants of this filing before it goes to the bureau: those of its setting whose
 * slot the filing must fill, or has filled.
 */
export async function neededPapers(store: Store, filing: Filing): Promise<string[]> {
  const { papers } = await ispSettings(store.db, filing.ispId);
  if (papers.required.length === 0) return [];
  const [slots, materials] = await Promise.all([
    slotsOf(store, filing),
    currentMaterials(store.db, filing.id),
  ]);
  const isThere = (key: string): boolean =>
    slots.some(({ slot, required }) => slot === key && required) ||
    materials.some(({ slot }) => slot === key);
  return papers.required.filter(isThere).map((key) => maybeSlot(key)?.label ?? key);
}

/** The guard `papersChecked`: nothing goes to the bureau before the originals lie here and were looked at. */
export async function papersChecked({ store, filing }: Context): Promise<Refusal | undefined> {
  if ((await neededPapers(store, filing)).length === 0) return undefined;
  const [row] = await store.db`
    select 1 from paper_deliveries where filing_id = ${filing.id} and state = 'checked' limit 1`;
  return row ? undefined : "papers_unchecked";
}
