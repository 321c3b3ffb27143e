import type { Pick, Place } from "../../forms/decision.ts";
import type { Filing } from "../../models/filing/rows.ts";
import type { SlotView } from "../../models/material/overview.ts";
import type { Finding } from "../../rules/types.ts";
import { groupsOf, returnReasonsOf, summaryLabelOf } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import { numberedSections } from "./filing-facts.ts";

const MOST_SUGGESTED = 9;

/**
 * Every place that can be returned, with its reasons: the fields that this kind of filing fills in, then its pictures.
 * What was copied from the record is nobody's to correct here.
 */
export function returnPlaces(data: FilingData, slots: readonly SlotView[]): Place[] {
  const fields = numberedSections(data)
    .filter(([{ open }]) => open !== false)
    .flatMap(([section, suffix]) => fieldPlaces(section, suffix));
  const pictures = slots
    .filter(({ slot }) => slot.sameAs === null)
    .map(({ slot: { slot, sectionId, label, reasons } }) => ({
      key: `${sectionId}.@${slot}`,
      label: label.replace("（正反面）", ""),
      sectionId,
      sectionKind: undefined,
      field: null,
      slot,
      reasons,
    }));
  return [...fields, ...pictures];
}

function fieldPlaces({ id, kind, values }: Section, suffix: string): Place[] {
  return groupsOf(kind, values)
    .flatMap(({ fields }) => fields)
    .filter((field) => field.kind !== "fixed")
    .map((field) => ({
      key: `${id}.${field.key}`,
      label: summaryLabelOf(field, values) + suffix,
      sectionId: id,
      sectionKind: kind,
      field: field.key,
      slot: null,
      reasons: returnReasonsOf(field),
    }));
}

/** What is returned most at each stage; shown first where nothing else speaks against the filing. */
const usual: Partial<Record<Filing["state"], readonly (readonly [slot: string, reason: string])[]>> = {
  initial_review: [
    ["form", "sign-or-seal"],
    ["certificate", "unclear"],
    ["leader", "unclear"],
    ["domain", "not-holder"],
  ],
  verification: [
    ["photo", "curtain"],
    ["photo", "face"],
    ["photo", "not-leader"],
    ["photo", "red-or-blue"],
    ["form", "sign-or-seal"],
    ["form", "date"],
  ],
};

const weight: Record<Finding["severity"], number> = { error: 0, warning: 1, check: 2 };

/**
 * The reasons that stand first, each with a key 1 to 9: what the check found, in its own words, then what is usual at
 * the stage; after a refusal the bureau's words come before all. A finding for the reviewer alone gives the first reason of its place, since its words are not for others.
 */
export function suggestions(
  filing: Filing,
  places: readonly Place[],
  findings: readonly Finding[],
  refusal: string,
): Pick[] {
  const urgent = [...findings].sort((a, b) => weight[a.severity] - weight[b.severity]);
  const found = urgent.flatMap((finding) => {
    const key = finding.slot
      ? `${finding.section.id}.@${finding.slot}`
      : `${finding.section.id}.${finding.field}`;
    const place = places.find((one) => one.key === key);
    if (!place) return [];
    if (finding.severity === "check") return pickOf(place, place.reasons[0]?.id ?? "other");
    return [
      {
        place,
        value: `${key}.!${finding.rule}`,
        reason: "other",
        text: finding.message,
        note: finding.message,
      },
    ];
  });
  const common = (usual[filing.state] ?? []).flatMap(([slot, reason]) => {
    const place = places.find((one) => one.slot === slot);
    return place ? pickOf(place, reason) : [];
  });
  return [
    ...new Map([...ofBureau(refusal), ...found, ...common].map((pick) => [pick.value, pick])).values(),
  ].slice(0, MOST_SUGGESTED);
}

/** What the bureau wrote, to be passed on as it is. */
function ofBureau(refusal: string): Pick[] {
  if (refusal === "") return [];
  const place = {
    ...{ key: "0.bureau", label: "管局意见", reasons: [] },
    ...{ sectionId: null, sectionKind: undefined, field: null, slot: null },
  };
  return [{ place, value: "0.bureau.words", reason: "other", text: refusal, note: refusal }];
}

/** The pick of one reason at a place; none where the place has no such reason. */
export function pickOf(place: Place, reason: string): Pick[] {
  const listed = place.reasons.find(({ id }) => id === reason);
  return listed ? [{ place, value: `${place.key}.${reason}`, reason, text: listed.text, note: "" }] : [];
}

/** All picks that a posted form may name: the suggestions and every reason of every place. */
export const allPicks = (places: readonly Place[], first: readonly Pick[]): Pick[] => [
  ...first,
  ...places.flatMap((place) => place.reasons.flatMap(({ id }) => pickOf(place, id))),
];
