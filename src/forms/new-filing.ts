import { type FormBody, text } from "../lib/form-body.ts";
import { nothingElsewhere } from "../rules/elsewhere.ts";
import { CONFIRMED, checkField, readConfirmed } from "../rules/index.ts";
import type { Elsewhere, Finding, RuleContext } from "../rules/types.ts";
import { field, optionsOf, readValues, type Values } from "../vocabulary/fields/index.ts";
import type { FilingData } from "../vocabulary/filing.ts";
import { nationalRule } from "../vocabulary/province-rules.ts";
import { shippedWords } from "../vocabulary/word-lists.ts";

/** What opens a filing, each in its usual spelling; `confirmed` holds findings confirmed as 与证件完全一致. */
export type NewFilingForm = {
  nature: string;
  certType: string;
  certNo: string;
  domain: string;
  confirmed: string[];
};

export const blankNewFiling: NewFilingForm = {
  nature: "",
  certType: "",
  certNo: "",
  domain: "",
  confirmed: [],
};

/** Where a field of the form stands in the dictionary. */
const places = [
  { name: "nature", kind: "subject", key: "nature" },
  { name: "certType", kind: "subject", key: "certType" },
  { name: "certNo", kind: "subject", key: "certNo" },
  { name: "domain", kind: "website", key: "domains" },
] as const;

const fieldsHere = places.filter(({ kind }) => kind === "subject").map(({ key }) => field("subject", key));

/** A 证件类型 that the chosen 性质 does not have falls away; the only one there is is taken. */
function fittingType(values: Values): string {
  const codes = optionsOf(field("subject", "certType"), values).map(({ code }) => code);
  const typed = String(values.certType ?? "");
  if (codes.includes(typed)) return typed;
  return codes.length === 1 ? (codes[0] ?? "") : "";
}

export function readNewFiling(body: FormBody): NewFilingForm {
  const values = readValues(fieldsHere, body, {});
  const domains = readValues([field("website", "domains")], { domains: text(body, "domain") }, {}).domains;
  return {
    nature: String(values.nature ?? ""),
    certType: fittingType(values),
    certNo: String(values.certNo ?? ""),
    domain: [domains ?? []].flat().join(" "),
    confirmed: readConfirmed(body, {}),
  };
}

/** The values of the subject as the rules read them. */
export const subjectValues = ({ nature, certType, certNo, confirmed }: NewFilingForm): Values => ({
  nature,
  certType,
  certNo,
  [CONFIRMED]: confirmed,
});

/** A filing of nothing but this form. */
export function sketch(form: NewFilingForm): FilingData {
  const domains = form.domain.split(" ").filter(Boolean);
  return {
    kind: "first",
    subject: { kind: "subject", id: 1, position: 1, values: subjectValues(form) },
    websites: [{ kind: "website", id: 2, position: 1, values: { domains, samePerson: "1" }, accesses: [] }],
    materials: [],
  };
}

/**
 * Findings of the four fields, `field` being the name of the control. The province is not known yet; what stands in a
 * 黑名单 only where somebody has asked.
 */
export function newFilingFindings(
  form: NewFilingForm,
  today: string,
  listed: Elsewhere["listed"] = nothingElsewhere.listed,
): Finding[] {
  const context: RuleContext = {
    province: nationalRule(""),
    ipRanges: [],
    today,
    openConflicts: { certificate: false, domains: [] },
    ispName: "",
    words: shippedWords,
    elsewhere: { ...nothingElsewhere, listed },
  };
  const data = sketch(form);
  return places.flatMap(({ name, kind, key }) =>
    checkField(data, context, { kind, id: kind === "subject" ? 1 : 2 }, key).map((finding) => ({
      ...finding,
      field: name,
    })),
  );
}
