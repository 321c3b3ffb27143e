import type { Filing } from "../../models/filing/rows.ts";
import type { SlotView } from "../../models/material/overview.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { type FormLink, formLinks } from "../portal/form-links.ts";
import { numberedSections } from "./filing-facts.ts";

/**
 * The papers of a filing as the system fills them in (核验单 …), for those who see persons: each once, with the
 * number of its website where there are several.
 */
export function formsOf(
  { number }: Pick<Filing, "number">,
  data: FilingData,
  slots: readonly SlotView[],
): FormLink[] {
  const at = { number, at: `/console/filings/${number}` };
  const links = slots.flatMap(({ slot }) => {
    const [, suffix = ""] = numberedSections(data).find(([{ id }]) => id === slot.sectionId) ?? [];
    return formLinks(at, slot).map((link) => ({ ...link, words: link.words + suffix }));
  });
  return [...new Map(links.map((link) => [link.page, link])).values()];
}
