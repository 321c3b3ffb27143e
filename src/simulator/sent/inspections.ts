import { child, childrenOf, type Element, type Tree, textAt } from "../../gateways/bureau/xml.ts";
import { MARK } from "../content.ts";
import { line } from "../trees.ts";

/**
 * What an inspection (核查) can be about: the data of a subject (Zthc), an access that is reported and not there or there
 * and not reported (Jrhc), a website without an access (Kkwzhc), one that cannot be reached (Wzch).
 */
export const INSPECTED = ["subject", "access", "website", "liveness"] as const;
export type Inspected = (typeof INSPECTED)[number];

/** What is inspected: the record, its website and the access, as far as there is one. `result` is Hcjg. */
export type InspectedPlace = {
  subject: Tree;
  site: Tree | undefined;
  access: Tree | undefined;
  reason: string;
  result: number;
  at: string;
};

const siteNamed = (site: Tree | undefined): Element[] => [
  ...line("Wzid", textAt(site, "Wzid")),
  ...line("Wz_Baxh", textAt(site, "Baxh")),
];

/** 少报: the domain and the address where it was found stand for an access that nobody reported. */
const LACKING = 2;

function accessParts({ site, access, result }: InspectedPlace): Element[] {
  const found = result === LACKING;
  const domain = childrenOf(site, "Ym_xx")[0];
  return [
    ...(found ? line("Ym", textAt(domain, "Ym")) : []),
    ...(found ? line("Jxip", textAt(child(access, "Ip_xx"), "Qsip")) : []),
    ...line("Bbisp", textAt(access, "Ispid")),
    ...line("Hcjg", result),
  ];
}

const ENTRIES: Record<Inspected, (place: InspectedPlace) => Element> = {
  subject: ({ subject, reason }) => [
    "Zthc",
    [
      ...line("Ztid", textAt(subject, "Ztid")),
      ...line("Dwmc", textAt(subject, "Dwmc")),
      ...line("Zjlx", textAt(subject, "Zj/Zjlx")),
      ...line("Zjhm", textAt(subject, "Zj/Zjhm")),
      ...line("Cwyy", reason),
      ["Bz", MARK],
    ],
  ],
  access: (place) => [
    "Jrhc",
    [
      ...siteNamed(place.site),
      ...accessParts(place),
      ...line("Hcsj", place.at),
      ...(place.result === LACKING ? [] : line("Jrid", textAt(place.access, "Jrid"))),
      ...line("Bz", place.reason),
    ],
  ],
  website: ({ site, result, at, reason }) => [
    "Kkwzhc",
    [
      ...siteNamed(site),
      ...line("Hcjg", result),
      ...line("Hcsj", at),
      ...homePageOf(site),
      ...line("Bz", reason),
    ],
  ],
  liveness: ({ site, at, reason }) => [
    "Wzch",
    [...siteNamed(site), ...homePageOf(site), ...line("Hcsj", at), ...line("Bz", reason)],
  ],
};

const homePageOf = (site: Tree | undefined): Element[] => line("Syurl", textAt(site, "Syurl"));

/** Jgxx of HCJG with one finding. */
export const inspectionEntry = (of: Inspected, place: InspectedPlace): Element => [
  "Jgxx",
  [ENTRIES[of](place)],
];
