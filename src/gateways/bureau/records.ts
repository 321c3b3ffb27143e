import { ipv4Text } from "./ipv4.ts";
import {
  known,
  numbersOf,
  type SubjectDetails,
  subjectDetails,
  type WebsiteDetails,
  websiteDetails,
} from "./record-details.ts";
import { child, childrenOf, numberAt, type Tree, textAt } from "./xml.ts";

export type * from "./record-details.ts";
export { known } from "./record-details.ts";

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
export type RecordWebsite = WebsiteDetails & {
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
  subject: SubjectDetails & {
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
      ...subjectDetails(subject),
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
    ...websiteDetails(tree),
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
