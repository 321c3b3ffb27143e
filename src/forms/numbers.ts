import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { formatIcpNumber, parseIcpNumber } from "../vocabulary/icp-number.ts";

export type NumbersForm = {
  /** As typed, to be shown again. */
  values: Record<string, string>;
  subjectNumber: string;
  websites: Map<number, string>;
  evidence: string;
  problems: Problem[];
};

const MOST = 500;

/** The field of a website's number. */
export const siteField = (id: number): string => `site${id}`;

/** What is asked for: 主体备案号 unless there is one already, and the websites without a number. */
export type NumbersAsked = {
  subject: boolean;
  /** The number that the websites' begin with, where it is not asked for. */
  subjectNumber: string;
  websites: readonly { id: number; name: string }[];
};

/** 凭证据录入备案号: a subject's number, one for each website that begins with it, and where they were seen. */
export function readNumbers(body: FormBody, asked: NumbersAsked): NumbersForm {
  const { websites: sites } = asked;
  const fields = [
    ...(asked.subject ? ["subjectNumber"] : []),
    ...sites.map(({ id }) => siteField(id)),
    "evidence",
  ];
  const values = Object.fromEntries(fields.map((key) => [key, text(body, key).trim()]));
  const subject = parseIcpNumber(asked.subject ? (values.subjectNumber ?? "") : asked.subjectNumber);
  const own = subject?.index === undefined ? subject : undefined;
  const main = own && formatIcpNumber(own);
  const numbers = sites.map(({ id, name }) => ({
    id,
    name,
    number: siteNumber(values[siteField(id)] ?? "", main),
  }));
  return {
    values,
    subjectNumber: main ?? "",
    websites: new Map(numbers.flatMap(({ id, number }) => (number ? [[id, number] as const] : []))),
    evidence: values.evidence ?? "",
    problems: [
      ...(main || !asked.subject
        ? []
        : [{ field: "subjectNumber", text: "主体备案号不对，例如浙ICP备2026000001号" }]),
      ...numbers
        .filter(({ number }) => !number)
        .map(({ id, name }) => ({
          field: siteField(id),
          text: `“${name}”的备案号不对，应是主体备案号加“-”和序号`,
        })),
      ...evidenceProblems(values.evidence ?? ""),
    ],
  };
}

/** A website's number begins with the subject's; with a wrong subject's number any website's number is let through. */
function siteNumber(typed: string, main: string | undefined): string | undefined {
  const number = parseIcpNumber(typed);
  if (number?.index === undefined) return undefined;
  return main === undefined || formatIcpNumber(number, true) === main ? formatIcpNumber(number) : undefined;
}

function evidenceProblems(evidence: string): Problem[] {
  if (evidence === "")
    return [{ field: "evidence", text: "请写明备案号从哪里看到，例如公共查询页面、管局来电" }];
  if (length(evidence) > MOST) return [{ field: "evidence", text: `最多${MOST}个字` }];
  return [];
}
