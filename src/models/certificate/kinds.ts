import { type Slot, slots } from "../../rules/slots.ts";

/** Pictures that are made for one filing: a photo that was used before is refused, and a form is signed anew each time. */
const FOR_ONE_FILING: readonly string[] = ["photo", "form"];

/** What may lie in 证件管理, in the order of the materials page. */
export const certificateKinds: readonly Slot[] = slots.filter(({ key }) => !FOR_ONE_FILING.includes(key));

export const isCertificateKind = (slot: string): boolean => certificateKinds.some(({ key }) => key === slot);

/** An identity card does for either of the two persons. */
const persons: readonly string[] = ["leader", "siteLeader"];

/** Whether a certificate of one kind is offered first where a slot wants another. */
export const fitsSlot = (kind: string, slot: string): boolean =>
  kind === slot || (persons.includes(kind) && persons.includes(slot));

/** Front and back may be given apart. */
export const hasSides = (kind: string): boolean => persons.includes(kind);
