import { operationCodes, type ResultCode } from "../gateways/bureau/index.ts";
import { childrenOf, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import type { Checked } from "./checks.ts";
import type { Bureau } from "./permits.ts";
import { domainsOf, type RecordSite, type SubjectRecord } from "./records.ts";
import type { Filing, Site } from "./state.ts";

/** What the machine makes of one operation: what it is about, and every fault. None: it goes to a person. */
export type Examination = { found: ResultCode[]; filing: Partial<Filing> & Pick<Filing, "about"> };

export type Examiner = (bureau: Bureau, entry: Tree) => Examination;

const { first, add, change } = operationCodes;

/** Websites of an entry (Wz_xx). */
export const sitesIn = (entry: Tree): Tree[] => childrenOf(entry, "Wz_xx");
/** Pictures of an entry (Fjxx). */
export const pictures = (entry: Tree): Tree[] =>
  childrenOf(entry, "Fj").flatMap((one) => childrenOf(one, "Fjxx"));
export const accessesIn = (sites: Tree[]): Tree[] => sites.flatMap((site) => childrenOf(site, "Jr_xx"));

/** A website as it comes in an upload. */
export const siteShown = (site: Tree): Site => ({
  id: numberAt(site, "IspWzid") ?? 0,
  name: textAt(site, "Wzmc") ?? "",
  domains: domainsOf(site),
});

/** What is told of an operation on a record. */
export const aboutRecord = ({ id, name, province }: SubjectRecord): Partial<Filing> => ({
  recordId: id,
  name,
  province,
});

/** A website as it is on record. */
export const siteOnRecord = ({ name, domains }: RecordSite): Site => ({ id: 0, name, domains });

/** Domains of others: on record, and in what waits to be put there. `own` may keep those of its websites. */
export function heldBy(
  { index, waiting }: Bureau,
  own: { recordId?: number; siteIds: number[] },
): (domain: string) => boolean {
  const asked = waiting.filter(
    ({ operation, recordId }) =>
      [first, add, change].some((code) => code === operation) &&
      (operation !== change || recordId !== own.recordId),
  );
  const waits = new Set(asked.flatMap(({ sites }) => sites.flatMap(({ domains }) => domains)));
  return (domain) =>
    waits.has(domain) || (index.domains.get(domain) ?? []).some((id) => !own.siteIds.includes(id));
}

/** What a check needs to know and an operation does not carry: nothing is held, nothing in conflict. */
export const nothingElse = (bureau: Bureau, individual = false): Checked => ({
  ...{ bureau, individual, websites: [], accesses: [], attachments: [], siteIds: [] },
  ...{ owners: new Set(), held: () => false, conflict: false },
});

/** Names by which pictures may belong to a record. */
export const ownersOn = ({ id, number, sites }: SubjectRecord): string[] => [
  `1/${id}`,
  `1/${number}`,
  ...sites.flatMap((site) => [`2/${site.id}`, `2/${site.number}`]),
];
