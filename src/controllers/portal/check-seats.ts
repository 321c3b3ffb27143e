import { fieldsOf } from "../../vocabulary/fields/index.ts";
import type { Places } from "./check-report.ts";
import { PHOTO } from "./places.ts";
import type { SectionTask } from "./section-tasks.ts";

/** Where something is corrected: the page, counted as in the report, and how far down on it. */
export type Seat = { page: number; order: number };

/** What names a place: a field of a section, a slot, or a page of its own. */
type Named = {
  sectionId?: number | null;
  field?: string | null;
  slot?: string | null;
  kind?: SectionTask["kind"];
};

/** The seat of a place; what belongs to no page of the list (the photo, made at the verification) comes last. */
export function seatOf(
  { tasks, slots }: Pick<Places, "tasks" | "slots">,
  { sectionId = null, field = null, slot = null, kind }: Named,
): Seat {
  if (slot === PHOTO) return { page: tasks.length, order: 0 };
  if (slot) {
    const order = slots.findIndex((one) => one.slot.slot === slot && one.slot.sectionId === sectionId);
    return { page: pageOf(tasks, (task) => task.kind === "materials"), order };
  }
  if (kind) return { page: pageOf(tasks, (task) => task.kind === kind), order: 0 };
  const page = pageOf(tasks, (task) => task.sectionId === sectionId && task.sectionId !== null);
  return { page, order: orderIn(tasks[page], field) };
}

function pageOf(tasks: readonly SectionTask[], fits: (task: SectionTask) => boolean): number {
  const at = tasks.findIndex(fits);
  return at < 0 ? tasks.length : at;
}

/** How far down in its form; what concerns the section as a whole comes first. */
function orderIn(task: SectionTask | undefined, key: string | null): number {
  if (!task || !isSection(task.kind)) return 0;
  return fieldsOf(task.kind).findIndex((field) => field.key === key) + 1;
}

type SectionTaskKind = Exclude<SectionTask["kind"], "materials" | "password" | "product">;

const isSection = (kind: SectionTask["kind"]): kind is SectionTaskKind =>
  kind !== "materials" && kind !== "password" && kind !== "product";
