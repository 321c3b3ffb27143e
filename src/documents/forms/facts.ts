import { fullDateText } from "../../lib/dates.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { field, listOf, summaryLabelOf, textOf } from "../../vocabulary/fields/index.ts";
import { type FilingKind, filingKinds, type Values } from "../../vocabulary/filing.ts";
import type { Person } from "../../vocabulary/persons.ts";
import type { Fact } from "./sheet.ts";

/** What a form is filled in with: a filing, one website of it, and the provider's legal name. */
export type FormInput = {
  number: string;
  kind: FilingKind;
  isp: string;
  subject: Values;
  website: Values;
  /** All websites of the filing, for papers that are signed once for all; without it `website` alone. */
  websites?: readonly Values[];
  /** When the paper is filled in; its day in Asia/Shanghai stands on it. */
  madeOn?: Date;
};

export const fact = (label: string, value: string): Fact => ({ label, value });

/** A line for what no filing holds. */
export const byHand = (label: string): Fact => ({ label, value: "", byHand: true });

/** Small, under the title; the day tells an old print from a new one. */
export const referenceOf = ({ number, kind, madeOn }: FormInput): string =>
  `备案单号${number}，${filingKinds[kind]}${madeOn ? `，${fullDateText(madeOn)}填制` : ""}`;

/** 营业执照; the remark in brackets that some words of the table carry is left out. */
const certificate = (code: string): string =>
  code === "" ? "" : codeLabel("cert_type", code).replace(/（.*$/, "");

/** 主办单位名称 (主办者姓名) and its certificate. */
export const organiserFacts = ({ subject }: FormInput): Fact[][] => subjectFacts(subject);

/** The same where there is only the subject. */
export function subjectFacts(subject: Values): Fact[][] {
  return [
    [fact(summaryLabelOf(field("subject", "name"), subject), textOf(subject, "name"))],
    [fact("证件类型", certificate(textOf(subject, "certType"))), fact("证件号码", textOf(subject, "certNo"))],
  ];
}

const domainsOf = (website: Values): string =>
  listOf(website, "domains")
    .map((domain) => domain.replace(/^www\./i, ""))
    .join("、");

/** Name and domains of the website, without www as the bureau asks. */
export const siteFacts = ({ website }: Pick<FormInput, "website">): Fact[][] => [
  [fact("网站名称", textOf(website, "siteName"))],
  [fact("网站域名", domainsOf(website))],
];

/** Of every website of the filing; several are numbered. */
export function sitesFacts({ website, websites = [website] }: FormInput): Fact[][] {
  if (websites.length < 2) return siteFacts({ website });
  return websites.map((one, at) => [
    fact(`网站${at + 1}`, [textOf(one, "siteName"), domainsOf(one)].filter((text) => text !== "").join("，")),
  ]);
}

/** A responsible person: who, and the document that proves it. */
export const personFacts = (title: string, person: Person): Fact[][] => [
  [fact(title, person.name), fact("手机号码", person.mobile)],
  documentFacts(person),
];

export const documentFacts = (person: Person): Fact[] => [
  fact("证件类型", certificate(person.idType)),
  fact("证件号码", person.idNo),
];
