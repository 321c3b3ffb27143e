import {
  base64,
  changedSubjectBlock,
  changedWebsiteBlock,
  checkedSubjectBlock,
  checkedWebsiteBlock,
  leaf,
  placingOf,
  subjectBlock,
  websiteBlock,
} from "./blocks.ts";
import { ipv4Number } from "./ipv4.ts";
import {
  type Attachment,
  type AttachmentOwner,
  cancelCodes,
  type Operation,
  type RecordRef,
} from "./operations.ts";
import type { Element } from "./xml.ts";

const OWNER_CODES = { subject: 1, website: 2 } as const;

/** What names the owner of an attachment inside Ssdxbs; nothing where it cannot be named, which the schema tells. */
type Naming = (owner: AttachmentOwner) => string | Element[];

const refOf = (ref: RecordRef | undefined, numberName: string, idName: string): Element[] => {
  if (!ref) return [];
  return "bureauId" in ref ? leaf(idName, ref.bureauId) : leaf(numberName, ref.number);
};

/** Owners as they are on record; `known` finds that of something in the same upload by our id. */
const onRecord =
  (known: (owner: { kind: "subject" | "website"; id: number }) => RecordRef | undefined): Naming =>
  (owner) =>
    refOf(owner.ref ?? known(owner), "Baxh", "Jlid");

const ourNumber: Naming = (owner) => (owner.id === undefined ? [] : String(owner.id));

const attachmentElement = (
  { format, purpose, bytes, owner, remark }: Attachment,
  naming: Naming,
): Element => [
  "Fjxx",
  [
    ...leaf("Fjwjgs", format),
    ...leaf("Fjyt", purpose),
    ...leaf("Fjnr", base64(bytes)),
    ["Fjssdx", [...leaf("Ssdxlx", OWNER_CODES[owner.kind]), ["Ssdxbs", naming(owner)]]],
    ...leaf("Bz", remark),
  ],
];

/** Attachments count from 1 in what is told of problems. */
const attachmentsOf = (attachments: Attachment[], naming: Naming): Element[] =>
  attachments.map((one, index) => [
    "Fj",
    [attachmentElement(one, naming)],
    { kind: "attachment", id: index + 1 },
  ]);

/** 浙ICP备2026000123号-2 to 浙ICP备2026000123号; of a website named by an id the subject is not known. */
const subjectOfWebsite = (website: RecordRef): RecordRef | undefined =>
  "number" in website ? { number: website.number.replace(/-.*$/, "") } : undefined;

type Builders = {
  [Kind in Operation["kind"]]: (operation: Extract<Operation, { kind: Kind }>) => Element;
};

/** The element below ICP of each operation, in the order of our schema. */
const BUILDERS: Builders = {
  first: ({ subject, websites, attachments }) => [
    "XZBA",
    [
      [
        "Baxx",
        [subjectBlock(subject), ...websites.map(websiteBlock), ...attachmentsOf(attachments, ourNumber)],
      ],
    ],
  ],
  add: ({ subject, websites, attachments, passwordHash }) => [
    "XZWZ",
    [
      [
        "Xzxx",
        [
          ["Zt_xx", refOf(subject, "Ztbah", "Ztid")],
          ...websites.map(websiteBlock),
          ...attachmentsOf(
            attachments,
            onRecord(({ kind, id }) => (kind === "subject" ? subject : { bureauId: id })),
          ),
          ...leaf("ICPmm", passwordHash),
        ],
      ],
    ],
  ],
  join: ({ website, access, attachments, passwordHash }) => [
    "XZJR",
    [
      [
        "Xzxx",
        [
          ["Wz_xx", refOf(website, "Wzbah", "Wzid")],
          ...leaf("IspJrid", access.id),
          ...placingOf(access),
          ...attachmentsOf(
            attachments,
            onRecord(({ kind }) => (kind === "website" ? website : subjectOfWebsite(website))),
          ),
          ...leaf("ICPmm", passwordHash),
        ],
        { kind: "access", id: access.id },
      ],
    ],
  ],
  change: ({ subject, websites, attachments, passwordHash }) => [
    "BGBA",
    [
      [
        "Bgxx",
        [
          changedSubjectBlock(subject),
          ...websites.map(changedWebsiteBlock),
          ...attachmentsOf(
            attachments,
            onRecord(({ kind, id }) =>
              kind === "subject" ? subject : websites.find((website) => website.id === id),
            ),
          ),
          ...leaf("ICPmm", passwordHash),
        ],
      ],
    ],
  ],
  cancel: ({ of, bureauId, reason, explanation, passwordHash }) => [
    "ZXBA",
    [
      [
        "Zx_xx",
        [
          ...leaf("Zxlb", cancelCodes[of]),
          ...leaf("Jlid", bureauId),
          ...leaf("Zxly", reason),
          ...leaf("Zxlybz", explanation),
          ...leaf("ICPmm", passwordHash),
        ],
        { kind: "cancellation", id: bureauId },
      ],
    ],
  ],
  supplement: ({ attachments }) => [
    "XZHYD",
    attachments.map((one, index): Element => {
      const [name, content] = attachmentElement(
        one,
        onRecord(({ id }) => ({ bureauId: id })),
      );
      return [name, content, { kind: "attachment", id: index + 1 }];
    }),
  ],
  "inquiry-answer": (answer) => [
    "HSJG",
    [
      [
        "Hsjgxx",
        [
          ...leaf("Hsjg", answer.correct ? 0 : 1),
          ...leaf("Hsrxm", answer.checkedBy),
          ...leaf("Hssj", answer.checkedOn),
          ...leaf("Bbdw", answer.unit),
          ...leaf("Hsyj", answer.opinion),
          ...leaf("Cwxx", answer.faults),
          [
            "Baxx",
            [
              checkedSubjectBlock(answer.subject),
              ...answer.websites.map((site) => checkedWebsiteBlock(site, answer.subject.reportedBy)),
            ],
          ],
        ],
        { kind: "answer", id: 0 },
      ],
    ],
  ],
  "unfiled-site-answer": (answer) => [
    "WBACLJG",
    [
      [
        "Clxx",
        [
          ...leaf("Ym", answer.domain),
          ...leaf("IP", ipv4Number(answer.ip)),
          ...leaf("Yys", answer.operator),
          ...leaf("Jrs", answer.accessProvider),
          ...leaf("Shengid", answer.province),
          ...leaf("Cljg", answer.result),
          ...leaf("Clyj", answer.opinion),
          ...leaf("Rbsj", answer.reportedOn),
          ...leaf("Clsx", answer.dueOn),
          ...leaf("Sbrxm", answer.contact?.name),
          ...leaf("Sbrdh", answer.contact?.phone),
          ...leaf("Sbrdzyj", answer.contact?.email),
        ],
        { kind: "answer", id: 0 },
      ],
    ],
  ],
};

/** The element of an operation, such as XZBA or BGBA, with whom each block belongs to. */
export const operationElement = (operation: Operation): Element =>
  (BUILDERS[operation.kind] as (operation: Operation) => Element)(operation);
