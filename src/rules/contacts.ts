import { isIndividual } from "../vocabulary/code-tables.ts";
import { provinceShortName } from "../vocabulary/divisions.ts";
import { isEmail } from "../vocabulary/email.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { type LandlineFault, parseLandline, parseMobile } from "../vocabulary/phone.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import type { FieldRef, Rule, Scope } from "./types.ts";

const MOBILES: FieldRef[] = ["subject.mobile", "website.leaderMobile"];
const EMERGENCIES: FieldRef[] = ["subject.emergency", "website.leaderEmergency"];
const PHONES: FieldRef[] = ["subject.phone", "website.leaderPhone"];
const EMAILS: FieldRef[] = ["subject.email", "website.leaderEmail"];

const mobileKey = ({ section }: Scope): string => (section.kind === "subject" ? "mobile" : "leaderMobile");

const LANDLINE: Record<LandlineFault, string> = {
  shape: "办公电话请写成086-区号-号码，例如086-0571-00000000",
  noArea: "办公电话前面要有区号，例如086-0571-00000000",
  area: "没有找到这个区号，请核对后写成086-区号-号码",
  number: "办公电话的号码应为7或8位，请核对后写成086-区号-号码",
};

/** What a bureau takes in place of a landline. */
const SUBSTITUTES: Record<ProvinceRule["landlineSubstitute"], string> = {
  none: "这个省要求单位有固定电话，请填写办公电话",
  not_needed: "",
  mobile_or_reason_in_remark: "没有固定电话的，请在备注里写明原因",
  mobile_with_job_title: "没有固定电话的，可以填一个手机号码，并在备注里写明机主的职务",
  mobile_with_contact_name: "没有固定电话的，可以填一个手机号码，并在备注里写明联系人姓名",
  mobile_with_name_and_job_title: "没有固定电话的，可以填一个手机号码，并在备注里写明机主的姓名和职务",
  mobile_distinct_from_leader: "没有固定电话的，可以填一个不是负责人本人的手机号码",
};

function landlineAdvice({ values, subject }: Scope, province: ProvinceRule): string | null {
  if (!province.landlineRequired || textOf(values, "remark")) return null;
  const individual = isIndividual(subject.nature);
  return individual && province.landlineSubstitute === "none"
    ? null
    : SUBSTITUTES[province.landlineSubstitute] || null;
}

/** Telephones and mail boxes, each by itself. */
export const contactRules: Rule[] = [
  {
    id: "mobile-format",
    severity: "error",
    at: MOBILES,
    sources: ["V3 §4-1-1-1"],
    run({ value }) {
      if (parseMobile(value)) return null;
      if (parseLandline(value).ok) return "这是固定电话，请填负责人的11位手机号码";
      const digits = value.replace(/\D/g, "").length;
      return digits === 11
        ? "这不是内地的手机号码，应为1开头的11位数字，请核对"
        : `手机号码应为11位，现在是${digits}位`;
    },
  },
  {
    id: "emergency-format",
    severity: "error",
    at: EMERGENCIES,
    sources: ["V3 §4-1-1-1"],
    run({ value }) {
      if (parseMobile(value) || parseLandline(value).ok) return null;
      return "应急联系电话请填11位手机号码，或写成086-区号-号码";
    },
  },
  {
    id: "emergency-distinct",
    severity: "warning",
    at: EMERGENCIES,
    sources: ["PROVINCE"],
    run(scope, { province }) {
      if (scope.value !== textOf(scope.values, mobileKey(scope))) return null;
      const message = "应急联系电话和手机相同，请换一个能找到负责人的号码";
      return province.emergencyDistinct ? { message, severity: "error" } : message;
    },
  },
  {
    id: "landline-format",
    severity: "error",
    at: PHONES,
    sources: ["V3 §4-1-1-1"],
    run({ value }) {
      const landline = parseLandline(value);
      return landline.ok || parseMobile(value) ? null : LANDLINE[landline.fault];
    },
  },
  {
    id: "landline-missing",
    severity: "warning",
    at: PHONES,
    sources: ["PROVINCE"],
    empty: true,
    run: (scope, { province }) => (scope.value === "" ? landlineAdvice(scope, province) : null),
  },
  {
    id: "landline-is-mobile",
    severity: "warning",
    at: PHONES,
    sources: ["PROVINCE"],
    applies: ({ value }) => parseMobile(value) !== undefined,
    run(scope, { province }) {
      const own = scope.value === textOf(scope.values, mobileKey(scope));
      if (own && province.landlineSubstitute === "mobile_distinct_from_leader") {
        return "办公电话不能是负责人本人的手机，请换一个号码";
      }
      return landlineAdvice(scope, province);
    },
  },
  {
    id: "landline-local",
    severity: "warning",
    at: PHONES,
    sources: ["PROVINCE"],
    run({ value, subject }) {
      const landline = parseLandline(value);
      const province = textOf(subject, "province");
      if (!landline.ok || !province || landline.province === province) return null;
      return `区号${landline.area}属于${provinceShortName(landline.province)}，主办单位在${provinceShortName(province)}，请核对`;
    },
  },
  {
    id: "email-format",
    severity: "error",
    at: EMAILS,
    sources: ["V3 Fzr_dzyj", "RFC5322"],
    run({ value }) {
      if (isEmail(value)) return null;
      return value.includes("@")
        ? "这个邮箱收不到信，请写成zhangsan@example.cn这样的地址"
        : "邮箱里要有@，例如zhangsan@example.cn";
    },
  },
];
