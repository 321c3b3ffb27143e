import { IDENTITY_CARD, isIndividual } from "../vocabulary/code-tables.ts";
import { provinceShortName } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { ageOfIdentity, type IdentityFault, parseIdentityCard } from "../vocabulary/identity-card.ts";
import type { FieldRef, Rule, Scope } from "./types.ts";

/** 居民身份证, and the residence permits of Hong Kong, Macao and Taiwan people, which number in the same way. */
const NUMBERED = new Set([IDENTITY_CARD, "41", "42"]);

const AT: FieldRef[] = ["subject.certNo", "subject.idNo", "website.leaderIdNo"];

const TYPE_KEYS: Record<string, string> = { certNo: "certType", idNo: "idType", leaderIdNo: "leaderIdType" };

function isCard({ field, values }: Scope): boolean {
  return NUMBERED.has(textOf(values, TYPE_KEYS[field] ?? ""));
}

function rule(id: string, faults: readonly IdentityFault[], message: (value: string) => string): Rule {
  return {
    id,
    severity: "error",
    at: AT,
    sources: ["GB11643"],
    applies: isCard,
    run({ value }) {
      const card = parseIdentityCard(value);
      return !card.ok && faults.includes(card.fault) ? message(value) : null;
    },
  };
}

/** The least age of the person: the province's, else 18. */
function leastAge(
  scope: Scope,
  province: { minAgeIndividual: number | null; minAgeOrgLeader: number | null },
) {
  const own = isIndividual(scope.subject.nature) ? province.minAgeIndividual : province.minAgeOrgLeader;
  return own ?? 18;
}

/** Numbers of identity cards. */
export const identityRules: Rule[] = [
  rule("identity-length", ["length", "old"], (value) =>
    value.length === 15
      ? "15位的第一代身份证已停止使用，请填现在的18位号码"
      : `身份证号码应为18位，现在是${[...value].length}位`,
  ),
  rule("identity-characters", ["characters"], () => "身份证号码由17位数字加1位数字或X组成，请对照证件核对"),
  rule("identity-check", ["check"], () => "身份证号码的最后一位和前面17位对不上，请对照证件逐位核对"),
  {
    id: "identity-date",
    severity: "error",
    at: AT,
    sources: ["GB11643"],
    applies: isCard,
    run({ value }, { today }) {
      const card = parseIdentityCard(value);
      const wrong = card.ok ? card.birth > today : card.fault === "date";
      return wrong ? "身份证号码第7至14位不是一个出生日期，请对照证件核对" : null;
    },
  },
  {
    id: "identity-region",
    severity: "error",
    at: AT,
    sources: ["GB11643", "GB2260"],
    confirmable: true,
    applies: isCard,
    run({ value }) {
      const card = parseIdentityCard(value);
      const unknown = card.ok ? !card.regionKnown : card.fault === "region";
      if (!unknown) return null;
      return "身份证号码前6位不在现在的行政区划里，请对照证件核对；早年签发、与证件完全一致的，请勾选确认";
    },
  },
  {
    id: "person-age",
    severity: "error",
    at: AT,
    sources: ["HWPOL"],
    applies: isCard,
    run(scope, { province, today }) {
      const age = ageOfIdentity(scope.value, today);
      const least = leastAge(scope, province);
      if (age === undefined || age >= least) return null;
      return `${province.name}要求负责人年满${least}周岁，证件显示${age}周岁，请换一位负责人或满${least}周岁后再备案`;
    },
  },
  {
    id: "person-not-local",
    severity: "warning",
    at: ["subject.certNo"],
    sources: ["PROVINCE"],
    applies: (scope) => isIndividual(scope.subject.nature) && isCard(scope),
    run({ value }, { province }) {
      const card = parseIdentityCard(value);
      if (!card.ok || !card.province || card.province === province.code) return null;
      if (province.personalResidencePermit === "required") {
        return `身份证是${provinceShortName(card.province)}的，在${province.name}备案需要上传居住证`;
      }
      if (province.personalCrossProvince !== "forbidden") return null;
      return `身份证是${provinceShortName(card.province)}的，${province.name}一般不接受外省身份证的个人备案，可以改在身份证所在省备案`;
    },
  },
];
