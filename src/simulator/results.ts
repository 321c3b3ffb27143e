import { INTERFACE_VERSION, type ResultCode } from "../gateways/bureau/index.ts";
import { child, childrenOf, type Element, type Tree, writeXml } from "../gateways/bureau/xml.ts";
import { clock, isoDate } from "../lib/dates.ts";
import { wordsOf } from "./checks.ts";
import type { Filing } from "./state.ts";

/** 新增备案 */
const OPERATION = "1";
/** Stands on everything the simulator decides, so that nobody takes it for a real answer. */
const MARK = "演示";
const APPROVED = 1001;
const REFUSED = 1002;
const NEWS = 1062;

/** 2026-12-04 16:20:00 */
const timeText = (at: number): string => `${isoDate(new Date(at))} ${clock(new Date(at))}:00`;

const download = (part: Element): string =>
  writeXml(["DownloadData", [["ICP", [part]]]], { version: INTERFACE_VERSION });

const codesOf = (codes: ResultCode[]): Element[] =>
  codes.map(({ code, words }) => [
    "Jgxx",
    [
      ["Jgdm", String(code)],
      ["Dmms", words],
    ],
  ]);

/** BAJG with what the machine found; `about` is missing when the whole file is rejected. */
export const machineResult = (codes: ResultCode[], about?: number): string =>
  download([
    "BAJG",
    [
      [
        "Jg_xx",
        [
          ...codesOf(codes),
          ["Czlx", OPERATION],
          ...(about === undefined ? [] : [["Bs", String(about)] as const]),
          ["Bz", MARK],
        ],
      ],
    ],
  ]);

/** BAJG with the good news that the addresses match; it decides nothing. */
export const news = (filing: Filing): string =>
  machineResult([{ code: NEWS, words: wordsOf(NEWS) }], filing.subjectId);

/** BAJG with the decision of a person: approved, or returned with words. */
export function decision(filing: Filing, at: number): string {
  const approved = filing.state === "approved";
  const code = approved ? APPROVED : REFUSED;
  const about = String(filing.subjectId);
  return download([
    "BAJG",
    [
      [
        "Jg_xx",
        [...codesOf([{ code, words: wordsOf(code) }]), ["Czlx", OPERATION], ["Bs", about], ["Bz", MARK]],
      ],
      [
        "GJSHS",
        [
          [
            "Gjsh",
            [
              ["Shsj", timeText(at)],
              ["Shyj", filing.words],
              ["Shjg", approved ? "1" : "0"],
              ["Czlx", OPERATION],
              ["Jlid", about],
            ],
          ],
        ],
      ],
    ],
  ]);
}

const elementOf = (tree: Tree): Element => [
  tree.name,
  tree.children.length > 0 ? tree.children.map(elementOf) : tree.text,
];

/** Elements of a tree by name, as they came; those that are missing are left out. */
const copied = (tree: Tree, ...names: string[]): Element[] =>
  names.flatMap((name) => childrenOf(tree, name).map(elementOf));

/** Hands out the bureau's ids one after the other. */
const counter = (first: number): (() => string) => {
  let next = first;
  return () => String(next++);
};

/** BASJ: the filing as approved, with the numbers and the bureau's ids. `baxx` is the filing as it came. */
export function numbers(filing: Filing, baxx: Tree): string {
  const at = timeText(filing.decidedAt ?? filing.receivedAt);
  const id = counter(filing.firstId ?? 1);
  const sites = childrenOf(baxx, "Wz_xx");
  return download([
    "BASJ",
    [
      [
        "Baxx",
        [
          ["Zt_xx", subjectOf(filing, child(baxx, "Zt_xx") as Tree, id(), at)],
          ...sites.map((site, index): Element => ["Wz_xx", siteOf(filing, site, index + 1, id, at)]),
          ["Bz", MARK],
        ],
      ],
    ],
  ]);
}

const subjectOf = (filing: Filing, tree: Tree, id: string, at: string): Element[] => [
  ...copied(tree, "IspZtid"),
  ["Ztid", id],
  ...copied(tree, "Dwmc", "Dwxz", "Txdz", "Zj", "Fzr"),
  ["Baxh", filing.number ?? ""],
  ["Bbyhlx", "1"],
  ...copied(tree, "Tzr"),
  ["Scbbsj", timeText(filing.receivedAt)],
  ["Zjxgsj", at],
  ["Shsj", at],
  ["Bz", MARK],
];

const siteOf = (filing: Filing, tree: Tree, position: number, id: () => string, at: string): Element[] => [
  ...copied(tree, "IspWzid"),
  ["Wzid", id()],
  ...copied(tree, "Wzmc", "Fwnr", "Yylb"),
  ...childrenOf(tree, "Ym_xx").map(
    (domain): Element => ["Ym_xx", [...copied(domain, "IspYmid"), ["Ymid", id()], ...copied(domain, "Ym")]],
  ),
  ...childrenOf(tree, "Jr_xx").map((access): Element => ["Jr_xx", accessOf(filing, access, id)]),
  ...copied(tree, "Wz_Fzr", "Syurl"),
  ["Wz_Bz", MARK],
  ["Scbbsj", timeText(filing.receivedAt)],
  ["Zjxgsj", at],
  ["Baxh", `${filing.number}-${position}`],
];

const accessOf = (filing: Filing, tree: Tree, id: () => string): Element[] => [
  ...copied(tree, "IspJrid"),
  ["Jrid", id()],
  ["Ispid", String(filing.ispId)],
  ...copied(tree, "Wzfb", "Wzjrfs"),
  ...childrenOf(tree, "Ip_xx").map(
    (ip): Element => ["Ip_xx", [...copied(ip, "IspIpid"), ["Ipid", id()], ...copied(ip, "Qsip", "Zzip")]],
  ),
];
