import { codeTable } from "./code-tables.ts";
import { filingKinds } from "./filing.ts";
import { formNames } from "./form-names.ts";
import { materialConditions, materialOwners, materialSlots } from "./province-materials.ts";

/** Codes with their words. */
export type Words = Readonly<Record<string, string>>;

/**
 * How a column is written and read by people. `decided`: yes, no, or no rule was found · `flag`: yes or no · `lines`: a
 * list of texts · `list`: several things with columns of their own · `group`: one such thing or nothing.
 */
export type Column = { key: string; label: string; hint?: string } & (
  | { kind: "number"; least: number; most: number }
  | { kind: "decided" | "flag" | "lines" | "codes" }
  | { kind: "text"; most: number; needed?: true }
  | { kind: "choice"; words: Words; open?: string }
  | { kind: "picks"; words: Words }
  | { kind: "list" | "group"; items: readonly Column[] }
);

export type ColumnGroup = { title: string; columns: readonly Column[] };

/** A whole number; empty where no rule was found. */
export const number = (key: string, label: string, most: number, least = 1): Column => ({
  ...{ kind: "number", key, label, least, most },
});
export const decided = (key: string, label: string): Column => ({ kind: "decided", key, label });
export const flag = (key: string, label: string): Column => ({ kind: "flag", key, label });
export const text = (key: string, label: string, most = 300): Column => ({
  kind: "text",
  key,
  label,
  most,
  needed: true,
});
export const choice = (key: string, label: string, words: Words, open?: string): Column => ({
  ...{ kind: "choice", key, label, words },
  ...(open === undefined ? {} : { open }),
});

export const UNKNOWN = "没有查到";
export const source = text("source", "来源", 200);
const same = (codes: readonly string[]): Words => Object.fromEntries(codes.map((code) => [code, code]));

/** The slots that only some provinces ask for, as the choice of a material shows them. */
const SLOTS: Words = {
  ...same(materialSlots),
  ...{ letter: "授权委托书", residencePermit: "居住证", pledge: "承诺书", securityPledge: "网络安全责任书" },
  ...{ securityAgreement: "信息安全管理协议", preApproval: "前置审批文件", domain: "域名证书" },
  ...{ leaderLetter: "主体负责人授权书", holderProof: "域名持有关系证明", sitePlan: "网站建设方案书" },
  ...{ changeProof: "变更证明", passport: "护照", guardian: "监护人证件", employment: "就业或收入证明" },
  ...{ phoneBill: "缴费凭证", openingForm: "网站开办审核申请表", partyProof: "党建证明" },
  ...{ financePledge: "不从事金融服务承诺书", other: "其他材料", otherSite: "网站的其他材料" },
};

export const DOCUMENTS: Words = Object.fromEntries(
  codeTable("cert_type").rows.map(({ code, zh }) => [code, zh]),
);

/** The columns of a material that one bureau asks for. */
export const material: readonly Column[] = [
  text("name", "材料", 200),
  choice("slot", "上传到", SLOTS),
  choice("appliesTo", "谁要交", materialOwners),
  choice("condition", "什么时候要", materialConditions),
  { ...number("least", "达到多少", 1000), hint: "只有按数判断的才填。" },
  { kind: "picks", key: "kinds", label: "哪些备案类型", words: filingKinds, hint: "都不选，就是所有类型。" },
  text("when", "写给主办者看的条件", 200),
  flag("required", "没有就不能提交"),
  choice("form", "系统可以填好的表单", same(formNames), "没有"),
  source,
];

export const said = (key: string, label: string): Column[] => [
  text(`${key}.says`, `${label}怎么说`),
  text(`${key}.source`, `${label}的来源`, 200),
];
