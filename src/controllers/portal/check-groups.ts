import type { Finding } from "../../rules/index.ts";
import {
  displayValue,
  type Field,
  groupsOf,
  isVisible,
  labelOf,
  maskedValue,
  summaryLabelOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import { fieldHref, type Places, type Said, sectionsIn } from "./check-report.ts";

/** One fact of the summary. */
export type CheckRow = {
  label: string;
  /** The same where no heading helps, for the link. */
  fullLabel: string;
  /** As a person reads it, masked; "" where nothing was filled in. */
  text: string;
  /** In a change: what stands on record. */
  before: string | undefined;
  /** Numbers, addresses of machines, mail boxes: tabular and breakable anywhere. */
  numeric: boolean;
  href: string | undefined;
  mark: "error" | "warning" | undefined;
  changed: boolean;
  /** Of a mobile number: whether a code has proved it. */
  proved: boolean | undefined;
};

export type CheckGroup = { title: string; rows: CheckRow[] };

/** The facts of a filing under the legends of its forms; of a change only what reads otherwise than on record. */
export function checkGroups(places: Places, said: Omit<Said, "returned">, provider: string): CheckGroup[] {
  const groups = sectionsIn(places.data).flatMap((section) =>
    groupsOf(section.kind, section.values).map(({ id, legend, fields }) => ({
      title: titleOf(places, section, id, legend),
      rows: fields.map((field) => rowOf(places, said, section, field, provider)),
    })),
  );
  if (places.data.kind !== "change") return groups;
  return groups
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ before }) => before !== undefined) }))
    .filter(({ rows }) => rows.length > 0);
}

/** What stands on record, where the field reads otherwise now; a field that was hidden held nothing. */
function beforeOf({ kind }: Pick<FilingData, "kind">, { before, values }: Section, field: Field) {
  if (kind !== "change" || !before || field.kind === "fixed") return undefined;
  const then = isVisible(field, before) ? field : undefined;
  if ((then && displayValue(then, before)) === displayValue(field, values)) return undefined;
  return (then && maskedValue(then, before)) || "没有填写";
}

/** 单位信息 is 主办单位 here; of several websites each says which. */
function titleOf({ tasks }: Places, section: Section, group: string, legend: string): string {
  if (group === "organiser") return legend === "个人信息" ? "主办者" : "主办单位";
  const several = tasks.filter(({ kind }) => kind === "website").length > 1;
  const label = tasks.find(({ sectionId }) => sectionId === section.id)?.label ?? legend;
  if (group === "site" || group === "access") return label;
  return several && section.kind === "website" ? `${label}：${legend}` : legend;
}

const PROVED_KEYS = new Set(["mobile", "leaderMobile"]);
const NUMERIC = new Set(["certNo", "idNo", "leaderIdNo", "domains", "homePages", "ips"]);

function rowOf(
  places: Places,
  said: Omit<Said, "returned">,
  section: Section,
  field: Field,
  provider: string,
): CheckRow {
  const { values } = section;
  const own = said.findings.filter(
    (finding) => finding.section.id === section.id && finding.field === field.key,
  );
  // 接入服务提供者 is no answer of the registrant: it is the provider that the filing belongs to.
  const text = field.key === "provider" ? provider : maskedValue(field, values);
  return {
    label: field.kind === "toggle" ? summaryLabelOf(field, values) : labelOf(field, values),
    fullLabel: summaryLabelOf(field, values),
    text,
    before: beforeOf(places.data, section, field),
    numeric: NUMERIC.has(field.key) || field.sensitivity === "phone" || field.sensitivity === "email",
    href:
      field.kind === "fixed" || section.open === false
        ? undefined
        : fieldHref(places, section.kind, section.id, field.key),
    mark: markOf(own),
    changed: said.changes.some((one) => one.sectionId === section.id && one.field === field.key),
    proved: section.open === false ? undefined : provedOf(said, section.id, field, values),
  };
}

const markOf = (own: readonly Finding[]): CheckRow["mark"] =>
  (["error", "warning"] as const).find((severity) => own.some((finding) => finding.severity === severity));

function provedOf(
  { unproved }: Pick<Said, "unproved">,
  sectionId: number,
  { key }: Field,
  values: Values,
): boolean | undefined {
  if (!PROVED_KEYS.has(key) || !values[key]) return undefined;
  return !unproved.some((phone) => phone.sectionId === sectionId && phone.field === key);
}
