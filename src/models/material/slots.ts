import { isoDate } from "../../lib/dates.ts";
import { type MaterialSlot, requiredMaterials } from "../../rules/materials.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { NotFound, TransitionRefused } from "../errors.ts";
import { filingData } from "../filing/findings.ts";
import type { Filing } from "../filing/rows.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import type { Store } from "../store.ts";
import { wordsInForce } from "../word-list/in-force.ts";

/** One place of a filing. */
export type Place = { slot: string; sectionId: number };

/** After the initial review has passed, only these may still change: the verification looks at both. */
const ofVerification: readonly string[] = ["photo", "form"];

/** Every slot that the rules and words in force know for the filing, in the order of the page. */
export async function slotsOf(store: Store, filing: Filing, known?: FilingData): Promise<MaterialSlot[]> {
  const { db } = store;
  const data = known ?? (await filingData(store, filing));
  const province = await ruleInForce(db, filing.ispId, filing.province);
  const words = await wordsInForce(db, filing.ispId);
  return requiredMaterials(data, province, { today: isoDate(new Date()), words });
}

/** The slot at a place, the one it shares a picture with where it does; throws NotFound where the rules know none. */
export function slotAt(slots: readonly MaterialSlot[], place: Place): MaterialSlot {
  const at = ({ slot, sectionId }: Place) =>
    slots.find((one) => one.slot === slot && one.sectionId === sectionId);
  const slot = at(place);
  const owner = slot?.sameAs ? at(slot.sameAs) : slot;
  if (!owner) throw new NotFound(`no slot ${place.slot} of section ${place.sectionId}`);
  return owner;
}

/**
 * Whether the registrant may change this slot as the filing stands: nothing while it is under review, the photo only
 * once its step has come, after the initial review only what the verification looks at.
 */
export function mayChange(
  filing: Pick<Filing, "state" | "returnedFrom">,
  { slot, phase }: Pick<MaterialSlot, "slot" | "phase">,
): boolean {
  if (filing.state === "photo_due") return ofVerification.includes(slot);
  if (filing.state === "draft") return phase === "entry";
  if (filing.state !== "returned") return false;
  return phase === "entry" || filing.returnedFrom !== "initial";
}

/** The slot at a place if it may be changed now; throws NotFound or TransitionRefused. */
export async function changeableSlot(store: Store, filing: Filing, place: Place): Promise<MaterialSlot> {
  const slot = slotAt(await slotsOf(store, filing), place);
  if (!mayChange(filing, slot)) throw new TransitionRefused("change-material", "wrong_state");
  return slot;
}
