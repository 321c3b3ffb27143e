import type { ResultCode } from "../gateways/bureau/index.ts";
import { ipv4Number } from "../gateways/bureau/ipv4.ts";
import { childrenOf, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import { PICTURE_CHECKS } from "./check-pictures.ts";
import { VALUE_CHECKS } from "./check-values.ts";
import type { Bureau } from "./permits.ts";
import { certificateOf, domainsOf } from "./records.ts";

/**
 * What a check looks at: the parts that an operation carries, and what is known around it. `held` are domains of others;
 * `owners` what pictures may belong to, as `1/` or `2/` with an id or number; `conflict`: the organiser is filed already;
 * `individual`: the subject is a person; `siteIds`: the bureau's ids of the websites that it is about.
 */
export type Checked = {
  bureau: Bureau;
  subject?: Tree;
  websites: Tree[];
  accesses: Tree[];
  attachments: Tree[];
  owners: Set<string>;
  held: (domain: string) => boolean;
  conflict: boolean;
  individual: boolean;
  siteIds: number[];
};

/** One check of the bureau's machine: the code and what makes it, as words for the person (none: all is well). */
export type Check = { code: number; faults: (filing: Checked) => string[] };

function heldDomains({ websites, held }: Checked): string[] {
  const mine = websites.flatMap(domainsOf);
  const twice = new Set(mine.filter((domain, at) => mine.indexOf(domain) !== at));
  return [...new Set(mine.filter((domain) => held(domain) || twice.has(domain)))];
}

/** Texts of websites that stand on record for another website already, where its domain does not say so itself. */
const taken =
  (name: string, known: (bureau: Bureau) => ReadonlyMap<string, number[]>) =>
  ({ bureau, websites, siteIds, held }: Checked): string[] =>
    websites
      .filter((site) => !domainsOf(site).some(held))
      .map((site) => textAt(site, name)?.toLowerCase() ?? "")
      .filter((text) =>
        known(bureau)
          .get(text)
          ?.some((id) => !siteIds.includes(id)),
      );

/** Our names of domains and address ranges that are new and yet on record under that name. */
const knownParts =
  (of: "domain" | "ip", name: string, id: string, parts: (filing: Checked) => Tree[]) =>
  (filing: Checked): string[] =>
    parts(filing)
      .filter((part) => textAt(part, id) === undefined)
      .map((part) => numberAt(part, name) ?? 0)
      .filter((ours) => filing.bureau.index.ours[of].has(ours))
      .map((ours) => `记录 ${ours}`);

const domainParts = ({ websites }: Checked): Tree[] => websites.flatMap((site) => childrenOf(site, "Ym_xx"));
const rangeParts = ({ accesses }: Checked): Tree[] =>
  accesses.flatMap((access) => childrenOf(access, "Ip_xx"));

/** Addresses outside of what the provider filed for itself. */
function foreignRanges(filing: Checked): string[] {
  const own = filing.bureau.standing.ranges?.map(({ from, to }) => [
    ipv4Number(from) ?? 0,
    ipv4Number(to) ?? 0,
  ]);
  if (!own) return [];
  const lies = (first: number, last: number) => own.some(([from = 0, to = 0]) => from <= first && last <= to);
  return rangeParts(filing)
    .filter((ip) => !lies(numberAt(ip, "Qsip") ?? 0, numberAt(ip, "Zzip") ?? 0))
    .map(() => "接入IP不在已报备的IP范围内");
}

const elsewhere = ({ bureau, subject }: Checked): string[] =>
  subject && bureau.province && textAt(subject, "Txdz/Shengid") !== bureau.province ? ["主体不在本省"] : [];

const blacklistedSites = ({ bureau, websites }: Checked): string[] => {
  const bad = bureau.blacklist.flatMap((row) => (row.of === "website" ? row.domains : []));
  return websites.flatMap((site) =>
    domainsOf(site)
      .filter((domain) => bad.includes(domain))
      .map((domain) => `“${textAt(site, "Wzmc")}”网站的“${domain}”`),
  );
};

const blacklistedSubject = ({ bureau, subject }: Checked): string[] =>
  subject &&
  bureau.blacklist.some((row) => row.of === "subject" && row.certificate === certificateOf(subject))
    ? ["主办者"]
    : [];

/** What can be seen only beside what is on record. */
const RECORD_CHECKS: Check[] = [
  { code: 1003, faults: ({ conflict }) => (conflict ? ["主办者"] : []) },
  { code: 1005, faults: heldDomains },
  {
    code: 1020,
    faults: (filing) => (filing.bureau.uniqueNames ? taken("Wzmc", ({ index }) => index.names)(filing) : []),
  },
  { code: 1021, faults: taken("Syurl", ({ index }) => index.homePages) },
  { code: 1039, faults: knownParts("domain", "IspYmid", "Ymid", domainParts) },
  { code: 1040, faults: knownParts("ip", "IspIpid", "Ipid", rangeParts) },
  { code: 1045, faults: elsewhere },
  { code: 1063, faults: foreignRanges },
  { code: 1064, faults: blacklistedSites },
  { code: 1065, faults: blacklistedSubject },
];

const CHECKS = [...RECORD_CHECKS, ...VALUE_CHECKS, ...PICTURE_CHECKS].toSorted((a, b) => a.code - b.code);

/** Every code that the bureau's machine finds, with its words and what it is about. Empty: it goes to a person. */
export function checkFiling(filing: Checked): ResultCode[] {
  const found = new Map<number, string[]>();
  for (const { code, faults } of CHECKS) {
    const words = faults(filing);
    if (words.length > 0) found.set(code, [...(found.get(code) ?? []), ...words]);
  }
  return [...found].map(([code, words]) => ({
    code,
    words: `${wordsOf(code)}：${[...new Set(words)].join("、")}`,
  }));
}

/** A code with its words and nothing of what made it. */
export const codeOf = (code: number): ResultCode => ({ code, words: wordsOf(code) });

/** Words of a result code, as the bureau gives them. */
export const wordsOf = (code: number): string => codeRow("result_code", String(code))?.zh ?? "其他错误";
