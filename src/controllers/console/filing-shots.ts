import type { Filing } from "../../models/filing/rows.ts";
import type { Difference } from "../../models/filing/snapshots.ts";
import type { SlotView } from "../../models/material/overview.ts";
import type { FilingData } from "../../vocabulary/filing.ts";

/** One picture with its tab. */
export type Shot = {
  id: number;
  label: string;
  src: string;
  state: "processing" | "ready" | "failed";
  changed: boolean;
};

export type Shots = { shots: Shot[]; missing: string[]; chosen: Shot | undefined };

/** How a picture is looked at without a script: turned by quarters, enlarged. */
export type Look = { picture: number | undefined; turn: number; zoom: number };

/** Tabs are short: 营业执照, 主体负责人身份证. */
export const shortLabel = (label: string): string =>
  label.replace("（正反面）", "").replace(/^主办单位证件（(.+)）$/, "$1");

/** The pictures of a filing in the order of the page, those that are missing by name, and the one looked at. */
export function shotsOf(
  filing: Filing,
  { websites }: FilingData,
  slots: readonly SlotView[],
  changes: readonly Difference[],
  look: Look,
): Shots {
  const own = slots.filter(({ slot }) => slot.sameAs === null);
  const suffix = (sectionId: number) => {
    const at = websites.findIndex(({ id }) => id === sectionId);
    return websites.length > 1 && at >= 0 ? String(at + 1) : "";
  };
  const shots = own.flatMap(({ slot, material }) => {
    if (!material) return [];
    const changed = changes.some((one) => one.slot === slot.slot && one.sectionId === material.sectionId);
    const { id, state } = material;
    const label = shortLabel(slot.label) + suffix(slot.sectionId);
    return [{ id, label, src: `/console/filings/${filing.number}/materials/${id}/full`, state, changed }];
  });
  const missing = own
    .filter(
      ({ slot, material }) => slot.required && !material && (slot.phase === "entry" || wantsPhoto(filing)),
    )
    .map(({ slot }) => shortLabel(slot.label) + suffix(slot.sectionId));
  return {
    shots,
    missing,
    chosen: shots.find(({ id }) => id === look.picture) ?? shots[firstShown(filing, shots)],
  };
}

const wantsPhoto = ({ state }: Filing): boolean => !["draft", "initial_review", "photo_due"].includes(state);

/** The verification begins with the photo, which stands last. */
const firstShown = ({ state }: Filing, shots: readonly Shot[]): number =>
  state === "verification" ? shots.length - 1 : 0;

const wholeNumber = (text: string | undefined): number | undefined =>
  /^\d{1,15}$/.test(text ?? "") ? Number(text) : undefined;

export const readLook = (query: Record<string, string>): Look => ({
  picture: wholeNumber(query.picture),
  turn: (wholeNumber(query.turn) ?? 0) % 4,
  zoom: Math.min(Math.max(wholeNumber(query.zoom) ?? 1, 1), 4),
});
