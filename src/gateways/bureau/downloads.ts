import { ipv4Text } from "./ipv4.ts";
import { child, childrenOf, numberAt, readXml, type Tree, textAt } from "./xml.ts";

/** One result code (Jgdm) with the bureau's words; with 5001 the words are the name of the rejected file. */
export type ResultCode = { code: number; words: string };

/** Jg_xx: what the bureau's machine says. `about` (Bs) is our subject id for a first filing. */
export type MachineResult = {
  codes: ResultCode[];
  operation: number | undefined;
  about: string;
  remark: string;
};

/** Gjsh: what a person at the bureau decided. `about` (Jlid) is our subject id for a first filing. */
export type Review = {
  approved: boolean;
  words: string;
  at: string;
  operation: number | undefined;
  about: string;
};

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

/** One element of a download: results, records, or what is only kept (`name` such as `ICP/XGTZ`, `JCDM`). */
export type DownloadPart =
  | { kind: "results"; machine: MachineResult[]; reviews: Review[] }
  | { kind: "records"; records: BureauRecord[] }
  | { kind: "other"; name: string; raw: Tree };

export type DownloadData = { version: string | undefined; parts: DownloadPart[] };

/**
 * Parts of a downloaded file (企业下载数据格式), in the order of the file. Nothing is dropped: what is not a result or
 * a record is given as `other`. Unknown and missing elements are no error. Throws `XmlUnreadable`.
 */
export function readDownload(xml: string): DownloadData {
  const root = readXml(xml);
  const parts = root.children.flatMap((group) =>
    group.name === "ICP"
      ? group.children.map(partOf)
      : [{ kind: "other" as const, name: group.name, raw: group }],
  );
  return { version: root.attributes.version, parts };
}

function partOf(tree: Tree): DownloadPart {
  if (tree.name === "BAJG") return resultsOf(tree);
  if (tree.name === "BASJ") return { kind: "records", records: childrenOf(tree, "Baxx").map(recordOf) };
  return { kind: "other", name: `ICP/${tree.name}`, raw: tree };
}

/** Reviews are below GJSHS; a stray Gjsh directly below BAJG counts as well. */
const resultsOf = (tree: Tree): DownloadPart => ({
  kind: "results",
  machine: childrenOf(tree, "Jg_xx").map(machineResultOf),
  reviews: [...childrenOf(child(tree, "GJSHS"), "Gjsh"), ...childrenOf(tree, "Gjsh")].map(reviewOf),
});

const machineResultOf = (tree: Tree): MachineResult => ({
  codes: childrenOf(tree, "Jgxx").map((one) => ({
    code: numberAt(one, "Jgdm") ?? 0,
    words: textAt(one, "Dmms") ?? "",
  })),
  operation: numberAt(tree, "Czlx"),
  about: textAt(tree, "Bs") ?? "",
  remark: textAt(tree, "Bz") ?? "",
});

const reviewOf = (tree: Tree): Review => ({
  approved: textAt(tree, "Shjg") === "1",
  words: textAt(tree, "Shyj") ?? "",
  at: textAt(tree, "Shsj") ?? "",
  operation: numberAt(tree, "Czlx"),
  about: textAt(tree, "Jlid") ?? "",
});

/** Entries that are known; `undefined` values are left out so that two records can be compared. */
const known = <T extends object>(entries: T): T =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T;

const numbersOf = (tree: Tree | undefined, name: string): number[] =>
  childrenOf(tree, name)
    .map(({ text }) => Number(text))
    .filter(Number.isSafeInteger);

function recordOf(tree: Tree): BureauRecord {
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
