import type { Returned } from "../../models/filing/returns.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { filingPath } from "../../view.ts";
import type { SectionTask } from "./section-tasks.ts";

/** Slots of the page of the verification photo; the others stand on the page of materials. */
export const PHOTO = "photo";

/** Where a returned place is corrected: the field of its form, or the slot of its page. */
export function placeHref(
  filing: Pick<Filing, "number">,
  tasks: readonly SectionTask[],
  place: Pick<Returned, "sectionId" | "field" | "slot">,
): string {
  const base = filingPath(filing);
  if (place.slot)
    return `${base}/${place.slot === PHOTO ? "photo" : "materials"}#m-${place.slot}-${place.sectionId ?? ""}`;
  const task = tasks.find(({ sectionId }) => sectionId === place.sectionId);
  return task && place.field ? `${task.href}?at=${place.field}#${place.field}` : base;
}
