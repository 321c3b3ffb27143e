import { codeLabel } from "../../vocabulary/code-tables.ts";
import {
  type Field,
  fieldsOf,
  isVisible,
  listOf,
  type SectionKind,
  summaryLabelOf,
  textOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { FilingData, FilingKind, Section } from "../../vocabulary/filing.ts";
import { type VersionData, versionData } from "../../vocabulary/interface-version.ts";
import type { Filing } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { bureauFor } from "./rows.ts";

/** Something of a filing that the bureau's version has no place for. */
export type Uncarried = {
  section: SectionKind;
  sectionId: number;
  /** Key of the field. */
  field: string;
  /** In words, such as IPv6地址 or 应用服务类型（APP）; never a value that somebody typed. */
  what: string;
  /** It stays with us and the rest is sent, or nothing can be sent without it. */
  severity: "kept_here" | "blocks";
};

/** Sections whose values an upload carries. */
const sent: Record<FilingKind, readonly SectionKind[]> = {
  first: ["subject", "website", "access"],
  add: ["website", "access"],
  join: ["access"],
  change: ["subject", "website", "access"],
  cancel: ["cancellation"],
};

/** Without an element of their own, these decide what stands in those of others. */
const STEERING = ["serviceType", "samePerson", "messengerType", "leaderMessengerType"];

type Asked = { data: FilingData; section: Section; carries: VersionData["carries"] };
type Lacking = Omit<Uncarried, "section" | "sectionId">;

/** Everything of a filing that a version cannot carry, in the order of the forms. Throws `UnknownVersion`. */
export function uncarried(version: string, data: FilingData): Uncarried[] {
  const { carries } = versionData(version);
  return sectionsIn(data).flatMap((section) => {
    const asked = { data, section, carries };
    const values = sent[data.kind].includes(section.kind) ? checks.flatMap((check) => check(asked)) : [];
    return [...serviceTypes(asked), ...values].map((one) => ({
      section: section.kind,
      sectionId: section.id,
      ...one,
    }));
  });
}

const sectionsIn = ({ subject, websites, cancellation }: FilingData): Section[] => [
  subject,
  ...websites.flatMap((website) => [website, ...website.accesses]),
  ...(cancellation ? [cancellation] : []),
];

const isGiven = ({ kind, parts }: Field, values: Values): boolean =>
  kind === "toggle"
    ? parts.some(({ key }) => values[key] === "1")
    : parts.some(({ key }) => listOf(values, key).length > 0);

/** What the dictionary names no element for. */
const keptFields = ({ section: { kind, values } }: Asked): Lacking[] =>
  fieldsOf(kind)
    .filter((one) => one.bureau === null && one.kind !== "fixed" && !STEERING.includes(one.key))
    .filter((one) => isVisible(one, values) && isGiven(one, values))
    .map((one) => ({ field: one.key, what: summaryLabelOf(one, values), severity: "kept_here" }));

/** 网站 alone in V.3.0; apps, mini programs and quick apps came in 2023. */
const serviceTypes = ({ section: { kind, values }, carries }: Asked): Lacking[] =>
  kind !== "website"
    ? []
    : listOf(values, "serviceType")
        .filter((code) => !carries.serviceTypes.includes(code))
        .map((code) => ({
          field: "serviceType",
          what: `应用服务类型（${codeLabel("service_type", code)}）`,
          severity: "blocks",
        }));

function messengers({ section: { kind, values }, carries }: Asked): Lacking[] {
  const keys =
    kind === "subject" ? ["messengerType", "messenger"] : ["leaderMessengerType", "leaderMessenger"];
  const [type = "", account = ""] = keys.map((key) => textOf(values, key));
  const field = fieldsOf(kind).find(({ key }) => key === keys[1]);
  if (!field || type === "" || account === "" || carries.messengers.includes(type)) return [];
  if (!isVisible(field, values)) return [];
  const what = `${summaryLabelOf(field, values)}（${codeLabel("messenger", type)}）`;
  return [{ field: field.key, what, severity: "kept_here" }];
}

function certTypes({ data, section: { kind, values }, carries }: Asked): Lacking[] {
  const known = carries.certTypes[data.kind];
  const code = textOf(values, "certType");
  if (kind !== "subject" || code === "" || !known || known.includes(code)) return [];
  return [{ field: "certType", what: `证件类型（${codeLabel("cert_type", code)}）`, severity: "blocks" }];
}

/** An access must have an address that can be sent. */
function addresses({ section: { kind, values }, carries }: Asked): Lacking[] {
  const ranges = kind === "access" ? listOf(values, "ips") : [];
  const lacking = ranges.filter((one) => one.includes(":"));
  if (carries.ipv6 || lacking.length === 0) return [];
  return [
    { field: "ips", what: "IPv6地址", severity: lacking.length === ranges.length ? "blocks" : "kept_here" },
  ];
}

function homePages({ section: { kind, values }, carries }: Asked): Lacking[] {
  const pages = kind === "website" ? listOf(values, "homePages") : [];
  if (pages.length < 2 || pages.join(";").length <= carries.homePageLength) return [];
  return [{ field: "homePages", what: "放不下的首页网址", severity: "kept_here" }];
}

const checks: ((asked: Asked) => Lacking[])[] = [certTypes, homePages, messengers, addresses, keptFields];

/** What the bureau of a filing cannot take, each once, in words; nothing where the provider has no bureau for it. */
export async function uncarriedWords(
  { db }: Pick<Store, "db">,
  filing: Pick<Filing, "ispId" | "province">,
  data: FilingData,
): Promise<{ kept: string[]; blocks: string[] }> {
  const bureau = await bureauFor(db, filing.ispId, filing.province);
  const all = bureau ? uncarried(bureau.version, data) : [];
  const words = (severity: Uncarried["severity"]) => [
    ...new Set(all.filter((one) => one.severity === severity).map(({ what }) => what)),
  ];
  return { kept: words("kept_here"), blocks: words("blocks") };
}
