import { PASSWORD_MISSING, PRODUCT_MISSING } from "../../models/filing/kind-findings.ts";
import type { Phone } from "../../models/filing/phones.ts";
import type { Returned } from "../../models/filing/returns.ts";
import type { Filing } from "../../models/filing/rows.ts";
import type { Difference } from "../../models/filing/snapshots.ts";
import type { SlotView } from "../../models/material/overview.ts";
import type { Finding } from "../../rules/index.ts";
import { filingPath } from "../../view.ts";
import {
  field,
  maybeField,
  sectionNames,
  summaryLabelOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { FilingData, Section, SectionKind } from "../../vocabulary/filing.ts";
import { sourceNote } from "../finding-source.ts";
import { type Seat, seatOf } from "./check-seats.ts";
import { placeHref } from "./places.ts";
import { anchorOf } from "./section-fields.ts";
import type { SectionTask } from "./section-tasks.ts";

/** One line of the 预审报告. */
export type ReportLine = {
  severity: "error" | "warning";
  label: string;
  text: string;
  href: string;
  /** On which page it is corrected, and where on it. */
  seat: Seat;
  /** Who says so, with the year, and which older source says otherwise. */
  source: string;
  /** What a reviewer has returned and nobody has touched since. */
  untouched?: true;
  /** Several places of one kind in one line, each with its own way; the text ends before them. */
  links?: { label: string; href: string }[];
  /** What may be told in one line with others of its kind. */
  kind?: { id: string; label: string; text: (count: number) => string };
};

/** Where things stand in the filing. */
export type Places = {
  filing: Filing;
  data: FilingData;
  tasks: readonly SectionTask[];
  slots: readonly SlotView[];
};

export type Said = {
  findings: readonly Finding[];
  unproved: readonly Phone[];
  returned: readonly Returned[];
  changes: readonly Difference[];
};

/** All that is to be corrected or looked at in the order of the pages, each with the way to it. */
export function reportLines(places: Places, { findings, unproved, returned, changes }: Said): ReportLine[] {
  const lines = [
    ...findings.flatMap((finding) => findingLine(places, finding)),
    ...unproved.map((phone) => phoneLine(places, phone)),
    ...returned
      .filter((place) => !changes.some((change) => isAt(change, place)))
      .map((place) => untouchedLine(places, place)),
  ];
  return lines.sort((a, b) => a.seat.page - b.seat.page || a.seat.order - b.seat.order);
}

/** What was returned of the filing as a whole, such as words of the bureau, is answered by any change. */
const isWhole = ({ sectionId, field: key, slot }: Returned): boolean =>
  (sectionId ?? key ?? slot ?? null) === null;

const isAt = (change: Difference, place: Returned): boolean =>
  isWhole(place) ||
  (change.sectionId === place.sectionId && change.field === place.field && change.slot === place.slot);

/** All sections in the order of the forms. */
export const sectionsIn = ({ subject, websites, cancellation }: FilingData): Section[] => [
  subject,
  ...websites.flatMap((website) => [website, ...website.accesses]),
  ...(cancellation ? [cancellation] : []),
];

/** The values of a section by its id. */
export function valuesOf({ data }: Pick<Places, "data">, sectionId: number | null): Values {
  return sectionsIn(data).find(({ id }) => id === sectionId)?.values ?? {};
}

/** The control of a field in its form, named twice: for the server, which draws the form for it, and for the browser. */
export function fieldHref(
  { tasks, data }: Pick<Places, "tasks" | "data">,
  kind: SectionKind,
  sectionId: number,
  key: string | null,
): string {
  const task = tasks.find((one) => one.sectionId === sectionId);
  const anchor = key ? anchorOf(maybeField(kind, key), valuesOf({ data }, sectionId)) : "fields";
  return `${task?.href ?? ""}?at=${anchor}#${anchor}`;
}

/** What is filled in on a page of its own, by rule. */
const ownPages: Record<string, { label: string; kind: SectionTask["kind"] }> = {
  [PASSWORD_MISSING]: { label: "备案密码", kind: "password" },
  [PRODUCT_MISSING]: { label: "产品核验", kind: "product" },
};

function findingLine(places: Places, finding: Finding): ReportLine[] {
  const { severity, section, slot, field: key, message: text } = finding;
  if (severity === "check") return [];
  const line = { severity, text, source: sourceNote(finding) };
  const apart = ownPages[finding.rule];
  if (apart) {
    const { label, kind } = apart;
    return [{ ...line, label, href: `${filingPath(places.filing)}/${kind}`, seat: seatOf(places, { kind }) }];
  }
  if (slot) return [slotLine(places, line, { slot, sectionId: section.id, field: null })];
  const values = valuesOf(places, section.id);
  const label = key ? summaryLabelOf(field(section.kind, key), values) : sectionNames[section.kind];
  const href = fieldHref(places, section.kind, section.id, key);
  const seat = seatOf(places, { sectionId: section.id, field: key });
  const task = places.tasks.find((one) => one.sectionId === section.id);
  return [
    {
      ...line,
      label,
      href,
      seat,
      ...(finding.rule === "required" && task ? { kind: missingFields(task) } : {}),
    },
  ];
}

type Slot = { slot: string; sectionId: number; field: null };

function slotLine(
  places: Places,
  line: Pick<ReportLine, "severity" | "text" | "source">,
  place: Slot,
): ReportLine {
  const view = places.slots.find(
    (one) => one.slot.slot === place.slot && one.slot.sectionId === place.sectionId,
  );
  const label = view?.slot.label ?? "核验材料";
  const href = placeHref(places.filing, places.tasks, place);
  const full = { ...line, label, href, seat: seatOf(places, place) };
  return view?.status === "empty" ? { ...full, kind: missingPictures } : full;
}

const missingFields = (task: SectionTask): ReportLine["kind"] => ({
  id: `fields:${task.sectionId}`,
  label: "还没有填写",
  text: (count) => `${count}处：`,
});

const missingPictures: ReportLine["kind"] = {
  id: "pictures",
  label: "还没有上传",
  text: (count) => `${count}份：`,
};

function phoneLine(places: Places, { sectionId, field: key }: Phone): ReportLine {
  const task = places.tasks.find((one) => one.sectionId === sectionId);
  const kind = key === "mobile" ? "subject" : "website";
  const label = summaryLabelOf(field(kind, key), {});
  const text = "这个号码还没有用短信验证码验证。";
  const seat = seatOf(places, { sectionId, field: key });
  return {
    ...{ severity: "error", label, text, source: "", href: `${task?.href ?? ""}?at=code#code` },
    seat: { ...seat, order: seat.order + 0.5 },
  };
}

/** Returned and not touched since: it may be meant so, and is no error. */
function untouchedLine(places: Places, place: Returned): ReportLine {
  const { filing, tasks } = places;
  const text = `审核退回的这一处还没有改：${place.text}`;
  const href = placeHref(filing, tasks, place);
  return {
    ...{ severity: "warning", label: place.label, text, source: "", href, untouched: true },
    seat: seatOf(places, place),
  };
}
