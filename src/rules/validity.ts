import { addMonths, isDate } from "../lib/dates.ts";
import { codeLabel, codeRow } from "../vocabulary/code-tables.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { isValidity } from "../vocabulary/validity.ts";
import { isNumberedCard } from "./identity.ts";
import type { FieldRef, Rule, Scope } from "./types.ts";

const AT: FieldRef[] = ["subject.certValidUntil", "subject.idValidUntil", "website.leaderIdValidUntil"];

/** The document whose last day a field is. */
const DOCUMENTS: Record<string, { type: string; number: string }> = {
  certValidUntil: { type: "certType", number: "certNo" },
  idValidUntil: { type: "idType", number: "idNo" },
  leaderIdValidUntil: { type: "leaderIdType", number: "leaderIdNo" },
};

const typeOf = ({ field, values }: Scope): string => textOf(values, DOCUMENTS[field]?.type ?? "");
const isPersons = (scope: Scope): boolean => codeRow("cert_type", typeOf(scope))?.person === true;

/** Until when the documents are valid. */
export const validityRules: Rule[] = [
  {
    id: "validity-format",
    ref: "F05",
    severity: "error",
    at: AT,
    sources: ["HWREJ"],
    run: ({ value }) => (isValidity(value) ? null : "请写成2035-01-02这样的日期，长期有效的写“长期”"),
  },
  {
    id: "document-expired",
    ref: "F05",
    severity: "error",
    at: AT,
    sources: ["HWREJ"],
    applies: ({ value }) => isDate(value),
    run: (scope, { today }) =>
      scope.value < today ? `这份${codeLabel("cert_type", typeOf(scope))}已经过期，请换成有效的再备案` : null,
  },
  {
    id: "document-ending",
    ref: "F05",
    severity: "error",
    at: AT,
    sources: ["HWREJ", "21V", "T17"],
    applies: (scope, { today }) => isPersons(scope) && isDate(scope.value) && scope.value >= today,
    run(scope, { today, province }) {
      if (scope.value >= addMonths(today, 3)) return null;
      const message = "证件的有效期不到3个月，审核时可能要求换新证，建议先换证";
      if (!isNumberedCard(typeOf(scope))) return { message, severity: "warning" };
      const temporary = province.temporaryCardRefused ? `，${province.name}也不接受临时身份证` : "";
      return `身份证的有效期要至少还有3个月${temporary}，请换领新证后再备案`;
    },
  },
  {
    id: "validity-missing",
    ref: "F05",
    severity: "warning",
    at: AT,
    sources: ["HWREJ", "21V"],
    empty: true,
    applies: (scope) =>
      isNumberedCard(typeOf(scope)) && textOf(scope.values, DOCUMENTS[scope.field]?.number ?? "") !== "",
    run: ({ value }) =>
      value === "" ? "请填写身份证背面的有效期，备案要求至少还有3个月，不到的审核时会退回" : null,
  },
];
