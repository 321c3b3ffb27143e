import { provinceShortName } from "../vocabulary/divisions.ts";
import { isEmail } from "../vocabulary/email.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { isVirtualOperator, mobileProvince } from "../vocabulary/mobile-area.ts";
import { isOtherPerson, subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import { parseLandline, parseMobile } from "../vocabulary/phone.ts";
import type { FieldRef, Rule, Scope } from "./types.ts";

const MOBILES: FieldRef[] = ["subject.mobile", "website.leaderMobile"];
const EMERGENCIES: FieldRef[] = ["subject.emergency", "website.leaderEmergency"];
const EMAILS: FieldRef[] = ["subject.email", "website.leaderEmail"];

/** Key of the same person's mobile number. */
export const mobileKey = ({ section }: Scope): string =>
  section.kind === "subject" ? "mobile" : "leaderMobile";

/** The mobile of each is the emergency number of the other. */
function isCrossed({ values, subject }: Scope): boolean {
  const [one, other] = [websitePerson(values, subject), subjectPerson(subject)];
  return one.emergency === other.mobile && other.emergency === one.mobile && one.mobile !== other.mobile;
}

const mobiles: Rule[] = [
  {
    id: "mobile-format",
    ref: "F10",
    severity: "error",
    at: MOBILES,
    sources: ["HWREJ", "V3 §4-1-1-1"],
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
    id: "mobile-local",
    ref: "F10",
    severity: "warning",
    at: MOBILES,
    sources: ["HWREJ", "PROVINCE", "LIBPHONE"],
    // The table is of a day long past, and blocks are allotted anew.
    confirmable: "归属地确实是本省的",
    run({ value, subject }, { province }) {
      const [area, home] = [mobileProvince(parseMobile(value) ?? ""), textOf(subject, "province")];
      if (!area || !home || area === home) return null;
      const says = `这个号码的归属地是${provinceShortName(area)}，主办单位在${provinceShortName(home)}`;
      return province.mobileMustBeLocal
        ? { message: `${says}，管局要求用本省的号码，请换一个；确实是本省的，请勾选确认`, severity: "error" }
        : `${says}，管局可能要求用本省的号码，请核对`;
    },
  },
  {
    id: "mobile-virtual",
    ref: "F10",
    severity: "warning",
    at: MOBILES,
    sources: ["TSMS"],
    run: ({ value }) =>
      isVirtualOperator(parseMobile(value) ?? "")
        ? "这是虚拟运营商的号段，可能收不到管局的核验短信，建议换一个号码"
        : null,
  },
];

const emergencies: Rule[] = [
  {
    id: "emergency-format",
    ref: "F11",
    severity: "error",
    at: EMERGENCIES,
    sources: ["72DNS", "V3 §4-1-1-1"],
    run({ value }) {
      if (parseMobile(value) || parseLandline(value).ok) return null;
      return "应急联系电话请填11位手机号码，或写成086-区号-号码";
    },
  },
  {
    id: "emergency-mobile",
    ref: "F11",
    severity: "warning",
    at: EMERGENCIES,
    sources: ["72DNS"],
    run: ({ value }) =>
      parseLandline(value).ok && !parseMobile(value)
        ? "应急联系电话一般要填手机号码，管局审核时可能拨打，建议换成手机"
        : null,
  },
  {
    id: "emergency-distinct",
    ref: "F11",
    severity: "warning",
    at: EMERGENCIES,
    sources: ["HWREJ", "72DNS", "PROVINCE"],
    superseded:
      "云指首次备案教程（约2020年）只要求重庆、河南、广东两个号码不同；华为云备案驳回咨询（2025年12月）见到相同就可能退回，所以其他省提示",
    run(scope, { province }) {
      if (scope.value !== textOf(scope.values, mobileKey(scope))) return null;
      const message = "应急联系电话和手机相同，请换一个能找到负责人的号码";
      return province.emergencyDistinct ? { message, severity: "error" } : message;
    },
  },
  {
    id: "emergency-crossed",
    ref: "F11",
    severity: "error",
    at: ["website.leaderEmergency"],
    sources: ["AL-FJ"],
    applies: ({ values, subject }, { province }) =>
      province.leaderNumbersMayNotCross === true && isOtherPerson(values, subject),
    run: (scope, { province }) =>
      isCrossed(scope)
        ? `${province.name}不接受两位负责人互相留对方的手机作应急联系电话，请换一个号码`
        : null,
  },
];

/** Mobile numbers and mail boxes, each by itself; landlines see landline.ts. */
export const contactRules: Rule[] = [
  ...mobiles,
  ...emergencies,
  {
    id: "email-format",
    ref: "F14",
    severity: "error",
    at: EMAILS,
    sources: ["72DNS", "V3 Fzr_dzyj", "RFC5322"],
    run({ value }) {
      if (isEmail(value)) return null;
      return value.includes("@")
        ? "这个邮箱收不到信，请写成zhangsan@example.cn这样的地址"
        : "邮箱里要有@，例如zhangsan@example.cn";
    },
  },
];
