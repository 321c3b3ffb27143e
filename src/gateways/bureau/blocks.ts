import { ipv4Number } from "./ipv4.ts";
import type { Element } from "./xml.ts";

/** 负责人. Telephones are digits and `-`, several with `;` between. */
export type Person = {
  name: string;
  officePhone?: string;
  mobile: string;
  email: string;
  msn?: string;
  qq?: string;
  certificateType?: number;
  certificateNumber?: string;
};

/** 主体. `id` is ours, and comes back with the result. Areas are six-digit codes of GB/T 2260. */
export type Subject = {
  id: number;
  name: string;
  nature: number;
  investor?: string;
  area: { province: number; city: number; county?: number };
  address?: string;
  certificate: { type: number; number: string; address: string };
  person: Person;
  /** 自行报备 0, 代为报备 1. */
  reportedBy: 0 | 1;
  remark?: string;
};

/** 接入, with ranges of IPv4 addresses; a single address has `from` equal to `to`. */
export type Access = {
  id: number;
  places: number[];
  modes: number[];
  ips: { id: number; from: string; to: string }[];
};

/** 前置或专项审批, with its scans as JPEG. */
export type Approval = { type: number; number: string; scans: Uint8Array[] };

/** 网站. */
export type Website = {
  id: number;
  names: string[];
  approvals: Approval[];
  serviceContents: number[];
  languages: number[];
  domains: { id: number; name: string }[];
  accesses: Access[];
  person: Person;
  homePage?: string;
  remark?: string;
};

/** 附件 of a first filing; `format` 1 JPG, 2 PNG; `purpose` a code of the table attachment_purpose (Fjyt). */
export type Attachment = {
  format: number;
  purpose: number;
  bytes: Uint8Array;
  owner: { kind: "subject" | "website"; id: number };
  remark?: string;
};

type Value = string | number | undefined;

/** An element, or none at all: the schema has lower limits of length, so an empty element would be a breach. */
const leaf = (name: string, value: Value): Element[] =>
  value === undefined || value === "" ? [] : [[name, String(value)]];

const each = (name: string, values: readonly (string | number)[]): Element[] =>
  values.map((value) => [name, String(value)] as const);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

const personOf = (person: Person): Element[] => [
  ...leaf("Fzr_xm", person.name),
  ...leaf("Fzr_dhhm", person.officePhone),
  ...leaf("Fzr_sjhm", person.mobile),
  ...leaf("Fzr_dzyj", person.email),
  ...leaf("Msn", person.msn),
  ...leaf("Qq", person.qq),
  ...leaf("Fzr_zjlx", person.certificateType),
  ...leaf("Fzr_zjhm", person.certificateNumber),
];

/** Zt_xx of a first filing. */
export const subjectBlock = (subject: Subject): Element => [
  "Zt_xx",
  [
    ...leaf("IspZtid", subject.id),
    ...leaf("Dwmc", subject.name),
    ...leaf("Dwxz", subject.nature),
    ...leaf("Tzr", subject.investor),
    [
      "Txdz",
      [
        ...leaf("Shengid", subject.area.province),
        ...leaf("Shiid", subject.area.city),
        ...leaf("Xianid", subject.area.county),
        ...leaf("Xxdz", subject.address),
      ],
    ],
    [
      "Zj",
      [
        ...leaf("Zjlx", subject.certificate.type),
        ...leaf("Zjhm", subject.certificate.number),
        ...leaf("Zjzs", subject.certificate.address),
      ],
    ],
    ["Fzr", personOf(subject.person)],
    ...leaf("Bbfs", subject.reportedBy),
    ...leaf("Bz", subject.remark),
  ],
];

const approvalsOf = (approvals: Approval[]): Element[] =>
  approvals.length === 0
    ? []
    : [
        [
          "Nrlx",
          approvals.map(({ type, number, scans }) => [
            "Nrlx_xx",
            [...leaf("Nrlx_id", type), ...leaf("Qzsph", number), ...each("Spwj", scans.map(base64))],
          ]),
        ],
      ];

const accessOf = ({ id, places, modes, ips }: Access): Element => [
  "Jr_xx",
  [
    ...leaf("IspJrid", id),
    ["Wzfb", each("Fbdd", places)],
    ["Wzjrfs", each("Jrfs", modes)],
    ...ips.map(
      (ip): Element => [
        "Ip_xx",
        [...leaf("IspIpid", ip.id), ...leaf("Qsip", ipv4Number(ip.from)), ...leaf("Zzip", ipv4Number(ip.to))],
      ],
    ),
  ],
];

/** Wz_xx of a first filing; several names are joined by `;`. */
export const websiteBlock = (website: Website): Element => [
  "Wz_xx",
  [
    ...leaf("IspWzid", website.id),
    ...leaf("Wzmc", website.names.join(";")),
    ...approvalsOf(website.approvals),
    ["Fwnr", each("Fwnr_id", website.serviceContents)],
    ["Yylb", each("Yylb_id", website.languages)],
    ...website.domains.map(
      ({ id, name }): Element => ["Ym_xx", [...leaf("IspYmid", id), ...leaf("Ym", name)]],
    ),
    ...website.accesses.map(accessOf),
    ["Wz_Fzr", personOf(website.person)],
    ...leaf("Syurl", website.homePage),
    ...leaf("Wz_Bz", website.remark),
  ],
];

const OWNER_CODES = { subject: 1, website: 2 } as const;

/** Fj of a first filing, where the owner is a bare number of ours. */
export const attachmentBlock = ({ format, purpose, bytes, owner, remark }: Attachment): Element => [
  "Fj",
  [
    [
      "Fjxx",
      [
        ...leaf("Fjwjgs", format),
        ...leaf("Fjyt", purpose),
        ...leaf("Fjnr", base64(bytes)),
        ["Fjssdx", [...leaf("Ssdxlx", OWNER_CODES[owner.kind]), ...leaf("Ssdxbs", owner.id)]],
        ...leaf("Bz", remark),
      ],
    ],
  ],
];
