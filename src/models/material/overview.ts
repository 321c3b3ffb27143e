import type { MaterialSlot } from "../../rules/materials.ts";
import { lastReturn } from "../filing/returns.ts";
import type { Filing } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { currentMaterials, type Material } from "./rows.ts";
import { mayChange, type Place, slotAt, slotsOf } from "./slots.ts";

/** How a slot stands, as the registrant is told. */
export type SlotStatus = "empty" | "processing" | "ready" | "failed" | "returned";

/** One slot with what lies in it. */
export type SlotView = {
  slot: MaterialSlot;
  material: Material | undefined;
  status: SlotStatus;
  /** What the last return said of it, while nothing was put in its place. */
  returned: string | undefined;
  mayChange: boolean;
};

/** Every slot of a filing with its state, in the order of the page. */
export async function slotsWithMaterials(store: Store, filing: Filing): Promise<SlotView[]> {
  const [slots, materials, reasons] = await Promise.all([
    slotsOf(store, filing),
    currentMaterials(store.db, filing.id),
    filing.state === "returned" ? lastReturn(store, filing) : [],
  ]);
  return slots.map((slot) => {
    const place = slotAt(slots, slot);
    const material = materials.find((one) => isAt(one, place));
    const reason = reasons.find((one) => isAt(one, slot) && isOlder(material, one.createdAt));
    const status = reason ? "returned" : (material?.state ?? "empty");
    return {
      slot,
      material,
      status,
      returned: reason?.text,
      mayChange: mayChange(filing, slot) && slot.sameAs === null,
    };
  });
}

const isAt = (one: { slot: string | null; sectionId: number | null }, { slot, sectionId }: Place): boolean =>
  one.slot === slot && (one.sectionId === null || one.sectionId === sectionId);

const isOlder = (material: Material | undefined, moment: Date): boolean =>
  material === undefined || material.uploadedAt <= moment;
