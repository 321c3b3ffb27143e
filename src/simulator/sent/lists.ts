import { ipv4Number } from "../../gateways/bureau/ipv4.ts";
import type { Element } from "../../gateways/bureau/xml.ts";
import { MARK } from "../content.ts";
import type { UnfiledSite } from "../state.ts";
import { line } from "../trees.ts";

/** 通知 about a record (by number and id), or about nothing in particular. */
export type Bulletin = { category: number; number?: string; bureauId?: number; words: string };

/** Tzxx of XGTZ. */
export const bulletinEntry = ({ category, number, bureauId, words }: Bulletin): Element => [
  "Tzxx",
  [
    ...line("Tzlb", category),
    ...line("Baxh", number),
    ...line("Jlid", bureauId),
    ...line("Tznr", words),
    ["Bz", MARK],
  ],
];

/** 黑名单操作类型 (Czlx of HMDLB). */
export const CHANGES = ["add", "change", "delete"] as const;

/** An entry of the blacklist as it is told; documents in clear, so it is only written, never kept. */
export type Blacklisted = { change: (typeof CHANGES)[number] } & (
  | { of: "subject"; name: string; nature?: number; certType: number; certNumber: string }
  | { of: "website"; name: string; domains: string[]; homePage?: string }
);

const blacklistedOf = (entry: Blacklisted): Element =>
  entry.of === "subject"
    ? [
        "Zt_xx",
        [
          ...line("Dwmc", entry.name),
          ...line("Dwxz", entry.nature),
          ["Zj", [...line("Zjlx", entry.certType), ...line("Zjhm", entry.certNumber)]],
        ],
      ]
    : [
        "Wz_xx",
        [
          ...line("Wzmc", entry.name),
          ...entry.domains.map((domain): Element => ["Ym_xx", [["Ym", domain]]]),
          ...line("Syurl", entry.homePage),
        ],
      ];

/** An entry of HMDLB. */
export const blacklistEntry = (entry: Blacklisted): Element => [
  entry.of === "subject" ? "Zthmdxxs" : "Wzhmdxxs",
  [blacklistedOf(entry), ...line("Czlx", CHANGES.indexOf(entry.change)), ["Bz", MARK]],
];

/** 非法接入: who gives the access, and where. */
export type IllegalAccess = {
  id: number;
  domain: string;
  ip: string;
  accessProvider: number;
  province: number;
};

/** Ffjrxx of FFJRHMD. */
export const illegalEntry = ({ id, domain, ip, accessProvider, province }: IllegalAccess, at: string) =>
  [
    "Ffjrxx",
    [
      ...line("Id", id),
      ...line("Ym", domain),
      ...line("Ip", ipv4Number(ip)),
      ...line("Zjjrz", accessProvider),
      ...line("Szs", province),
      ...line("Dqjcsj", at),
      ["Bz", MARK],
    ],
  ] as Element;

/** Wbawz_xx of WBAWZLB. */
export const unfiledEntry = (site: UnfiledSite, at: string): Element => [
  "Wbawz_xx",
  [
    ...line("Id", site.id),
    ...line("Wzym_mc", site.domain),
    ["Yylb", [["Yylb_id", "1"]]],
    ...line("IP", ipv4Number(site.ip)),
    ...line("Dqjcsj", at),
    ...line("Jccs", site.checks),
    ...line("Sssh", site.province),
    ...line("Scjcsj", at),
    ...line("Jrs", site.ispId),
    ...line("Yys", site.operator),
    ["Bz", MARK],
  ],
];
