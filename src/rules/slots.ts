/** Why a material is returned, and the material slots (材料位) as data. */

export type SlotKey =
  | "certificate"
  | "leader"
  | "siteLeader"
  | "form"
  | "domain"
  | "letter"
  | "residencePermit"
  | "pledge"
  | "securityPledge"
  | "securityAgreement"
  | "preApproval"
  | "cancelLetter"
  | "other"
  | "photo";

export type Slot = {
  key: SlotKey;
  label: string;
  hint: string;
  /** Of the subject, or of each website. */
  of: "subject" | "website";
  /** Code of the table attachment_purpose; null: not sent to the bureau. */
  purpose: string | null;
  /** `entry`: sent with the forms; `photo`: after the initial review. */
  phase: "entry" | "photo";
  limitBytes: number;
  reasons: readonly string[];
};

/** 100 KB of base64, with room for the element around it; the form may have 150 KB. */
const USUAL_LIMIT = 73 * 1024;
const FORM_LIMIT = 110 * 1024;

const paper = ["unclear", "corners", "copy", "wrong-document", "altered"] as const;
const usual = { phase: "entry", limitBytes: USUAL_LIMIT } as const;

/** Every slot once, in the order of the page. */
export const slots: readonly Slot[] = [
  {
    ...usual,
    key: "form",
    label: "真实性核验单",
    hint: "下载已填好的核验单，打印后由网站负责人签字，单位盖章。签字后3个月内有效。",
    of: "website",
    purpose: "1",
    limitBytes: FORM_LIMIT,
    reasons: ["sign-or-seal", "date", "form-content", "unclear", "corners"],
  },
  {
    ...usual,
    key: "certificate",
    label: "主办单位证件",
    hint: "证件原件的彩色照片，四个角都在画面里。",
    of: "subject",
    purpose: "2",
    reasons: [...paper, "expired"],
  },
  {
    ...usual,
    key: "leader",
    label: "主体负责人证件（正反面）",
    hint: "正面和反面合成一张，有效期至少还有3个月。",
    of: "subject",
    purpose: "3",
    reasons: [...paper, "both-sides", "expired"],
  },
  {
    ...usual,
    key: "siteLeader",
    label: "网站负责人证件（正反面）",
    hint: "正面和反面合成一张，有效期至少还有3个月。",
    of: "website",
    purpose: "4",
    reasons: [...paper, "both-sides", "expired"],
  },
  {
    ...usual,
    key: "domain",
    label: "域名证书",
    hint: "域名注册商给的证书，持有者应为主办单位。",
    of: "website",
    purpose: null,
    reasons: ["not-holder", "unclear", "wrong-document", "expired"],
  },
  {
    ...usual,
    key: "letter",
    label: "授权委托书",
    hint: "主体负责人和网站负责人不是同一人时需要，由主体负责人签字，单位盖章。",
    of: "website",
    purpose: null,
    reasons: ["sign-or-seal", "date", "form-content", "unclear"],
  },
  {
    ...usual,
    key: "preApproval",
    label: "前置审批文件",
    hint: "所选前置审批或专项审批的批准文件。",
    of: "website",
    purpose: null,
    reasons: [...paper, "expired"],
  },
  {
    ...usual,
    key: "residencePermit",
    label: "居住证",
    hint: "身份证不是本省的，需要本省的居住证。",
    of: "subject",
    purpose: null,
    reasons: [...paper, "both-sides", "expired"],
  },
  {
    ...usual,
    key: "pledge",
    label: "承诺书",
    hint: "按管局的式样打印、签字。",
    of: "subject",
    purpose: null,
    reasons: ["sign-or-seal", "date", "form-content", "unclear"],
  },
  {
    ...usual,
    key: "securityPledge",
    label: "网络安全责任书",
    hint: "下载已填好的责任书，打印后由主体负责人签字，单位盖章。",
    of: "subject",
    purpose: null,
    reasons: ["sign-or-seal", "date", "form-content", "unclear"],
  },
  {
    ...usual,
    key: "securityAgreement",
    label: "信息安全管理协议",
    hint: "下载已填好的协议，打印后由主体负责人签字，单位盖章。",
    of: "subject",
    purpose: null,
    reasons: ["sign-or-seal", "date", "form-content", "unclear"],
  },
  {
    ...usual,
    key: "cancelLetter",
    label: "注销声明",
    hint: "下载已填好的注销声明，打印后由负责人签字，单位盖章。备案手机不能接收短信的，管局凭它核对。",
    of: "subject",
    purpose: null,
    reasons: ["sign-or-seal", "date", "form-content", "unclear"],
  },
  {
    ...usual,
    key: "other",
    label: "其他材料",
    hint: "审核员要求补充的，或有助于审核的材料。",
    of: "subject",
    purpose: null,
    reasons: paper,
  },
  {
    ...usual,
    key: "photo",
    label: "核验照片",
    hint: "网站负责人的半身近照，免冠，露出双肩，不穿红色或蓝色上衣。",
    of: "website",
    purpose: "5",
    phase: "photo",
    reasons: ["curtain", "face", "red-or-blue", "season", "not-leader", "unclear"],
  },
];

const byKey = new Map(slots.map((slot) => [slot.key as string, slot] as const));

/** The slot of a key, undefined for a key there is none of. */
export function maybeSlot(key: string): Slot | undefined {
  return byKey.get(key);
}
