import { isIndividual } from "../vocabulary/code-tables.ts";
import { provinceShortName } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { type LandlineFault, parseLandline, parseMobile } from "../vocabulary/phone.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import { mobileKey } from "./contacts.ts";
import type { FieldRef, Problem, Rule, Scope } from "./types.ts";

const PHONES: FieldRef[] = ["subject.phone", "website.leaderPhone"];

const FAULTS: Record<LandlineFault, string> = {
  shape: "办公电话请写成086-区号-号码，例如086-0571-00000000",
  noArea: "办公电话前面要有区号，例如086-0571-00000000",
  area: "没有找到这个区号，请核对后写成086-区号-号码",
  number: "办公电话的号码应为7或8位，请核对后写成086-区号-号码",
};

/** What a bureau takes in place of a landline: how it is said, and the words that show it in the remark. */
const SUBSTITUTES: Record<ProvinceRule["landlineSubstitute"], { says: string; words: readonly RegExp[] }> = {
  none: { says: "这个省要求单位有固定电话，请填写办公电话", words: [] },
  not_needed: { says: "", words: [] },
  mobile_or_reason_in_remark: { says: "没有固定电话的，请在备注里写明原因", words: [] },
  mobile_with_job_title: {
    says: "没有固定电话的，可以填一个手机号码，并在备注里写明机主的职务",
    words: [/职务|职位|法定代表人|负责人|经理|董事|主任|主管|总监|会计|行政|员|长/],
  },
  mobile_with_contact_name: {
    says: "没有固定电话的，可以填一个手机号码，并在备注里写明联系人姓名",
    words: [/联系人|姓名|机主/],
  },
  mobile_with_name_and_job_title: {
    says: "没有固定电话的，可以填一个手机号码，并在备注里写明机主的姓名和职务",
    words: [/联系人|姓名|机主/, /职务|职位|法定代表人|负责人|经理|董事|主任|主管|总监|会计|行政|员|长/],
  },
  mobile_distinct_from_leader: { says: "没有固定电话的，可以填一个不是负责人本人的手机号码", words: [] },
};

/** Units of some provinces must have a landline; no remark helps there. */
const mustHave = ({ subject }: Scope, { landlineRequired, landlineSubstitute }: ProvinceRule): boolean =>
  landlineRequired && landlineSubstitute === "none" && !isIndividual(subject.nature);

/** Who has no landline is told what to do, until the remark says something. */
function advice(scope: Scope, province: ProvinceRule): Problem | null {
  const { says } = SUBSTITUTES[province.landlineSubstitute];
  if (!province.landlineRequired || says === "") return null;
  if (mustHave(scope, province)) return { message: says, severity: "error" };
  if (province.landlineSubstitute === "none" || textOf(scope.values, "remark")) return null;
  return says;
}

/** 办公电话, and what takes its place. */
export const landlineRules: Rule[] = [
  {
    id: "landline-format",
    ref: "F12",
    severity: "error",
    at: PHONES,
    sources: ["72DNS", "CT", "V3 §4-1-1-1"],
    run({ value }) {
      const landline = parseLandline(value);
      return landline.ok || parseMobile(value) ? null : FAULTS[landline.fault];
    },
  },
  {
    id: "landline-missing",
    ref: "F13",
    severity: "warning",
    at: PHONES,
    sources: ["TSUBJ", "72DNS", "PROVINCE"],
    empty: true,
    run: (scope, { province }) => (scope.value === "" ? advice(scope, province) : null),
  },
  {
    id: "landline-is-mobile",
    ref: "F13",
    severity: "warning",
    at: PHONES,
    sources: ["TSUBJ", "PROVINCE"],
    applies: ({ value }) => parseMobile(value) !== undefined,
    run(scope, { province }) {
      const own = scope.value === textOf(scope.values, mobileKey(scope));
      if (own && province.landlineSubstitute === "mobile_distinct_from_leader") {
        return "办公电话不能是负责人本人的手机，请换一个号码";
      }
      return advice(scope, province);
    },
  },
  {
    id: "landline-remark",
    ref: "F13",
    severity: "warning",
    at: PHONES,
    sources: ["TSUBJ", "PROVINCE"],
    applies: ({ value, values }) => parseMobile(value) !== undefined && textOf(values, "remark") !== "",
    run({ values }, { province }) {
      const { says, words } = SUBSTITUTES[province.landlineSubstitute];
      const remark = textOf(values, "remark");
      return province.landlineRequired && words.some((one) => !one.test(remark)) ? says : null;
    },
  },
  {
    id: "landline-local",
    ref: "F12",
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
];
