import { codeLabel, IDENTITY_CARD, isIndividual } from "../vocabulary/code-tables.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import type { FilingData, MaterialState, WebsiteSection } from "../vocabulary/filing.ts";
import { subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import type { ProvinceMaterial, ProvinceRule } from "../vocabulary/province-rules.ts";
import { materialReason, type ReturnReason } from "../vocabulary/return-reasons.ts";
import { type Case, isNonLocal, needOf, other } from "./material-needs.ts";
import { type Slot, type SlotKey, slots } from "./slots.ts";

/** A place for one file of a filing. */
export type MaterialSlot = {
  slot: SlotKey;
  label: string;
  /** The section it belongs to: the subject's id or the website's. */
  sectionId: number;
  required: boolean;
  hint: string;
  /** What the province wants to see here, in its own words; "" when nothing special. */
  provinceHint: string;
  /** Code of attachment_purpose; null: not sent to the bureau. */
  purpose: string | null;
  limitBytes: number;
  phase: "entry" | "photo";
  reasons: ReturnReason[];
  /** Filled by the file of another slot: 网站负责人 is 主体负责人, one file serves both. */
  sameAs: { slot: SlotKey; sectionId: number } | null;
};

const PUBLIC = ["3"];
const STATE = ["2", "3"];

function applies({ appliesTo, condition }: ProvinceMaterial, one: Case): boolean {
  const nature = textOf(one.subject, "nature");
  const fits = {
    both: true,
    unit: !isIndividual(nature),
    individual: isIndividual(nature),
    publicInstitution: PUBLIC.includes(nature),
    stateBody: STATE.includes(nature),
  }[appliesTo];
  if (!fits) return false;
  if (condition === "nonLocalIdentity") return isNonLocal(one);
  return condition !== "siteLeaderDiffers" || one.website === undefined || other(one);
}

function provinceMaterials(slot: Slot, one: Case): string[] {
  return one.province.extraMaterials
    .filter((material) => material.slot === slot.key && applies(material, one))
    .map(({ name, when }) => `${name}（${when}）`);
}

/** 主办单位证件（营业执照）, 主体负责人证件 by its kind. */
function labelOf(slot: Slot, { subject, website }: Case): string {
  if (slot.key === "certificate" && textOf(subject, "certType")) {
    return `${slot.label}（${codeLabel("cert_type", textOf(subject, "certType")).replace(/（.*$/, "")}）`;
  }
  const person = slot.key === "leader" ? subjectPerson(subject) : websitePerson(website ?? {}, subject);
  const named = slot.key === "leader" || slot.key === "siteLeader";
  return named && person.idType === IDENTITY_CARD ? slot.label.replace("证件", "身份证") : slot.label;
}

function build(slot: Slot, sectionId: number, one: Case, subjectId: number): MaterialSlot[] {
  const wanted = one.section.open === false ? [] : provinceMaterials(slot, one);
  const need = needOf(slot.key, one);
  if (need === "none" && wanted.length === 0) return [];
  const shared = slot.key === "siteLeader" && !other(one);
  return [
    {
      slot: slot.key,
      label: labelOf(slot, one),
      sectionId,
      required: need === "required",
      hint: shared ? "与主体负责人是同一人，用同一份，不用再传。" : slot.hint,
      provinceHint: wanted.length > 0 ? `${one.province.name}：${wanted.join("；")}` : "",
      purpose: slot.purpose,
      limitBytes: slot.limitBytes,
      phase: slot.phase,
      reasons: [...slot.reasons, "other"].map(materialReason),
      sameAs: shared ? { slot: "leader", sectionId: subjectId } : null,
    },
  ];
}

function forWebsite(filing: FilingData, website: WebsiteSection, province: ProvinceRule): MaterialSlot[] {
  const subject = filing.subject.values;
  const one: Case = { filing, section: website, subject, website: website.values, province };
  return slots
    .filter((slot) => slot.of === "website")
    .flatMap((slot) => build(slot, website.id, one, filing.subject.id));
}

/**
 * The material slots (材料位) of a filing, by 性质, kind of filing, province and what was filled in; those of the subject
 * in the first place, then those of each website. Required ones come first within each.
 */
export function requiredMaterials(filing: FilingData, province: ProvinceRule): MaterialSlot[] {
  const { subject } = filing;
  const one: Case = { filing, section: subject, subject: subject.values, website: undefined, province };
  const own = slots
    .filter((slot) => slot.of === "subject")
    .flatMap((slot) => build(slot, filing.subject.id, one, filing.subject.id));
  const order = (list: MaterialSlot[]) => [...list].sort((a, b) => Number(b.required) - Number(a.required));
  return [
    ...order(own),
    ...filing.websites.flatMap((website) => order(forWebsite(filing, website, province))),
  ];
}

/** How far the file of a slot is, undefined when there is none; looks at the shared slot where one serves both. */
export function materialState(
  slot: MaterialSlot,
  materials: readonly MaterialState[],
): MaterialState["state"] | undefined {
  const place = slot.sameAs ?? slot;
  const found = materials.filter(
    (one) => one.slot === place.slot && (one.sectionId === null || one.sectionId === place.sectionId),
  );
  const states = found.map(({ state }) => state);
  return (["ready", "processing", "failed"] as const).find((state) => states.includes(state));
}
