import { type CodeTable, codeTablesOf } from "./codes.ts";
import {
  type BlacklistEntry,
  type Bulletin,
  blacklistOf,
  bulletinsOf,
  type IllegalAccess,
  type Inspection,
  illegalAccessesOf,
  inspectionsOf,
  type UnfiledSite,
  unfiledSitesOf,
} from "./lists.ts";
import { cancelCodes } from "./operations.ts";
import { type BureauRecord, recordOf } from "./records.ts";
import { child, childrenOf, numberAt, readXml, type Tree, textAt } from "./xml.ts";

export type * from "./codes.ts";
export type * from "./lists.ts";
export type * from "./records.ts";

/** One result code (Jgdm) with the bureau's words; with 5001 the words are the name of the rejected file. */
export type ResultCode = { code: number; words: string };

/**
 * Jg_xx: what the bureau's machine says. `operation` is Czlx (`operationCodes`). `about` (Bs), by operation
 * (specification V3.0, 4-2-1-6): first filing our subject id; new website the subject's number or Ztid as we sent it;
 * new access our access id or the website's number; change the Ztid or number we sent; cancellations the bureau's id;
 * a supplement the id or number of the owner. Empty when the whole file is meant.
 */
export type MachineResult = {
  codes: ResultCode[];
  operation: number | undefined;
  about: string;
  remark: string;
};

/**
 * Gjsh: what a person at the bureau decided. `about` (Jlid), by operation: first filing our subject id, new website our
 * website id (one entry each), new access our access id; change and cancellations the bureau's id: Ztid, Jrid (5),
 * Ztid (6), Wzid (7).
 */
export type Review = {
  approved: boolean;
  words: string;
  at: string;
  operation: number | undefined;
  about: string;
};

/**
 * Zxxx of ZXSJ: a subject, website or access that the bureau cancelled by itself or for another provider; the access
 * must then be cut. `of` is undefined for a kind (Zxlb) that nobody has seen.
 */
export type Cancellation = {
  of: "subject" | "website" | "access" | undefined;
  bureauId: number | undefined;
  remark: string;
};

/** An entry of a list that the bureau sends. */
export type ListItem =
  | { kind: "inspection"; item: Inspection }
  | { kind: "bulletin"; item: Bulletin }
  | { kind: "blacklist"; item: BlacklistEntry }
  | { kind: "illegal_access"; item: IllegalAccess }
  | { kind: "unfiled_site"; item: UnfiledSite };

/**
 * One element of a download. `inquiries` are records to look at (HSRW), `copies` those of a full synchronisation (SJTB);
 * `other` is what nobody has seen before (`name` as `ICP/XGTZ/Neu`, `YM`) and is only kept.
 */
export type DownloadPart =
  | { kind: "results"; machine: MachineResult[]; reviews: Review[] }
  | { kind: "records"; records: BureauRecord[] }
  | { kind: "inquiries"; records: BureauRecord[] }
  | { kind: "copies"; records: BureauRecord[] }
  | { kind: "cancellations"; items: Cancellation[]; raw: Tree }
  | { kind: "lists"; items: ListItem[] }
  | { kind: "codes"; tables: CodeTable[] }
  | { kind: "other"; name: string; raw: Tree };

export type DownloadData = { version: string | undefined; parts: DownloadPart[] };

/**
 * Parts of a downloaded file (企业下载数据格式), in the order of the file. Nothing is dropped: an element that is not known
 * is given as `other`, wherever it stands. Unknown and missing elements inside an entry are no error. Throws
 * `XmlUnreadable`.
 */
export function readDownload(xml: string): DownloadData {
  const root = readXml(xml);
  return { version: root.attributes.version, parts: root.children.flatMap((group) => partsOf(group, "")) };
}

/** How the elements of a download are read: what may stand directly in each, and what it gives. */
type Reader = { holds: readonly string[]; read(tree: Tree): DownloadPart };

const list =
  <Kind extends ListItem["kind"]>(
    kind: Kind,
    itemsOf: (tree: Tree) => Extract<ListItem, { kind: Kind }>["item"][],
  ): Reader["read"] =>
  (tree) => ({ kind: "lists", items: itemsOf(tree).map((item) => ({ kind, item }) as ListItem) });

const records =
  (kind: "records" | "inquiries" | "copies"): Reader["read"] =>
  (tree) => ({ kind, records: childrenOf(tree, "Baxx").map(recordOf) });

const READERS: Record<string, Reader> = {
  "ICP/BAJG": { holds: ["Jg_xx", "GJSHS", "Gjsh"], read: (tree) => resultsOf(tree) },
  "ICP/BASJ": { holds: ["Baxx"], read: records("records") },
  "ICP/HSRW": { holds: ["Baxx"], read: records("inquiries") },
  "SJTB/ICP": { holds: ["Baxx"], read: records("copies") },
  "SJTB/ICP/BASJ": { holds: ["Baxx"], read: records("copies") },
  "ICP/ZXSJ": {
    holds: ["Zxxx"],
    read: (tree) => ({
      kind: "cancellations",
      items: childrenOf(tree, "Zxxx").map(cancellationOf),
      raw: tree,
    }),
  },
  "ICP/HCJG": {
    holds: ["Jgxx", "Zthc", "Jrhc", "Kkwzhc", "Wzch"],
    read: list("inspection", inspectionsOf),
  },
  "ICP/XGTZ": { holds: ["Tzxx"], read: list("bulletin", bulletinsOf) },
  "ICP/HMDLB": { holds: ["Zthmdxxs", "Wzhmdxxs"], read: list("blacklist", blacklistOf) },
  "ICP/FFJRHMD": { holds: ["Ffjrxx"], read: list("illegal_access", illegalAccessesOf) },
  "ICP/WBAWZLB": { holds: ["Wbawz_xx"], read: list("unfiled_site", unfiledSitesOf) },
  JCDM: { holds: ["Bbdwlb", "Jcdm_xx"], read: (tree) => ({ kind: "codes", tables: codeTablesOf(tree) }) },
  "SJTB/JCDM": {
    holds: ["Bbdwlb", "Jcdm_xx"],
    read: (tree) => ({ kind: "codes", tables: codeTablesOf(tree) }),
  },
};

/** What an element gives, and as `other` what stands in it and is not known. Without a reader its children are read. */
function partsOf(tree: Tree, above: string): DownloadPart[] {
  const path = above === "" ? tree.name : `${above}/${tree.name}`;
  const reader = READERS[path];
  const isFrame = Object.keys(READERS).some((known) => known.startsWith(`${path}/`));
  const inside = tree.children.flatMap((below) => {
    if (reader?.holds.includes(below.name)) return [];
    return isFrame
      ? partsOf(below, path)
      : [{ kind: "other" as const, name: `${path}/${below.name}`, raw: below }];
  });
  if (reader) return [reader.read(tree), ...inside];
  return isFrame ? inside : [{ kind: "other", name: path, raw: tree }];
}

const CANCELLED = Object.entries(cancelCodes) as [keyof typeof cancelCodes, number][];

const cancellationOf = (tree: Tree): Cancellation => ({
  of: CANCELLED.find(([, code]) => code === numberAt(tree, "Zxlb"))?.[0],
  bureauId: numberAt(tree, "Jlid"),
  remark: textAt(tree, "Bz") ?? "",
});

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
