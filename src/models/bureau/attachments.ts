import type { Attachment } from "../../gateways/bureau/index.ts";
import { materialState, requiredMaterials } from "../../rules/materials.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import type { Content } from "./parts.ts";

/** Slots that the bureau has a purpose for, each with its picture; one file may serve two slots. */
export function attachmentsOf({ data, province, pictures }: Content): Attachment[] {
  return requiredMaterials(data, province)
    .filter((slot) => slot.purpose !== null && materialState(slot, data.materials) === "ready")
    .flatMap((slot) => {
      const place = slot.sameAs ?? slot;
      const picture = pictures.find(
        ({ slot: key, sectionId }) =>
          key === place.slot && (sectionId === null || sectionId === place.sectionId),
      );
      const kind = slot.sectionId === data.subject.id ? ("subject" as const) : ("website" as const);
      if (!picture) return [];
      return [
        {
          format: formatOf(picture.bytes),
          purpose: Number(slot.purpose),
          bytes: picture.bytes,
          owner: { kind, id: recordIdOf(data, slot.sectionId) },
        },
      ];
    });
}

/** Fjwjgs: 1 JPG, 2 PNG, by the first bytes. */
export const formatOf = (bytes: Uint8Array): number => (bytes[0] === 0x89 && bytes[1] === 0x50 ? 2 : 1);

/** What a section copies from the record goes under the record's id, what is new under its own. */
function recordIdOf({ subject, websites }: FilingData, sectionId: number): number {
  const section = [subject, ...websites].find(({ id }) => id === sectionId);
  return section?.recordId ?? sectionId;
}
