import { child, childrenOf, type Element, type Tree, textAt } from "../../gateways/bureau/xml.ts";
import { type Content, MARK } from "../content.ts";
import { copied, elementOf, line } from "../trees.ts";

const parts = (tree: Tree | undefined, ...names: string[]): Element[] =>
  copied(tree, ...names).map(elementOf);

/** How a record was reported: for the registrant (代为报备). */
const ON_BEHALF = 1;

const accessOf = (tree: Tree): Element => [
  "Jr_xx",
  [
    ...parts(tree, "Jrid", "Wzfb", "Wzjrfs"),
    ...childrenOf(tree, "Ip_xx").map((ip): Element => ["Ip_xx", parts(ip, "Ipid", "Qsip", "Zzip")]),
    ...line("Bbyhid", textAt(tree, "Ispid")),
    ...line("Bbyhlx", ON_BEHALF),
  ],
];

const siteOf = (tree: Tree): Element => [
  "Wz_xx",
  [
    ...parts(tree, "Wzid", "Wzmc", "Fwnr", "Yylb"),
    ...childrenOf(tree, "Ym_xx").map((one): Element => ["Ym_xx", parts(one, "Ymid", "Ym")]),
    ...childrenOf(tree, "Jr_xx").map(accessOf),
    ...parts(tree, "Wz_Fzr", "Syurl", "Wz_Bz", "Scbbsj", "Zjxgsj"),
  ],
];

/** Baxx of HSRW: what is on record of a subject and some of its websites, by the bureau's ids alone and without numbers. */
export const inquiryEntry = (content: Content, siteIds: readonly number[]): Element => [
  "Baxx",
  [
    [
      "Zt_xx",
      parts(
        child(content, "Zt_xx"),
        ...["Ztid", "Dwmc", "Dwxz", "Txdz", "Zj", "Fzr", "Tzr", "Bbyhlx", "Scbbsj", "Zjxgsj"],
      ),
    ],
    ...childrenOf(content, "Wz_xx")
      .filter((site) => siteIds.includes(Number(textAt(site, "Wzid"))))
      .map(siteOf),
    ["Bz", MARK],
  ],
];
