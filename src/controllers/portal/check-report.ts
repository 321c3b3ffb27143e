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
import { placeHref } from "./places.ts";
import { anchorOf } from "./section-fields.ts";
import type { SectionTask } from "./section-tasks.ts";

/** One line of the 预审报告. */
export type ReportLine = {
  severity: "error" | "warning";
  /** 网站2：网站名称 */
  label: string;
  text: string;
  href: string;
  /** Word of the link. */
  action: string;
  /** What a reviewer has returned and nobody has touched since. */
  untouched?: true;
  /** Several places of one kind in one line, each with its own way; the text ends before them. */
  links?: { label: string; href: string }[];
  /** What may be told in one line with others of its kind. */
  kind?: { id: string; label: string; text: (count: number) => string; href: string };
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

/** All that is to be corrected or looked at, errors first, each with the way to it. */
export function reportLines(places: Places, { findings, unproved, returned, changes }: Said): ReportLine[] {
  const lines = [
    ...findings.flatMap((finding) => findingLine(places, finding)),
    ...unproved.map((phone) => phoneLine(places, phone)),
    ...returned
      .filter((place) => !changes.some((change) => isAt(change, place)))
      .map((place) => untouchedLine(places, place)),
  ];
  return gathered(lines).sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

/** From so many on, what is only empty is told in one line: a new filing would fill pages otherwise. */
const MANY = 3;

function gathered(lines: readonly ReportLine[]): ReportLine[] {
  return lines.flatMap((line) => {
    const like = lines.filter(({ kind }) => kind !== undefined && kind.id === line.kind?.id);
    if (!line.kind || like.length < MANY) return [line];
    if (like[0] !== line) return [];
    const links = like.map(({ label, href }) => ({ label, href }));
    const { label, text, href } = line.kind;
    return [{ severity: line.severity, label, text: text(links.length), href, action: line.action, links }];
  });
}

/** How many places the lines stand for. */
export const placesIn = (lines: readonly ReportLine[]): number =>
  lines.reduce((count, { links }) => count + (links?.length ?? 1), 0);

const isAt = (change: Difference, place: Returned): boolean =>
  change.sectionId === place.sectionId && change.field === place.field && change.slot === place.slot;

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

/** With several websites a label says which one. */
function named({ tasks }: Places, sectionId: number | null, label: string): string {
  const several = tasks.filter(({ kind }) => kind === "website").length > 1;
  const task = tasks.find((one) => one.sectionId === sectionId);
  return several && task && task.kind !== "subject" ? `${task.label}：${label}` : label;
}

/** The control of a field in its form; `all` lets the form say everything, also of empty fields. */
export function fieldHref(
  { tasks, data }: Places,
  kind: SectionKind,
  sectionId: number,
  key: string | null,
): string {
  const task = tasks.find((one) => one.sectionId === sectionId);
  const anchor = key ? anchorOf(maybeField(kind, key), valuesOf({ data }, sectionId)) : "fields";
  return `${task?.href ?? ""}?all#${anchor}`;
}

/** What is filled in on a page of its own, by rule. */
const ownPages: Record<string, { label: string; page: string }> = {
  [PASSWORD_MISSING]: { label: "备案密码", page: "password" },
  [PRODUCT_MISSING]: { label: "产品核验", page: "product" },
};

function findingLine(places: Places, finding: Finding): ReportLine[] {
  const { severity, section, slot, field: key, message: text } = finding;
  if (severity === "check") return [];
  const apart = ownPages[finding.rule];
  if (apart) {
    const href = `${filingPath(places.filing)}/${apart.page}`;
    return [{ severity, label: apart.label, text, href, action: "去填写" }];
  }
  if (slot) {
    const label = places.slots.find((one) => one.slot.slot === slot && one.slot.sectionId === section.id);
    const href = placeHref(places.filing, places.tasks, { slot, sectionId: section.id, field: null });
    const name = label?.slot.label ?? "核验材料";
    const line = { severity, label: named(places, section.id, name), text, href, action: "去上传" };
    const isMissing = label?.status === "empty";
    return [isMissing ? { ...line, kind: missingPictures(places.filing) } : line];
  }
  const values = valuesOf(places, section.id);
  const label = key ? summaryLabelOf(field(section.kind, key), values) : sectionNames[section.kind];
  const href = fieldHref(places, section.kind, section.id, key);
  const line = { severity, label: named(places, section.id, label), text, href, action: "修改" };
  const task = places.tasks.find((one) => one.sectionId === section.id);
  return [finding.rule === "required" && task ? { ...line, kind: missingFields(task, href) } : line];
}

const missingFields = (task: SectionTask, href: string): ReportLine["kind"] => ({
  id: `fields:${task.sectionId}`,
  label: task.label,
  text: (count) => `还有${count}处没有填写：`,
  href,
});

const missingPictures = (filing: Filing): ReportLine["kind"] => ({
  id: "pictures",
  label: "核验材料",
  text: (count) => `还有${count}份没有上传：`,
  href: `${filingPath(filing)}/materials`,
});

function phoneLine(places: Places, { sectionId, field: key }: Phone): ReportLine {
  const task = places.tasks.find((one) => one.sectionId === sectionId);
  const kind = key === "mobile" ? "subject" : "website";
  const label = named(places, sectionId, summaryLabelOf(field(kind, key), {}));
  const text = "这个号码还没有用短信验证码验证。";
  return { severity: "error", label, text, href: `${task?.href ?? ""}#code`, action: "去验证" };
}

/** Returned and not touched since: it may be meant so, and is no error. */
function untouchedLine({ filing, tasks }: Places, place: Returned): ReportLine {
  const text = `审核退回的这一处还没有改：${place.text}`;
  const href = placeHref(filing, tasks, place);
  const action = place.slot ? "重新上传" : "修改";
  return { severity: "warning", label: place.label, text, href, action, untouched: true };
}
