import { codeRow } from "../vocabulary/code-tables.ts";
import { type CreditCode, parseCreditCode } from "../vocabulary/credit-code.ts";
import { division, provinceShortName } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { parseOrganisationCode } from "../vocabulary/organisation-code.ts";
import type { Rule, Scope } from "./types.ts";

/** 营业执照 and the certificates that carry the credit code in their name. */
const CREDIT_TYPES = new Set(["1", "13", "15", "24"]);

/** 组织机构代码证 of the several natures; since 2015 they too may show a credit code of 18 characters. */
const isOrganisationType = (type: string): boolean => codeRow("cert_type", type)?.zh === "组织机构代码证";

const typeOf = ({ values }: Scope): string => textOf(values, "certType");

/** 15 digits: number of a business licence from before 2015. */
const isOldLicence = (scope: Scope): boolean => typeOf(scope) === "1" && /^\d{15}$/.test(scope.value);

function hasCreditCode(scope: Scope): boolean {
  if (CREDIT_TYPES.has(typeOf(scope))) return !isOldLicence(scope);
  return isOrganisationType(typeOf(scope)) && scope.value.replace("-", "").length > 9;
}

function hasOrganisationCode(scope: Scope): boolean {
  return isOrganisationType(typeOf(scope)) && !hasCreditCode(scope);
}

const fault = (code: CreditCode): string => (code.ok ? "" : code.fault);

/** Numbers of certificates of bodies. */
export const certificateRules: Rule[] = [
  {
    id: "credit-code-length",
    ref: "F03",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["GB32100"],
    applies: hasCreditCode,
    run({ value }) {
      const { length } = [...value];
      return length === 18 ? null : `统一社会信用代码应为18位，现在是${length}位`;
    },
  },
  {
    id: "credit-code-characters",
    ref: "F03",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["GB32100"],
    applies: hasCreditCode,
    run({ value }) {
      if (fault(parseCreditCode(value)) !== "characters") return null;
      const wrong = [...new Set(value.toUpperCase().match(/[^0-9A-HJ-NPQRTUWXY]/gu))].join("、");
      return `统一社会信用代码里没有“${wrong}”，请对照证件看看是不是1、0、5、U或2`;
    },
  },
  {
    id: "credit-code-check",
    ref: "F03",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["GB32100"],
    confirmable: true,
    applies: hasCreditCode,
    run({ value }) {
      if (fault(parseCreditCode(value)) !== "check") return null;
      return "统一社会信用代码的最后一位和前面17位对不上，请对照证件逐位核对；与证件完全一致的，请勾选确认";
    },
  },
  {
    id: "credit-code-province",
    ref: "F07",
    severity: "check",
    at: ["subject.certNo"],
    sources: ["GB32100"],
    applies: hasCreditCode,
    run({ value, values }) {
      const code = parseCreditCode(value);
      const place = code.ok ? `${code.division.slice(0, 2)}0000` : "";
      const chosen = textOf(values, "province");
      if (!division(place) || !chosen || place === chosen) return null;
      return `信用代码的登记地是${provinceShortName(place)}，所在地选的是${provinceShortName(chosen)}`;
    },
  },
  {
    id: "registration-number",
    ref: "F03",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["TSUBJ", "GB32100"],
    superseded:
      "世纪互联蓝云备案指南（约2018年）收旧营业执照的注册号；腾讯云备案常见问题：主体信息（约2021年）要求填统一社会信用代码，按较新的执行",
    confirmable: true,
    applies: isOldLicence,
    run: () =>
      "这是15位的注册号。营业执照上有18位统一社会信用代码的，请填统一社会信用代码；确实没有的，请勾选确认",
  },
  {
    id: "organisation-code-shape",
    ref: "F03",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["GB11714"],
    applies: hasOrganisationCode,
    run({ value }) {
      const code = parseOrganisationCode(value);
      if (code.ok || code.fault === "check") return null;
      return code.fault === "length"
        ? `组织机构代码应为9位，统一社会信用代码应为18位，现在是${[...value.replace("-", "")].length}位`
        : "组织机构代码由8位数字或大写字母加1位校验码组成，请对照证件核对";
    },
  },
  {
    id: "organisation-code-check",
    ref: "F03",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["GB11714"],
    confirmable: true,
    applies: hasOrganisationCode,
    run({ value }) {
      const code = parseOrganisationCode(value);
      if (code.ok || code.fault !== "check") return null;
      return "组织机构代码的最后一位和前面8位对不上，请对照证件逐位核对；与证件完全一致的，请勾选确认";
    },
  },
  {
    id: "certificate-open-elsewhere",
    ref: "O01",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["HWFLOW", "TREV"],
    run: (_scope, context) =>
      context.openConflicts.certificate
        ? "这个证件号码另有一份备案正在办理，请等那一份办完，或先取消那一份"
        : null,
  },
  {
    id: "certificate-on-record",
    ref: "O02",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["AL-OVER"],
    applies: ({ filing }) => filing.kind === "first",
    run: (_scope, { onRecord }) =>
      onRecord?.certificate
        ? "这个证件号码已经备案，不能再首次备案；要增加网站或修改信息，请办理变更备案"
        : null,
  },
];
