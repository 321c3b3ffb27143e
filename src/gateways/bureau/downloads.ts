import { cancelCodes } from "./operations.ts";
import { type BureauRecord, recordOf } from "./records.ts";
import { child, childrenOf, numberAt, readXml, type Tree, textAt } from "./xml.ts";

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

/** One element of a download: results, records, cancellations, or what is only kept (`name` as `ICP/XGTZ`, `JCDM`). */
export type DownloadPart =
  | { kind: "results"; machine: MachineResult[]; reviews: Review[] }
  | { kind: "records"; records: BureauRecord[] }
  | { kind: "cancellations"; items: Cancellation[]; raw: Tree }
  | { kind: "other"; name: string; raw: Tree };

export type DownloadData = { version: string | undefined; parts: DownloadPart[] };

/**
 * Parts of a downloaded file (企业下载数据格式), in the order of the file. Nothing is dropped: what is not a result, a
 * record or a cancellation is given as `other`. Unknown and missing elements are no error. Throws `XmlUnreadable`.
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
  if (tree.name === "ZXSJ") {
    return { kind: "cancellations", items: childrenOf(tree, "Zxxx").map(cancellationOf), raw: tree };
  }
  return { kind: "other", name: `ICP/${tree.name}`, raw: tree };
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
