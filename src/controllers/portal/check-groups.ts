import type { Finding } from "../../rules/index.ts";
import {
  type Field,
  groupsOf,
  labelOf,
  maskedValue,
  summaryLabelOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { Section } from "../../vocabulary/filing.ts";
import { fieldHref, type Places, type Said } from "./check-report.ts";

/** One fact of the summary. */
export type CheckRow = {
  label: string;
  /** The same where no heading helps, for the link. */
  fullLabel: string;
  /** As a person reads it, masked; "" where nothing was filled in. */
  text: string;
  /** Numbers, addresses of machines, mail boxes: tabular and breakable anywhere. */
  numeric: boolean;
  href: string | undefined;
  mark: "error" | "warning" | undefined;
  changed: boolean;
  /** Of a mobile number: whether a code has proved it. */
  proved: boolean | undefined;
};

export type CheckGroup = { title: string; rows: CheckRow[] };

/** The facts of a filing under the legends of its forms. */
export function checkGroups(places: Places, said: Omit<Said, "returned">, provider: string): CheckGroup[] {
  const { subject, websites } = places.data;
  return [subject, ...websites.flatMap((website) => [website, ...website.accesses])].flatMap((section) =>
    groupsOf(section.kind, section.values).map(({ id, legend, fields }) => ({
      title: titleOf(places, section, id, legend),
      rows: fields.map((field) => rowOf(places, said, section, field, provider)),
    })),
  );
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
  const text = field.kind === "fixed" ? provider : maskedValue(field, values);
  return {
    label: field.kind === "toggle" ? summaryLabelOf(field, values) : labelOf(field, values),
    fullLabel: summaryLabelOf(field, values),
    text,
    numeric: NUMERIC.has(field.key) || field.sensitivity === "phone" || field.sensitivity === "email",
    href: field.kind === "fixed" ? undefined : fieldHref(places, section.kind, section.id, field.key),
    mark: markOf(own),
    changed: said.changes.some((one) => one.sectionId === section.id && one.field === field.key),
    proved: provedOf(said, section.id, field, values),
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
