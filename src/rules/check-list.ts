import { isIndividual } from "../vocabulary/code-tables.ts";
import type { FilingData, Section, SectionRef, Values, WebsiteSection } from "../vocabulary/filing.ts";
import { isOtherPerson } from "../vocabulary/persons.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import { sourceText } from "../vocabulary/sources.ts";
import { type CheckPoint, checkPoints } from "./check-points.ts";
import { type MaterialSlot, materialState, requiredMaterials } from "./materials.ts";
import type { RuleContext } from "./types.ts";

/** What only a person can judge of a filing: a question, the place it looks at, and where it comes from. */
export type CheckItem = {
  id: string;
  ref: string;
  text: string;
  phase: "initial" | "verification";
  section: SectionRef;
  /** Key of the dictionary, null when it concerns a material or the section as a whole. */
  field: string | null;
  /** Key of the material slot, when it is about a material. */
  slot?: string;
  /** Where the question comes from, with dates, as shown. */
  source: string;
};

type Place = { filing: FilingData; section: Section; website: Values; province: ProvinceRule };

/** Slots that a picture is needed for, or lies in. */
type Present = (slot: string, section: Section) => boolean;

const fitsPerson = ({ nature, otherPerson }: CheckPoint, { filing, website }: Place): boolean => {
  const subject = filing.subject.values;
  if (nature && (nature === "individual") !== isIndividual(subject.nature)) return false;
  return !otherPerson || isOtherPerson(website, subject);
};

function fitsProvince({ province: wanted }: CheckPoint, { province }: Place): boolean {
  if (!wanted) return true;
  const value = province[wanted.column];
  return wanted.in ? wanted.in.includes(value) : value !== null && value !== undefined;
}

/** Filled in by this filing, or with a picture of it; a question for certain kinds of filing is about the whole. */
function isLookedAt({ slot, kinds }: CheckPoint, { section }: Place, present: Present): boolean {
  return slot ? present(slot, section) : kinds !== undefined || section.open !== false;
}

const belongs = (point: CheckPoint, place: Place, present: Present): boolean =>
  point.of === place.section.kind &&
  place.filing.kind !== "cancel" &&
  (point.kinds?.includes(place.filing.kind) ?? true) &&
  fitsPerson(point, place) &&
  fitsProvince(point, place) &&
  isLookedAt(point, place, present);

function toItem(point: CheckPoint, { section: { kind, id }, province }: Place): CheckItem {
  const text = point.text
    .replaceAll("{province}", province.name)
    .replaceAll("{slogan}", province.curtainSlogan ?? "");
  return {
    ...{ id: point.id, ref: point.ref, text, phase: point.phase },
    section: { kind, id },
    field: point.field,
    ...(point.slot && { slot: point.slot }),
    source: point.sources.map(sourceText).join("；"),
  };
}

function presentIn(filing: FilingData, slots: readonly MaterialSlot[]): Present {
  const there = slots.filter((slot) => slot.required || materialState(slot, filing.materials) === "ready");
  const keys = new Set(there.map(({ slot, sectionId }) => `${sectionId}:${slot}`));
  return (slot, { id }) => keys.has(`${id}:${slot}`);
}

/** The sections in the order of the form, each with the website it belongs to. */
function placesOf(filing: FilingData, province: ProvinceRule): Place[] {
  const of = (section: Section, website: Values): Place => ({ filing, section, website, province });
  const ofWebsite = (site: WebsiteSection) => [site, ...site.accesses].map((one) => of(one, site.values));
  return [of(filing.subject, {}), ...filing.websites.flatMap(ofWebsite)];
}

/**
 * The reviewer's check list (接入商审核清单) of a filing: those questions that belong to its kind, 性质, province, persons
 * and materials, in the order of the form. A cancellation has none: nothing of it is examined here.
 */
export function checkList(filing: FilingData, context: RuleContext): CheckItem[] {
  const { province, today, words } = context;
  const present = presentIn(filing, requiredMaterials(filing, province, { today, words }));
  return placesOf(filing, province).flatMap((place) =>
    checkPoints.filter((point) => belongs(point, place, present)).map((point) => toItem(point, place)),
  );
}
