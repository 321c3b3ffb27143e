/** The material slots (材料位): their shape, and the list of them by key. */
import { slots } from "./slot-list.ts";

export type SlotKey =
  | "certificate"
  | "leader"
  | "siteLeader"
  | "form"
  | "domain"
  | "letter"
  | "residencePermit"
  | "pledge"
  | "securityPledge"
  | "securityAgreement"
  | "preApproval"
  | "cancelLetter"
  | "leaderLetter"
  | "holderProof"
  | "sitePlan"
  | "changeProof"
  | "passport"
  | "guardian"
  | "employment"
  | "phoneBill"
  | "openingForm"
  | "partyProof"
  | "financePledge"
  | "appIcon"
  | "other"
  | "otherSite"
  | "photo";

export type Slot = {
  key: SlotKey;
  label: string;
  hint: string;
  /** Of the subject, or of each website. */
  of: "subject" | "website";
  /** Code of the table attachment_purpose; null: not sent to the bureau. */
  purpose: string | null;
  /** `entry`: sent with the forms; `photo`: after the initial review. */
  phase: "entry" | "photo";
  limitBytes: number;
  reasons: readonly string[];
  /** Which drawing shows what is meant: a view of static/samples.svg. */
  sample: Sample;
};

export type Sample =
  | "form"
  | "certificate"
  | "card"
  | "permit"
  | "domain"
  | "letter"
  | "approval"
  | "passport"
  | "bill"
  | "plan"
  | "icon"
  | "photo"
  | "other";

export { slots };

const byKey = new Map(slots.map((slot) => [slot.key as string, slot] as const));

/** The slot of a key, undefined for a key there is none of. */
export function maybeSlot(key: string): Slot | undefined {
  return byKey.get(key);
}
