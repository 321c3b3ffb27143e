import { filingPasswordHash, operationCodes } from "../gateways/bureau/index.ts";
import { type Tree, textAt } from "../gateways/bureau/xml.ts";
import { type RecordAccess, type RecordSite, type SubjectRecord, sitesOf } from "./records.ts";
import type { BlacklistRow, Filing, Standing, UnfiledSite } from "./state.ts";

/** What an operation is held against: everything on record, what waits for a decision, and who asks. */
export type Bureau = {
  ispId: number;
  records: SubjectRecord[];
  waiting: Filing[];
  standing: Standing;
  blacklist: BlacklistRow[];
  unfiled: UnfiledSite[];
  /** Names of websites must not repeat. */
  uniqueNames: boolean;
  /** Subjects of other provinces belong to other bureaus. */
  province: string | undefined;
  index: Index;
};

/**
 * What stands on record, by its text, with the ids of the websites; and what this provider calls websites, domains and
 * address ranges there.
 */
export type Index = Record<"domains" | "homePages" | "names", Map<string, number[]>> & {
  ours: Record<"site" | "domain" | "ip", Set<number>>;
};

/** A bureau as an upload meets it. */
export function bureauOf(known: Omit<Bureau, "index">): Bureau {
  const index: Index = {
    ...{ domains: new Map(), homePages: new Map(), names: new Map() },
    ours: { site: new Set(), domain: new Set(), ip: new Set() },
  };
  const add = (map: Map<string, number[]>, text: string, id: number): void =>
    void map.set(text, [...(map.get(text) ?? []), id]);
  for (const { ispId, id } of known.records.flatMap(({ sites }) => sites.flatMap((site) => site.providerIds)))
    if (ispId === known.ispId) index.ours.site.add(id);
  for (const site of known.records.filter(({ cancelled }) => !cancelled).flatMap(({ sites }) => sites)) {
    for (const domain of site.domains) add(index.domains, domain, site.id);
    if (site.homePage) add(index.homePages, site.homePage.toLowerCase(), site.id);
    add(index.names, site.name.toLowerCase(), site.id);
    for (const { of, ispId, id } of site.ourParts ?? []) if (ispId === known.ispId) index.ours[of].add(id);
  }
  return { ...known, index };
}

/** What an operation is about, or the code that says why it is about nothing. */
export type Found<T> = T | { code: number };
export type FoundSite = { record: SubjectRecord; site: RecordSite };
export type FoundAccess = FoundSite & { access: RecordAccess };

const { change, cancel } = operationCodes;

const REFUSED = {
  changing: 1017,
  wrongPassword: 1018,
  noData: 1016,
  lastAccess: 1025,
  subjectLeavingAgain: 1027,
  siteLeavingAgain: 1030,
  accessLeavingAgain: 1032,
  subjectLeaving: 1042,
  siteLeaving: 1043,
  otherAccess: 1047,
  notYours: 1048,
  subjectGone: 1049,
  siteGone: 1050,
  changingAgain: 1051,
  busy: 1052,
  noSubject: 1058,
  noSite: 1059,
} as const;

/** 主体 by its number or by the bureau's id, whichever is there. */
export function findSubject(bureau: Bureau, by: { id?: string; number?: string }): Found<SubjectRecord> {
  const record = bureau.records.find(({ id, number }) =>
    by.id === undefined ? number === by.number : String(id) === by.id,
  );
  if (!record) return { code: REFUSED.noSubject };
  return record.cancelled ? { code: REFUSED.subjectGone } : record;
}

/** 网站, likewise. */
export function findSite(bureau: Bureau, by: { id?: string; number?: string }): Found<FoundSite> {
  const meant = ({ id, number }: { id: number; number: string }): boolean =>
    by.id === undefined ? number === by.number : String(id) === by.id;
  for (const record of bureau.records) {
    if (record.gone.some(meant)) return { code: REFUSED.siteGone };
    const site = record.sites.find(meant);
    if (site) return record.cancelled ? { code: REFUSED.subjectGone } : { record, site };
  }
  return { code: REFUSED.noSite };
}

/** 接入 by the bureau's id. */
export function findAccess(bureau: Bureau, id: string | undefined): Found<FoundAccess> {
  for (const record of bureau.records.filter(({ cancelled }) => !cancelled)) {
    for (const site of record.sites) {
      const access = site.accesses.find((one) => String(one.id) === id);
      if (access) return { record, site, access };
    }
  }
  return { code: REFUSED.noData };
}

