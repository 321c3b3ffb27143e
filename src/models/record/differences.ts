import type { RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { field, listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { SectionKind } from "../../vocabulary/filing.ts";
import { placeCode } from "../bureau/first-filing.ts";
import { pairsOf, type Writing } from "./write.ts";

/**
 * What the bureau's record says otherwise than what was sent, for 对账: places such as 主办单位名称 or 网站12的域名, never a
 * value. Empty when both agree.
 */
export function recordDifferences(writing: Pick<Writing, "sent" | "ids" | "record">): string[] {
  const { sent, record } = writing;
  const pairs = pairsOf(writing);
  const subject = sent.sections.find(({ kind }) => kind === "subject")?.values ?? {};
  const lost = sent.sections.filter(
    ({ kind, id }) => kind === "website" && !pairs.some(({ site }) => site.id === id),
  );
  const strange = record.websites.filter((theirs) => !pairs.some((pair) => pair.theirs === theirs));
  return [
    ...differs(labelOf("subject", "name"), textOf(subject, "name"), record.subject.name),
    ...differs(labelOf("subject", "nature"), textOf(subject, "nature"), String(record.subject.nature ?? "")),
    ...lost.map(({ id }) => `管局没有网站${id}`),
    ...strange.map(({ number }) => `管局多出网站${number ?? "（没有备案号）"}`),
    ...pairs.flatMap(({ site, theirs }) => websiteDifferences(writing, site.id, site.values, theirs)),
  ];
}

function websiteDifferences(
  { sent, ids }: Pick<Writing, "sent" | "ids">,
  id: number,
  values: Writing["sent"]["sections"][number]["values"],
  theirs: RecordWebsite,
): string[] {
  const place = (key: string) => `网站${id}的${labelOf("website", key)}`;
  const domains = ids.domains.filter(({ sectionId }) => sectionId === id).map(({ domain }) => domain);
  const accesses = sent.sections.filter(({ parentId }) => parentId === id);
  return [
    ...differs(place("siteName"), textOf(values, "siteName"), theirs.name),
    ...differs(place("homePages"), listOf(values, "homePages").join(";"), theirs.homePage ?? ""),
    ...differs(
      place("domains"),
      sorted(domains),
      sorted(theirs.domains.map(({ name }) => name.toLowerCase())),
    ),
    ...accesses.flatMap((access) => accessDifferences(ids, access, theirs.accesses)),
  ];
}

function accessDifferences(
  ids: Writing["ids"],
  { id, values }: Writing["sent"]["sections"][number],
  all: readonly RecordAccess[],
): string[] {
  const theirs = all.find(({ ourId }) => ourId === id) ?? (all.length === 1 ? all[0] : undefined);
  if (!theirs) return [`管局没有接入${id}`];
  const place = (key: string) => `接入${id}的${labelOf("access", key)}`;
  // Version V.3.0 of the interface has no IPv6, so these were never sent.
  const own = ids.ips.filter(({ sectionId, first }) => sectionId === id && !first.includes(":"));
  return [
    ...differs(
      place("serverPlaces"),
      sorted(listOf(values, "serverPlaces").map(placeCode)),
      sorted(theirs.places),
    ),
    ...differs(place("accessModes"), sorted(listOf(values, "accessModes")), sorted(theirs.modes)),
    ...differs(
      place("ips"),
      sorted(own.map(({ first, last }) => `${first}-${last}`)),
      sorted(theirs.ips.map(({ from, to }) => `${from}-${to}`)),
    ),
  ];
}

const labelOf = (kind: SectionKind, key: string): string => field(kind, key).summaryLabel;

const sorted = (values: readonly (string | number)[]): string => [...values].map(String).sort().join(",");

const differs = (place: string, ours: string, theirs: string): string[] => (ours === theirs ? [] : [place]);
