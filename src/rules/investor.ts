import { textOf } from "../vocabulary/fields/index.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import type { Rule, Scope } from "./types.ts";

const AT = ["subject.investor"] as const;

/** 企业 */
const ENTERPRISE = "4";

/** Two to four characters without a word of a body: the name of a person. */
const isPersonName = (text: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(text) && !/[公司厂店院所部局会社校团站委]$/.test(text);

type Wanted = NonNullable<ProvinceRule["investorRule"]>;

/** What a province wants to read there, and whether it stands there. */
const wanted: Record<Wanted, (scope: Scope) => string | null> = {
  own_name: ({ value, values }) =>
    textOf(values, "nature") === ENTERPRISE && value !== textOf(values, "name")
      ? "要求企业填本单位的全称，请核对"
      : null,
  legal_representative: ({ value, values }) =>
    textOf(values, "nature") === ENTERPRISE && value !== textOf(values, "person")
      ? "要求企业填法定代表人的姓名，请核对"
      : null,
  unit_name: ({ value }) => (isPersonName(value) ? "要求填单位的名称，不能填人名，请核对" : null),
};

/** 投资者或上级主管单位. */
export const investorRules: Rule[] = [
  {
    id: "investor-separator",
    ref: "F09",
    severity: "warning",
    at: AT,
    sources: ["21V", "CT"],
    run: ({ value }) =>
      /[，、；;／/\n]/.test(value) ? "有多个投资者或上级主管单位的，中间请用英文逗号“,”隔开" : null,
  },
  {
    id: "investor-province",
    ref: "F09",
    severity: "warning",
    at: AT,
    sources: ["T17", "PROVINCE"],
    run(scope, { province }) {
      const says = province.investorRule && wanted[province.investorRule](scope);
      return says ? `${province.name}${says}` : null;
    },
  },
];
