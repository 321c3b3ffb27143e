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
};

export const fact = (label: string, value: string): Fact => ({ label, value });

export const referenceOf = ({ number, kind }: FormInput): string => `备案单号${number}，${filingKinds[kind]}`;

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

/** Name and domains of the website, without www as the bureau asks. */
export function siteFacts({ website }: FormInput): Fact[][] {
  const domains = listOf(website, "domains").map((domain) => domain.replace(/^www\./i, ""));
  return [[fact("网站名称", textOf(website, "siteName"))], [fact("网站域名", domains.join("、"))]];
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
