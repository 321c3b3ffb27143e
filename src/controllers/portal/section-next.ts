import type { RootStore } from "../../models/store.ts";
import { filingPath } from "../../view.ts";
import { fieldOfPart } from "../../vocabulary/fields/index.ts";
import type { Writer } from "../desk.ts";
import { lineAfter } from "./check-pages.ts";
import { readReport } from "./check-read.ts";
import { seatOf } from "./check-seats.ts";
import type { SectionPlace } from "./section-place.ts";

/**
 * 改下一处: where the report goes on behind the control somebody came for; the report itself where nothing follows.
 * @param at id of that control
 */
export async function nextHref(
  store: RootStore,
  actor: Writer,
  { filing, section }: SectionPlace,
  at: string,
): Promise<string> {
  const { places, lines } = await readReport(store, actor, filing);
  const field = fieldOfPart(section.kind, at)?.key ?? null;
  const { page, order } = seatOf(places, { sectionId: section.id, field });
  return lineAfter(lines, page, order)?.href ?? `${filingPath(filing)}/check#report`;
}
