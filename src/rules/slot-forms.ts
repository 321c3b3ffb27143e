import type { FormName } from "../vocabulary/form-names.ts";
import type { ProvinceMaterial } from "../vocabulary/province-rules.ts";
import type { SlotKey } from "./slots.ts";

/** The paper that is offered filled in for a slot, where its province names no other. */
const usual: Partial<Record<SlotKey, readonly FormName[]>> = {
  form: ["verification"],
  letter: ["letter"],
  leaderLetter: ["leader-letter"],
  pledge: ["pledge"],
  financePledge: ["no-finance"],
  otherSite: ["no-approval"],
  securityPledge: ["security-pledge"],
  securityAgreement: ["security-agreement"],
  cancelLetter: ["cancellation"],
};

/** The forms of a slot: those of the province's own papers, which stand in for the usual one. */
export function formsOf(slot: SlotKey, wanted: readonly Pick<ProvinceMaterial, "form">[]): FormName[] {
  const named = wanted.flatMap(({ form }) => form ?? []);
  return [...new Set(named.length > 0 ? named : (usual[slot] ?? []))];
}
