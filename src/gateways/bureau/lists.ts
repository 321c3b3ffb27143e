import { ipv4Text } from "./ipv4.ts";
import { known } from "./records.ts";
import { child, childrenOf, numberAt, type Tree, textAt } from "./xml.ts";

/**
 * HCJG, 核查结果: something that the bureau found wrong with what is on record. `subject` its data, `access` more or less
 * reported than is there (多报, 少报), `website` one without an access, `liveness` one that is not to be reached.
 */
export type Inspection = {
  of: "subject" | "access" | "website" | "liveness";
  /** The bureau's id of it (Ztid, Jrid, Wzid). */
  bureauId?: number;
  name?: string;
  /** 备案号 */
  number?: string;
  certificate?: { type: number; number: string };
  domain?: string;
  /** What is wrong, in the bureau's words; "" where it gives none. */
  reason: string;
  /** Whole, for what is not picked out here: the specification names the elements of the first kind alone. */
  raw: Tree;
};

/** XGTZ, 通知: `category` is Tzlb, `number` and `bureauId` name the record that it is about, if any. */
export type Bulletin = {
  category?: number;
  number?: string;
  bureauId?: number;
  words: string;
  remark: string;
};

type Change = { change?: "add" | "change" | "delete" };

/** HMDLB, 黑名单. A `change` that nobody has seen is left out. */
export type BlacklistEntry = Change &
  (
    | { of: "subject"; name: string; nature?: number; certificate?: { type: number; number: string } }
    | { of: "website"; name: string; domains: string[]; homePage?: string }
  );

/** FFJRHMD, 非法接入: a domain that is reached over an address without an access on record. */
export type IllegalAccess = {
  id?: number;
  domain: string;
  ip?: string;
  /** Zjjrz, who gives it access last, and Szs, the province, as the bureau writes them. */
  accessProvider: string;
  province: string;
  checkedAt: string;
};

/** WBAWZLB, 未备案网站, to be answered with WBACLJG. */
export type UnfiledSite = {
  id?: number;
  domain: string;
  languages: number[];
  ip?: string;
  checkedAt: string;
  firstCheckedAt: string;
  checks?: number;
  province: string;
  accessProvider: string;
  operator: string;
};

/** An address as a number (106.2.76.2 is 1778535426) or as dotted text; other words are no address. */
function addressAt(tree: Tree, name: string): string | undefined {
  const text = textAt(tree, name) ?? "";
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255))
    return text;
  return /^\d+$/.test(text) ? ipv4Text(Number(text)) : undefined;
}

/** Zj as it stands below an element; undefined where it has no number. */
function certificateAt(tree: Tree | undefined): { type: number; number: string } | undefined {
  const number = textAt(tree, "Zjhm") ?? textAt(tree, "Zj/Zjhm");
  const type = numberAt(tree, "Zjlx") ?? numberAt(tree, "Zj/Zjlx") ?? 0;
  return number === undefined ? undefined : { type, number };
}

const firstText = (tree: Tree, ...paths: string[]): string | undefined =>
  paths.map((path) => textAt(tree, path)).find((text) => text !== undefined);

const INSPECTED = [
  { element: "Zthc", of: "subject", id: "Ztid" },
  { element: "Jrhc", of: "access", id: "Jrid" },
  { element: "Kkwzhc", of: "website", id: "Wzid" },
  { element: "Wzch", of: "liveness", id: "Wzid" },
] as const;

/** Everything in an HCJG, in the order of the file. */
export function inspectionsOf(tree: Tree): Inspection[] {
  const items = [...childrenOf(tree, "Jgxx").flatMap(({ children }) => children), ...tree.children];
  return items.flatMap((item) => {
    const kind = INSPECTED.find(({ element }) => element === item.name);
    return kind ? [inspectionOf(item, kind)] : [];
  });
}

