import { createHash } from "node:crypto";
import { child, childrenOf, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { type Content, providerIdsOf } from "./content.ts";

/** 接入 of a website on record; `digest` tells two accesses alike, `ourId` is the id of the provider it belongs to. */
export type RecordAccess = { id: number; ispId: number; ourId: number; digest: string };

export type RecordSite = {
  id: number;
  number: string;
  name: string;
  domains: string[];
  accesses: RecordAccess[];
  homePage?: string;
  /** The bureau's ids of its domains and address ranges. */
  partIds: number[];
  /** What providers call them (IspYmid, IspIpid). */
  ourParts?: { of: "domain" | "ip"; ispId: number; id: number }[];
  /** What providers call it (IspWzid). */
  providerIds: { ispId: number; id: number }[];
};

/**
 * 主体 on record with its websites, without identity number and telephone: those stay in the kept content. Ids are the
 * bureau's. The password is in clear: this is a simulator, and somebody must be able to read it.
 */
export type SubjectRecord = {
  id: number;
  number: string;
  province: string;
  /** Name of the organiser; of a person only the first character. */
  name: string;
  /** 个人; unknown in a journal of an older simulator. */
  individual?: boolean;
  /** Digest of type and number of the document, to find the same organiser again. */
  certificate: string;
  password: string;
  cancelled: boolean;
  sites: RecordSite[];
  /** Websites that were cancelled, and the highest number that a website ever had. */
  gone: { id: number; number: string }[];
  lastIndex: number;
  /** Counts the changes; names the file of the content. */
  version: number;
};

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** The same for two organisers with the same document. */
export const certificateDigest = (type: string | undefined, number: string | undefined): string =>
  digest(`${type}:${number?.toUpperCase()}`);

export const certificateOf = (subject: Tree): string =>
  certificateDigest(textAt(subject, "Zj/Zjlx"), textAt(subject, "Zj/Zjhm"));

/** Of a person the first character alone: the desk is no place for personal data. */
export function shownName(subject: Tree): string {
  const name = textAt(subject, "Dwmc") ?? "";
  return isIndividual(textAt(subject, "Dwxz")) ? `${[...name][0] ?? ""}**` : name;
}

/** Domains of a website, in lower case. */
export const domainsOf = (website: Tree): string[] =>
  childrenOf(website, "Ym_xx").map((one) => (textAt(one, "Ym") ?? "").toLowerCase());

/** Places, modes and addresses of an access, whatever its ids are. */
export const placingDigest = (access: Tree): string =>
  digest(
    JSON.stringify([
      ...["Wzfb", "Wzjrfs"].map((list) => child(access, list)?.children.map(({ text }) => text)),
      childrenOf(access, "Ip_xx").map((ip) => [textAt(ip, "Qsip"), textAt(ip, "Zzip")]),
    ]),
  );

const accessOf = (tree: Tree): RecordAccess => {
  const ispId = numberAt(tree, "Ispid") ?? 0;
  return {
    id: numberAt(tree, "Jrid") ?? 0,
    ispId,
    ourId: providerIdsOf(tree, "IspJrid").find((one) => one.ispId === ispId)?.id ?? 0,
    digest: placingDigest(tree),
  };
};

const rangesOf = (site: Tree): Tree[] =>
  childrenOf(site, "Jr_xx").flatMap((access) => childrenOf(access, "Ip_xx"));

const ourParts = (of: "domain" | "ip", name: string, parts: Tree[]): RecordSite["ourParts"] =>
  parts.flatMap((part) => providerIdsOf(part, name)).map((one) => ({ of, ...one }));

const siteOf = (tree: Tree): RecordSite => ({
  id: numberAt(tree, "Wzid") ?? 0,
  number: textAt(tree, "Baxh") ?? "",
  name: textAt(tree, "Wzmc") ?? "",
  domains: domainsOf(tree),
  accesses: childrenOf(tree, "Jr_xx").map(accessOf),
  providerIds: providerIdsOf(tree, "IspWzid"),
  partIds: [
    ...childrenOf(tree, "Ym_xx").map((one) => numberAt(one, "Ymid") ?? 0),
    ...rangesOf(tree).map((ip) => numberAt(ip, "Ipid") ?? 0),
  ],
  ourParts: [
    ...(ourParts("domain", "IspYmid", childrenOf(tree, "Ym_xx")) ?? []),
    ...(ourParts("ip", "IspIpid", rangesOf(tree)) ?? []),
  ],
  ...(textAt(tree, "Syurl") ? { homePage: textAt(tree, "Syurl") as string } : {}),
});

/** The record of a content. `before`: what was known of it; websites that are no longer there count as cancelled. */
export function recordOf(
  content: Content,
  before: Pick<SubjectRecord, "password"> & Partial<SubjectRecord>,
): SubjectRecord {
  const subject = child(content, "Zt_xx") as Tree;
  const sites = childrenOf(content, "Wz_xx").map(siteOf);
  const lost = (before.sites ?? []).filter(({ id }) => !sites.some((site) => site.id === id));
  return {
    id: numberAt(subject, "Ztid") ?? 0,
    number: textAt(subject, "Baxh") ?? "",
    province: textAt(subject, "Txdz/Shengid") ?? "",
    name: shownName(subject),
    individual: isIndividual(textAt(subject, "Dwxz")),
    certificate: certificateOf(subject),
    password: before.password,
    cancelled: before.cancelled ?? false,
    sites,
    gone: [...(before.gone ?? []), ...lost.map(({ id, number }) => ({ id, number }))],
    lastIndex: Math.max(before.lastIndex ?? 0, ...sites.map(({ number }) => indexOf(number))),
    version: (before.version ?? 0) + 1,
  };
}

const indexOf = (number: string): number => Number(number.split("-").at(-1)) || 0;

/** Providers that have an access to a website of the record. */
export const providersOf = ({ sites }: { sites: readonly RecordSite[] }): number[] => [
  ...new Set(sites.flatMap(({ accesses }) => accesses.map(({ ispId }) => ispId))),
];

/** Websites to which a provider has an access. */
export const sitesOf = ({ sites }: SubjectRecord, ispId: number): RecordSite[] =>
  sites.filter(({ accesses }) => accesses.some((access) => access.ispId === ispId));
