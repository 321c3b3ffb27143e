import { ipv4Text } from "./ipv4.ts";
import { child, childrenOf, numberAt, type Tree, textAt } from "./xml.ts";

/** The bureau's range of an access; addresses as dotted text. */
export type RecordIp = { ourId?: number; bureauId?: number; from?: string; to?: string };
export type RecordAccess = {
  ourId?: number;
  bureauId?: number;
  ispId?: number;
  places: number[];
  modes: number[];
  ips: RecordIp[];
};
export type RecordDomain = { ourId?: number; bureauId?: number; name: string };
export type RecordWebsite = {
  ourId?: number;
  bureauId?: number;
  name: string;
  /** 网站备案号 */
  number?: string;
  homePage?: string;
  domains: RecordDomain[];
  accesses: RecordAccess[];
};

/** One Baxx of BASJ: ours and the bureau's ids, and the numbers. */
export type BureauRecord = {
  subject: {
    ourId?: number;
    bureauId?: number;
    name: string;
    nature?: number;
    /** 主体备案号 */
    number?: string;
    updatedAt?: string;
  };
  websites: RecordWebsite[];
  remark: string;
  /** The record as the bureau sent it, for what is not picked out here. */
  raw: Tree;
};

/** Entries that are known; `undefined` values are left out so that two records can be compared. */
export const known = <T extends object>(entries: T): T =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T;

const numbersOf = (tree: Tree | undefined, name: string): number[] =>
  childrenOf(tree, name)
    .map(({ text }) => Number(text))
    .filter(Number.isSafeInteger);

/** A Baxx of BASJ to what the application looks at; lenient, nothing has to be there. */
export function recordOf(tree: Tree): BureauRecord {
  const subject = child(tree, "Zt_xx");
  return {
    subject: known({
      ourId: numberAt(subject, "IspZtid"),
      bureauId: numberAt(subject, "Ztid"),
      name: textAt(subject, "Dwmc") ?? "",
      nature: numberAt(subject, "Dwxz"),
      number: textAt(subject, "Baxh"),
      updatedAt: textAt(subject, "Zjxgsj"),
    }),
    websites: childrenOf(tree, "Wz_xx").map(websiteOf),
    remark: textAt(tree, "Bz") ?? "",
    raw: tree,
  };
}

const websiteOf = (tree: Tree): RecordWebsite =>
  known({
    ourId: numberAt(tree, "IspWzid"),
    bureauId: numberAt(tree, "Wzid"),
    name: textAt(tree, "Wzmc") ?? "",
    number: textAt(tree, "Baxh"),
    homePage: textAt(tree, "Syurl"),
    domains: childrenOf(tree, "Ym_xx").map((one) =>
      known({
        ourId: numberAt(one, "IspYmid"),
        bureauId: numberAt(one, "Ymid"),
        name: textAt(one, "Ym") ?? "",
      }),
    ),
    accesses: childrenOf(tree, "Jr_xx").map(accessOf),
  });

const accessOf = (tree: Tree): RecordAccess =>
  known({
    ourId: numberAt(tree, "IspJrid"),
    bureauId: numberAt(tree, "Jrid"),
    ispId: numberAt(tree, "Ispid"),
    places: numbersOf(child(tree, "Wzfb"), "Fbdd"),
    modes: numbersOf(child(tree, "Wzjrfs"), "Jrfs"),
    ips: childrenOf(tree, "Ip_xx").map(ipOf),
  });

const ipOf = (tree: Tree): RecordIp =>
  known({
    ourId: numberAt(tree, "IspIpid"),
    bureauId: numberAt(tree, "Ipid"),
    from: ipv4Text(numberAt(tree, "Qsip") ?? -1),
    to: ipv4Text(numberAt(tree, "Zzip") ?? -1),
  });