const inspectionOf = (tree: Tree, { of, id }: (typeof INSPECTED)[number]): Inspection =>
  known({
    of,
    bureauId: numberAt(tree, id) ?? numberAt(tree, "Jlid"),
    name: firstText(tree, "Dwmc", "Wzmc"),
    number: firstText(tree, "Baxh", "Wz_Baxh"),
    certificate: certificateAt(tree),
    domain: firstText(tree, "Ym", "Ym_xx/Ym"),
    reason: firstText(tree, "Cwyy", "Bz") ?? "",
    raw: tree,
  });

/** Everything in an XGTZ. */
export const bulletinsOf = (tree: Tree): Bulletin[] =>
  childrenOf(tree, "Tzxx").map((one) =>
    known({
      category: numberAt(one, "Tzlb"),
      number: textAt(one, "Baxh"),
      bureauId: numberAt(one, "Jlid"),
      words: textAt(one, "Tznr") ?? "",
      remark: textAt(one, "Bz") ?? "",
    }),
  );

const CHANGES = ["add", "change", "delete"] as const;

/** Everything in an HMDLB: subjects, then websites. Czlx stands beside the entry, or inside it. */
export const blacklistOf = (tree: Tree): BlacklistEntry[] => [
  ...childrenOf(tree, "Zthmdxxs").flatMap((group) =>
    childrenOf(group, "Zt_xx").map(
      (one): BlacklistEntry =>
        known({
          of: "subject",
          change: changeOf(one, group),
          name: textAt(one, "Dwmc") ?? "",
          nature: numberAt(one, "Dwxz"),
          certificate: certificateAt(one),
        }),
    ),
  ),
  ...childrenOf(tree, "Wzhmdxxs").flatMap((group) =>
    childrenOf(group, "Wz_xx").map(
      (one): BlacklistEntry =>
        known({
          of: "website",
          change: changeOf(one, group),
          name: textAt(one, "Wzmc") ?? "",
          domains: childrenOf(one, "Ym_xx").flatMap((below) => textAt(below, "Ym") ?? (below.text || [])),
          homePage: textAt(one, "Syurl"),
        }),
    ),
  ),
];

const changeOf = (entry: Tree, group: Tree): Change["change"] =>
  CHANGES[numberAt(entry, "Czlx") ?? numberAt(group, "Czlx") ?? -1];

/** Everything in an FFJRHMD. */
export const illegalAccessesOf = (tree: Tree): IllegalAccess[] =>
  childrenOf(tree, "Ffjrxx").map((one) =>
    known({
      id: numberAt(one, "Id"),
      domain: textAt(one, "Ym") ?? "",
      ip: addressAt(one, "Ip") ?? addressAt(one, "IP"),
      accessProvider: textAt(one, "Zjjrz") ?? "",
      province: textAt(one, "Szs") ?? "",
      checkedAt: textAt(one, "Dqjcsj") ?? "",
    }),
  );

/** Everything in a WBAWZLB. */
export const unfiledSitesOf = (tree: Tree): UnfiledSite[] =>
  childrenOf(tree, "Wbawz_xx").map((one) =>
    known({
      id: numberAt(one, "Id"),
      domain: textAt(one, "Wzym_mc") ?? "",
      languages: numbersIn(child(one, "Yylb")),
      ip: addressAt(one, "IP") ?? addressAt(one, "Ip"),
      checkedAt: textAt(one, "Dqjcsj") ?? "",
      firstCheckedAt: textAt(one, "Scjcsj") ?? "",
      checks: numberAt(one, "Jccs"),
      province: textAt(one, "Sssh") ?? "",
      accessProvider: textAt(one, "Jrs") ?? "",
      operator: textAt(one, "Yys") ?? "",
    }),
  );

/** Yylb with its entries, or with one number alone. */
const numbersIn = (tree: Tree | undefined): number[] =>
  (tree?.children.length ? tree.children.map(({ text }) => text) : [tree?.text ?? ""])
    .filter((text) => /^\d+$/.test(text))
    .map(Number);
