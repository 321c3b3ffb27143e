import type { ProblemOwner } from "./errors.ts";
import { ipv4Number } from "./ipv4.ts";
import type {
  Access,
  Approval,
  ChangedSubject,
  ChangedWebsite,
  Person,
  Subject,
  Website,
} from "./operations.ts";
import type { Element } from "./xml.ts";

type Value = string | number | undefined;

/** An element, or none at all: the schema has lower limits of length, so an empty element would be a breach. */
export const leaf = (name: string, value: Value): Element[] =>
  value === undefined || value === "" ? [] : [[name, String(value)]];

const each = (name: string, values: readonly (string | number)[]): Element[] =>
  values.map((value) => [name, String(value)] as const);

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

const personOf = (person: Person, mobileName = "Fzr_sjhm"): Element[] => [
  ...leaf("Fzr_xm", person.name),
  ...leaf("Fzr_dhhm", person.officePhone),
  ...leaf(mobileName, person.mobile),
  ...leaf("Fzr_dzyj", person.email),
  ...leaf("Msn", person.msn),
  ...leaf("Qq", person.qq),
  ...leaf("Fzr_zjlx", person.certificateType),
  ...leaf("Fzr_zjhm", person.certificateNumber),
];

const addressOf = ({ area, address }: Subject): Element => [
  "Txdz",
  [
    ...leaf("Shengid", area.province),
    ...leaf("Shiid", area.city),
    ...leaf("Xianid", area.county),
    ...leaf("Xxdz", address),
  ],
];

const certificateOf = ({ certificate }: Subject): Element => [
  "Zj",
  [
    ...leaf("Zjlx", certificate.type),
    ...leaf("Zjhm", certificate.number),
    ...leaf("Zjzs", certificate.address),
  ],
];

const ownerOf = (kind: ProblemOwner["kind"], { id }: { id: number }): ProblemOwner => ({ kind, id });

/** Zt_xx of a first filing. */
export const subjectBlock = (subject: Subject): Element => [
  "Zt_xx",
  [
    ...leaf("IspZtid", subject.id),
    ...leaf("Dwmc", subject.name),
    ...leaf("Dwxz", subject.nature),
    ...leaf("Tzr", subject.investor),
    addressOf(subject),
    certificateOf(subject),
    ["Fzr", personOf(subject.person)],
    ...leaf("Bbfs", subject.reportedBy),
    ...leaf("Bz", subject.remark),
  ],
  ownerOf("subject", subject),
];

/** Zt_xx of a change: by the bureau's id and number; who reported it is not sent again. */
export const changedSubjectBlock = (subject: ChangedSubject): Element => [
  "Zt_xx",
  [
    ...leaf("Ztid", subject.bureauId),
    ...leaf("Dwmc", subject.name),
    ...leaf("Baxh", subject.number),
    ...leaf("Dwxz", subject.nature),
    ...leaf("Tzr", subject.investor),
    addressOf(subject),
    certificateOf(subject),
    ["Fzr", personOf(subject.person)],
    ...leaf("Bz", subject.remark),
  ],
  ownerOf("subject", subject),
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

/** Wzfb, Wzjrfs and Ip_xx of an access. A range that the bureau knows has its id first. */
export const placingOf = (
  { places, modes, ips }: ChangedWebsite["accesses"][number] | Access,
  ours = true,
): Element[] => [
  ["Wzfb", each("Fbdd", places)],
  ["Wzjrfs", each("Jrfs", modes)],
  ...ips.map(
    (ip: { id: number; bureauId?: number; from: string; to: string }): Element => [
      "Ip_xx",
      [
        ...leaf("Ipid", ip.bureauId),
        ...leaf("IspIpid", ours ? ip.id : undefined),
        ...leaf("Qsip", ipv4Number(ip.from)),
        ...leaf("Zzip", ipv4Number(ip.to)),
      ],
    ],
  ),
];

/** Several names are joined by `;`. */
const contentOf = (website: Website | ChangedWebsite): Element[] => [
  ...leaf("Wzmc", website.names.join(";")),
  ...approvalsOf(website.approvals),
  ["Fwnr", each("Fwnr_id", website.serviceContents)],
  ["Yylb", each("Yylb_id", website.languages)],
];

/** Wz_xx of a website that is not on record yet. */
export const websiteBlock = (website: Website): Element => [
  "Wz_xx",
  [
    ...leaf("IspWzid", website.id),
    ...contentOf(website),
    ...website.domains.map(
      ({ id, name }): Element => ["Ym_xx", [...leaf("IspYmid", id), ...leaf("Ym", name)]],
    ),
    ...website.accesses.map(
      (access): Element => [
        "Jr_xx",
        [...leaf("IspJrid", access.id), ...placingOf(access)],
        ownerOf("access", access),
      ],
    ),
    ["Wz_Fzr", personOf(website.person)],
    ...leaf("Syurl", website.homePage),
    ...leaf("Wz_Bz", website.remark),
  ],
  ownerOf("website", website),
];

/** Wz_xx of a change; its number stands before the home page. */
export const changedWebsiteBlock = (website: ChangedWebsite): Element => [
  "Wz_xx",
  [
    ...leaf("Wzid", website.bureauId),
    ...contentOf(website),
    ...website.domains.map(
      ({ id, bureauId, name }): Element => [
        "Ym_xx",
        [...leaf("Ymid", bureauId), ...leaf("IspYmid", id), ...leaf("Ym", name)],
      ],
    ),
    ...website.accesses.map(
      (access): Element => [
        "Jr_xx",
        [...leaf("Jrid", access.bureauId), ...placingOf(access)],
        ownerOf("access", access),
      ],
    ),
    ["Wz_Fzr", personOf(website.person)],
    ...leaf("Baxh", website.number),
    ...leaf("Syurl", website.homePage),
    ...leaf("Wz_Bz", website.remark),
  ],
  ownerOf("website", website),
];

/** Zt_xx of the answer to an inquiry: by the bureau's id alone, and the mobile number under a name of its own. */
export const checkedSubjectBlock = (subject: ChangedSubject): Element => [
  "Zt_xx",
  [
    ...leaf("Ztid", subject.bureauId),
    ...leaf("Dwmc", subject.name),
    ...leaf("Dwxz", subject.nature),
    addressOf(subject),
    ...leaf("Tzr", subject.investor),
    certificateOf(subject),
    ["Fzr", personOf(subject.person, "sjhm")],
    ...leaf("Bz", subject.remark),
  ],
  ownerOf("subject", subject),
];

/** Wz_xx of the answer to an inquiry: without languages and number, and each access says how it was reported. */
export const checkedWebsiteBlock = (
  website: ChangedWebsite,
  reportedBy: ChangedSubject["reportedBy"],
): Element => [
  "Wz_xx",
  [
    ...leaf("Wzid", website.bureauId),
    ...contentOf(website).filter(([name]) => name !== "Yylb"),
    ...website.domains.map(
      ({ bureauId, name }): Element => ["Ym_xx", [...leaf("Ymid", bureauId), ...leaf("Ym", name)]],
    ),
    ...website.accesses.map(
      (access): Element => [
        "Jr_xx",
        [...leaf("Jrid", access.bureauId), ...placingOf(access, false), ...leaf("Bbfs", reportedBy)],
        ownerOf("access", access),
      ],
    ),
    ["Wz_Fzr", personOf(website.person, "sjhm")],
    ...leaf("Syurl", website.homePage),
    ...leaf("Wz_Bz", website.remark),
  ],
  ownerOf("website", website),
];
