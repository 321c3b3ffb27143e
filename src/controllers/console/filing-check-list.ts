import type { Filing } from "../../models/filing/rows.ts";
import type { SlotView } from "../../models/material/overview.ts";
import { type CheckItem, checkList } from "../../rules/check-list.ts";
import type { RuleContext } from "../../rules/types.ts";
import { maybeField, sectionNames, summaryLabelOf } from "../../vocabulary/fields/index.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { type FactGroups, numberedSections } from "./filing-facts.ts";
import { shortLabel } from "./filing-shots.ts";

/** One question that only a person can answer. */
export type CheckLine = { text: string; source: string };

/** Questions under the field or the picture that they look at; `place` leads to the field's line. */
export type CheckLines = { caption: string; place: string | undefined; lines: CheckLine[] };

/** What stands beside the fields, and what beside the pictures. */
export type CheckLists = { fields: CheckLines[]; pictures: CheckLines[]; count: number };

const phaseOf: Partial<Record<Filing["state"], CheckItem["phase"]>> = {
  initial_review: "initial",
  verification: "verification",
};

/** The reviewer's check list of the stage the filing is in, leading to the lines of `groups`; empty at the others. */
export function checkLists(
  { state }: Pick<Filing, "state">,
  data: FilingData,
  context: RuleContext,
  slots: readonly SlotView[],
  groups: FactGroups,
): CheckLists {
  const phase = phaseOf[state];
  const items = phase ? checkList(data, context).filter((item) => item.phase === phase) : [];
  const pictures = items.filter(({ slot }) => slot !== undefined);
  const fields = items.filter(({ slot }) => slot === undefined);
  return {
    fields: gathered(fields, (item) => fieldCaption(data, item, linesOf(groups))),
    pictures: gathered(pictures, (item) => ({ caption: slotCaption(slots, item), place: undefined })),
    count: items.length,
  };
}

type Caption = Omit<CheckLines, "lines">;

function gathered(items: readonly CheckItem[], captionOf: (item: CheckItem) => Caption): CheckLines[] {
  const groups = new Map<string, CheckLines>();
  for (const item of items) {
    const { caption, place } = captionOf(item);
    const group = groups.get(caption) ?? { caption, place, lines: [] };
    groups.set(caption, { ...group, lines: [...group.lines, { text: item.text, source: item.source }] });
  }
  return [...groups.values()];
}

/** What was left blank has no line of its own that a link could lead to. */
const linesOf = ({ filled, copied }: FactGroups): ReadonlySet<string> =>
  new Set([...filled, ...copied].flatMap(({ facts }) => facts.map(({ place }) => place)));

function fieldCaption(
  data: FilingData,
  { section: { kind, id }, field: key }: CheckItem,
  lines: ReadonlySet<string>,
): Caption {
  const [section, suffix = ""] = numberedSections(data).find(([one]) => one.id === id) ?? [];
  const field = key ? maybeField(kind, key) : undefined;
  if (!field || !section) return { caption: sectionNames[kind] + suffix, place: undefined };
  const place = `${id}.${field.key}`;
  return {
    caption: summaryLabelOf(field, section.values) + suffix,
    place: lines.has(place) ? place : undefined,
  };
}

const slotCaption = (slots: readonly SlotView[], { slot, section }: CheckItem): string =>
  shortLabel(
    slots.find((one) => one.slot.slot === slot && one.slot.sectionId === section.id)?.slot.label ??
      "核验材料",
  );
