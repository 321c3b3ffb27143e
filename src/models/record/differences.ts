import type { RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { field, listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { FilingKind, SectionKind } from "../../vocabulary/filing.ts";
import { placeCode } from "../bureau/blocks.ts";
import { nothingKnown } from "../bureau/parts.ts";
import {
  accessesOf,
  type Pair,
  pairsOf,
  recordIdOf,
  type SentSection,
  sitesOf,
  theirAccess,
  usualNumber,
  type Writing,
} from "./writing.ts";

/** What is compared; without a filing it is a first one. */
type Compared = Pick<Writing, "sent" | "ids" | "record" | "known"> & { filing?: { kind: FilingKind } };

/**
 * What the bureau's record says otherwise than what was sent, for 对账: places such as 主办单位名称 or 网站12的域名, never a
 * value. Empty when both agree.
 */
export function recordDifferences(writing: Compared): string[] {
  const pairs = pairsOf(writing);
  return compared[writing.filing?.kind ?? "first"].flatMap((compare) => compare(writing, pairs));
}

function subjectDifferences({ sent, record }: Compared): string[] {
  const values = sent.sections.find(({ kind }) => kind === "subject")?.values ?? {};
  return [
    ...differs(labelOf("subject", "name"), textOf(values, "name"), record.subject.name),
    ...differs(labelOf("subject", "nature"), textOf(values, "nature"), String(record.subject.nature ?? "")),
  ];
}

/** A number that the bureau gave anew is not taken over by itself: the record keeps the one it has. */
function subjectNumberDifference({ record, known = nothingKnown }: Compared): string[] {
  const ours = known.subject?.number;
  const theirs = record.subject.number;
  return ours && theirs ? differs("主体备案号", usualNumber(ours), usualNumber(theirs)) : [];
}

const lostWebsites = (writing: Compared, pairs: Pair[]): string[] =>
  sitesOf(writing)
    .filter((site) => !pairs.some((pair) => pair.site === site))
    .map((site) => `管局没有网站${recordIdOf(site)}`);

const strangeWebsites = ({ record }: Compared, pairs: Pair[]): string[] =>
  record.websites
    .filter((theirs) => !pairs.some((pair) => pair.theirs === theirs))
    .map(({ number }) => `管局多出网站${number ?? "（没有备案号）"}`);

const allWebsites = (writing: Compared, pairs: Pair[]): string[] =>
  pairs.flatMap((pair) => [...websiteDifferences(writing, pair), ...accessesDifferences(writing, pair)]);

const allAccesses = (writing: Compared, pairs: Pair[]): string[] =>
  pairs.flatMap((pair) => accessesDifferences(writing, pair));

function websiteDifferences({ ids }: Compared, { site, theirs }: Pair): string[] {
  const { values } = site;
  const place = (key: string) => `网站${recordIdOf(site)}的${labelOf("website", key)}`;
  const domains = ids.domains.filter(({ sectionId }) => sectionId === site.id).map(({ domain }) => domain);
  return [
    ...differs(place("siteName"), textOf(values, "siteName"), theirs.name),
    ...differs(place("homePages"), listOf(values, "homePages").join(";"), theirs.homePage ?? ""),
    ...differs(
      place("domains"),
      sorted(domains),
      sorted(theirs.domains.map(({ name }) => name.toLowerCase())),
    ),
  ];
}

const accessesDifferences = (writing: Compared, { site, theirs }: Pair): string[] =>
  accessesOf(writing, site).flatMap((access) => accessDifferences(writing, access, theirs));

function accessDifferences(compared: Compared, access: SentSection, site: RecordWebsite): string[] {
  const { ids } = compared;
  const { id, values } = access;
  const theirs: RecordAccess | undefined = theirAccess(compared, site, recordIdOf(access));
  if (!theirs) return [`管局没有接入${recordIdOf(access)}`];
  const place = (key: string) => `接入${recordIdOf(access)}的${labelOf("access", key)}`;
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

/** What each kind of filing sends, and so what of the bureau's record can differ from it. */
const compared: Record<FilingKind, ((writing: Compared, pairs: Pair[]) => string[])[]> = {
  first: [subjectDifferences, lostWebsites, strangeWebsites, allWebsites],
  add: [lostWebsites, allWebsites],
  join: [lostWebsites, allAccesses],
  change: [subjectDifferences, subjectNumberDifference, lostWebsites, allWebsites],
  cancel: [],
};
