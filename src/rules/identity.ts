import { IDENTITY_CARD, isIndividual } from "../vocabulary/code-tables.ts";
import { provinceShortName } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { ageOfIdentity, type IdentityFault, parseIdentityCard } from "../vocabulary/identity-card.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import type { FieldRef, Problem, Rule, Scope } from "./types.ts";

/** 居民身份证, and the residence permits of Hong Kong, Macao and Taiwan people, which number in the same way. */
const NUMBERED = new Set([IDENTITY_CARD, "41", "42"]);

const AT: FieldRef[] = ["subject.certNo", "subject.idNo", "website.leaderIdNo"];

const TYPE_KEYS: Record<string, string> = { certNo: "certType", idNo: "idType", leaderIdNo: "leaderIdType" };

/** True for a type of document whose number is that of an identity card. */
export const isNumberedCard = (type: string): boolean => NUMBERED.has(type);

const isCard = ({ field, values }: Scope): boolean => isNumberedCard(textOf(values, TYPE_KEYS[field] ?? ""));

function rule(id: string, faults: readonly IdentityFault[], message: (value: string) => string): Rule {
  return {
    id,
    ref: "F04",
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

/** The least age that a province names for the person, by role; null: none is known. */
function leastAge({ subject, section }: Scope, province: ProvinceRule): number | null {
  if (section.kind === "website" && province.minAgeSiteLeader !== null) return province.minAgeSiteLeader;
  return isIndividual(subject.nature) ? province.minAgeIndividual : province.minAgeOrgLeader;
}

/** Where no bureau says less. */
const USUAL_AGE = 18;

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
    ref: "F04",
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
    ref: "F04",
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
    ref: "F21",
    severity: "error",
    at: AT,
    sources: ["HWPOL", "PROVINCE"],
    superseded:
      "阿里云《福建备案要求》（约2023年）写年满14周岁；华为云备案政策咨询（2025年12月）写福建要年满18周岁，按较新的执行",
    applies: isCard,
    run(scope, { province, today }) {
      const age = ageOfIdentity(scope.value, today);
      const own = leastAge(scope, province);
      const least = own ?? USUAL_AGE;
      if (age === undefined || age >= least) return null;
      const who = own === null ? "备案一般要求" : `${province.name}要求`;
      return `${who}负责人年满${least}周岁，证件显示${age}周岁，请换一位负责人或满${least}周岁后再备案`;
    },
  },
  {
    id: "person-not-local",
    ref: "F20",
    severity: "warning",
    at: ["subject.certNo"],
    sources: ["HWP", "PROVINCE"],
    superseded:
      "腾讯云《各省管局要求》（2017年）里，内蒙古收持居住证的外省个人；华为云备案管局咨询（2025年12月）里不收，按较新的执行",
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
  {
    id: "document-taken",
    ref: "F20",
    severity: "error",
    at: ["subject.certType", "subject.idType", "website.leaderIdType"],
    sources: ["HWP", "T17", "PROVINCE"],
    run({ value, field, subject }, { province }) {
      const individual = isIndividual(subject.nature);
      if (field === "certType" && !individual) return null;
      return (province.documentRules ?? [])
        .filter(({ who, types }) => who === (individual ? "individual" : "leader") && types.includes(value))
        .map(({ says, severity }): Problem => ({ message: says, severity }));
    },
  },
];
