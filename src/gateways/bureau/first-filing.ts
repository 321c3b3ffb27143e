import {
  type Attachment,
  attachmentBlock,
  type Subject,
  subjectBlock,
  type Website,
  websiteBlock,
} from "./blocks.ts";
import { type ProblemOwner, type SendProblem, Unsendable } from "./errors.ts";
import { illegalInXml, notInGbk } from "./gbk.ts";
import { ipv4Number } from "./ipv4.ts";
import { checkSchema, type SchemaProblem } from "./schema.ts";
import { type Element, writeXml } from "./xml.ts";

/** The version that the root carries; anything else is answered with 5004. */
export const INTERFACE_VERSION = "V.3.0";

/** One first filing (新增备案, XZBA): the subject, its websites, the pictures. */
export type FirstFiling = {
  /** Number of the provider at the bureau; goes into Qqdwid. */
  ispId: number;
  subject: Subject;
  websites: Website[];
  attachments: Attachment[];
};

/**
 * The XML of an upload with one first filing, in the order of the interface, checked against our schema.
 * Optional values that are undefined or "" are left out. The text declares GBK and is still to be encoded (`pack`).
 * Throws `Unsendable` with every problem at once, none of which holds a value.
 */
export function firstFilingXml(filing: FirstFiling): string {
  const problems = [...characterProblems(filing), ...addressProblems(filing)];
  if (problems.length > 0) throw new Unsendable(problems);
  const xml = writeXml(fileOf(filing), { version: INTERFACE_VERSION });
  const breaches = checkSchema("upload", xml);
  if (breaches.length > 0) throw new Unsendable(breaches.map((breach) => schemaProblem(filing, breach)));
  return xml;
}

const fileOf = ({ ispId, subject, websites, attachments }: FirstFiling): Element => [
  "UploadData",
  [
    [
      "ICP",
      [
        [
          "XZBA",
          [
            [
              "Baxx",
              [subjectBlock(subject), ...websites.map(websiteBlock), ...attachments.map(attachmentBlock)],
            ],
          ],
        ],
        ["Qqdwid", String(ispId)],
      ],
    ],
  ],
];

function characterProblems({ subject, websites, attachments }: FirstFiling): SendProblem[] {
  return [
    ...inBlock({ kind: "subject", id: subject.id }, subjectBlock(subject)),
    ...websites.flatMap((website) => inBlock({ kind: "website", id: website.id }, websiteBlock(website))),
    ...attachments.flatMap(({ remark = "" }, index) =>
      inLeaf({ kind: "attachment", id: index + 1 }, "Bz", remark),
    ),
  ];
}

const inBlock = (owner: ProblemOwner, [, content]: Element): SendProblem[] =>
  typeof content === "string" ? [] : content.flatMap((below) => walk(owner, "", below));

function walk(owner: ProblemOwner, above: string, [name, content]: Element): SendProblem[] {
  const path = above + name;
  if (name === "Spwj") return [];
  if (typeof content === "string") return inLeaf(owner, path, content);
  return content.flatMap((below) => walk(owner, `${path}/`, below));
}

function inLeaf(owner: ProblemOwner, path: string, text: string): SendProblem[] {
  const illegal = illegalInXml(text);
  if (illegal.length > 0) return [{ owner, path, kind: "illegal_character", characters: illegal }];
  const missing = notInGbk(text);
  return missing.length > 0 ? [{ owner, path, kind: "not_in_gbk", characters: missing }] : [];
}

function addressProblems({ websites }: FirstFiling): SendProblem[] {
  return websites
    .flatMap(({ accesses }) => accesses)
    .flatMap(({ id, ips }) => ips.flatMap(({ from, to }) => rangeProblems({ kind: "access", id }, from, to)));
}

function rangeProblems(owner: ProblemOwner, from: string, to: string): SendProblem[] {
  const [first, last] = [ipv4Number(from), ipv4Number(to)];
  if (first === undefined) return [{ owner, path: "Ip_xx/Qsip", kind: "not_ipv4" }];
  if (last === undefined) return [{ owner, path: "Ip_xx/Zzip", kind: "not_ipv4" }];
  return first > last ? [{ owner, path: "Ip_xx/Zzip", kind: "range_reversed" }] : [];
}

const BLOCK = /^\/UploadData\/ICP\/XZBA\/Baxx\/(Zt_xx|Wz_xx|Fj)(?:\[(\d+)\])?(?:\/(.*))?$/;
const ACCESS = /^Jr_xx(?:\[(\d+)\])?\/(.*)$/;

/** Where in the filing a breach of the schema lies; positions in an XPath count from 1 and are left out for one. */
function schemaProblem(filing: FirstFiling, { xpath, rule, expected }: SchemaProblem): SendProblem {
  const detail = expected.length > 0 ? `${rule}: ${expected.join(", ")}` : rule;
  const [, block, position = "1", below = ""] = BLOCK.exec(xpath) ?? [];
  const index = Number(position) - 1;
  const problem = (kind: ProblemOwner["kind"], id: number, path: string): SendProblem => ({
    owner: { kind, id },
    path: path.replace(/\[\d+\]/g, ""),
    kind: "schema",
    detail,
  });
  if (block === "Zt_xx") return problem("subject", filing.subject.id, below);
  if (block === "Fj") return problem("attachment", index + 1, below);
  const website = block === "Wz_xx" ? filing.websites[index] : undefined;
  if (!website) return problem("file", 0, xpath);
  const [, access = "1", path] = ACCESS.exec(below) ?? [];
  if (path === undefined) return problem("website", website.id, below);
  return problem("access", website.accesses[Number(access) - 1]?.id ?? 0, path);
}