const waitingOn = ({ waiting }: Bureau, record: SubjectRecord, operation: number): Filing[] =>
  waiting.filter((one) => one.recordId === record.id && one.operation === operation);

const leaving = (bureau: Bureau, record: SubjectRecord): boolean =>
  waitingOn(bureau, record, cancel.subject).length > 0;

const siteLeaving = (bureau: Bureau, { record, site }: FoundSite): boolean =>
  waitingOn(bureau, record, cancel.website).some(({ targetId }) => targetId === site.id);

const codes = (...found: [code: number, holds: boolean][]): number[] =>
  found.filter(([, holds]) => holds).map(([code]) => code);

/** ICPmm. Where it is not `needed` it may be missing, but never wrong. */
export function passwordFaults(entry: Tree, { password }: SubjectRecord, needed: boolean): number[] {
  const sent = textAt(entry, "ICPmm")?.toLowerCase();
  const wrong = sent === undefined ? needed : sent !== filingPasswordHash(password);
  return codes([REFUSED.wrongPassword, wrong]);
}

/** 新增网站: who has no website of this subject yet must know its password. */
export const addFaults = (bureau: Bureau, record: SubjectRecord, entry: Tree): number[] => [
  ...passwordFaults(entry, record, sitesOf(record, bureau.ispId).length === 0),
  ...codes([REFUSED.busy, leaving(bureau, record)]),
];

/** 新增接入. */
export const joinFaults = (bureau: Bureau, found: FoundSite, entry: Tree): number[] => [
  ...passwordFaults(entry, found.record, true),
  ...codes([REFUSED.busy, leaving(bureau, found.record) || siteLeaving(bureau, found)]),
];

/** 变更备案: one at a time for a subject, and only by a provider that has an access to each website in it. */
export function changeFaults(
  bureau: Bureau,
  record: SubjectRecord,
  entry: Tree,
  siteIds: string[],
): number[] {
  const waiting = waitingOn(bureau, record, change);
  const own = waiting.some(({ ispId }) => ispId === bureau.ispId);
  const mine = sitesOf(record, bureau.ispId).map(({ id }) => String(id));
  return [
    ...passwordFaults(entry, record, false),
    ...codes(
      [REFUSED.changing, waiting.length > 0 && !own],
      [REFUSED.changingAgain, own],
      [REFUSED.notYours, siteIds.some((id) => !mine.includes(id))],
      [REFUSED.busy, leaving(bureau, record)],
    ),
  ];
}

/** 注销主体: the password is no longer asked for, but a wrong one is refused. */
export const subjectLeavingFaults = (bureau: Bureau, record: SubjectRecord, entry: Tree): number[] => [
  ...passwordFaults(entry, record, false),
  ...codes(
    [REFUSED.notYours, sitesOf(record, bureau.ispId).length === 0],
    [REFUSED.subjectLeavingAgain, leaving(bureau, record)],
    [REFUSED.siteLeaving, waitingOn(bureau, record, cancel.website).length > 0],
    [REFUSED.busy, [2, 3, 4].some((operation) => waitingOn(bureau, record, operation).length > 0)],
  ),
];

/** 注销网站. */
export const siteLeavingFaults = (bureau: Bureau, found: FoundSite, entry: Tree): number[] => [
  ...passwordFaults(entry, found.record, true),
  ...codes(
    [REFUSED.notYours, !found.site.accesses.some(({ ispId }) => ispId === bureau.ispId)],
    [REFUSED.siteLeavingAgain, siteLeaving(bureau, found)],
    [REFUSED.subjectLeaving, leaving(bureau, found.record)],
    [REFUSED.busy, waitingOn(bureau, found.record, change).length > 0],
  ),
];

/** 取消接入: only one's own, never the last that the website would have. */
export function accessLeavingFaults(bureau: Bureau, { record, site, access }: FoundAccess): number[] {
  const going = waitingOn(bureau, record, cancel.access).map(({ targetId }) => targetId);
  const left = site.accesses.filter(({ id }) => id !== access.id && !going.includes(id));
  return codes(
    [REFUSED.otherAccess, access.ispId !== bureau.ispId],
    [REFUSED.accessLeavingAgain, going.includes(access.id)],
    [REFUSED.lastAccess, left.length === 0],
    [REFUSED.busy, leaving(bureau, record)],
  );
}
