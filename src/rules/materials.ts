import { isoDate } from "../lib/dates.ts";
import { codeLabel, IDENTITY_CARD } from "../vocabulary/code-tables.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import type { FilingData, MaterialState, WebsiteSection } from "../vocabulary/filing.ts";
import type { FormName } from "../vocabulary/form-names.ts";
import { subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import type { ProvinceMaterial, ProvinceRule } from "../vocabulary/province-rules.ts";
import { materialReason, type ReturnReason } from "../vocabulary/return-reasons.ts";
import { shippedWords } from "../vocabulary/word-lists.ts";
import { applies, isDemanded } from "./material-conditions.ts";
import { type Case, type Ground, needOf, other } from "./material-needs.ts";
import { formsOf } from "./slot-forms.ts";
import { type Sample, type Slot, type SlotKey, slots } from "./slots.ts";

/** A place for one file of a filing. */
export type MaterialSlot = {
  slot: SlotKey;
  label: string;
  /** The section it belongs to: the subject's id or the website's. */
  sectionId: number;
  required: boolean;
  hint: string;
  sample: Sample;
  /** What the province wants to see here, in its own words; "" when nothing special. */
  provinceHint: string;
  /** Code of attachment_purpose; null: not sent to the bureau. */
  purpose: string | null;
  limitBytes: number;
  phase: "entry" | "photo";
  reasons: ReturnReason[];
  /** Filled by the file of another slot: 网站负责人 is 主体负责人, one file serves both. */
  sameAs: { slot: SlotKey; sectionId: number } | null;
  /** The papers for this slot that are offered filled in. */
  forms: FormName[];
};

/** What the province wants in this slot. */
const wantedHere = (slot: Slot, one: Case): ProvinceMaterial[] =>
  one.section.open === false
    ? []
    : one.province.extraMaterials.filter((material) => material.slot === slot.key && applies(material, one));

const said = ({ name, when }: ProvinceMaterial): string => `${name}（${when}）`;

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
  const wanted = wantedHere(slot, one);
  const need = needOf(slot.key, one);
  if (need === "none" && wanted.length === 0) return [];
  const shared = slot.key === "siteLeader" && !other(one);
  return [
    {
      slot: slot.key,
      label: labelOf(slot, one),
      sectionId,
      required: need === "required" || wanted.some(isDemanded),
      hint: shared ? "与主体负责人是同一人，用同一份，不用再传。" : slot.hint,
      provinceHint: wanted.length > 0 ? `${one.province.name}：${wanted.map(said).join("；")}` : "",
      purpose: slot.purpose,
      limitBytes: slot.limitBytes,
      sample: slot.sample,
      phase: slot.phase,
      reasons: [...slot.reasons, "other"].map(materialReason),
      sameAs: shared ? { slot: "leader", sectionId: subjectId } : null,
      forms: formsOf(slot.key, wanted),
    },
  ];
}

function forWebsite(whole: Omit<Case, "website" | "section">, website: WebsiteSection): MaterialSlot[] {
  const { filing } = whole;
  const one: Case = { ...whole, section: website, website: website.values };
  return slots
    .filter((slot) => slot.of === "website")
    .flatMap((slot) => build(slot, website.id, one, filing.subject.id));
}

const usualGround = (): Ground => ({ today: isoDate(new Date()), words: shippedWords });

/**
 * The material slots (材料位) of a filing, by 性质, kind of filing, province and what was filled in; those of the subject
 * in the first place, then those of each website. Required ones come first within each.
 */
export function requiredMaterials(
  filing: FilingData,
  province: ProvinceRule,
  ground: Ground = usualGround(),
): MaterialSlot[] {
  const { subject } = filing;
  const whole = { filing, subject: subject.values, province, ground };
  const one: Case = { ...whole, section: subject, website: undefined };
  const own = slots
    .filter((slot) => slot.of === "subject")
    .flatMap((slot) => build(slot, filing.subject.id, one, filing.subject.id));
  const order = (list: MaterialSlot[]) => [...list].sort((a, b) => Number(b.required) - Number(a.required));
  return [...order(own), ...filing.websites.flatMap((website) => order(forWebsite(whole, website)))];
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
