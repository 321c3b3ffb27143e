/** Addresses of the forms that are filled in from a filing, for the pages that lead to them. */

import type { Filing } from "../../models/filing/rows.ts";
import type { MaterialSlot } from "../../rules/materials.ts";
import { filingPath } from "../../view.ts";
import type { FormName } from "../../vocabulary/form-names.ts";

/** What the links call a form. */
export const formWords: Record<FormName, string> = {
  verification: "核验单",
  letter: "授权委托书",
  "leader-letter": "主体负责人授权书",
  pledge: "承诺书",
  "pledge-guangdong": "承诺书（广东）",
  "jiangsu-notice": "责任告知书",
  "jiangsu-pledge": "真实性承诺书",
  "no-approval": "不涉及前置审批承诺书",
  "no-finance": "不从事金融服务承诺书",
  "security-pledge": "网络安全责任书",
  "security-agreement": "信息安全管理协议",
  cancellation: "注销声明",
};

type Where = Pick<Filing, "number"> & { at?: string };

export const formPath = (filing: Where, form: FormName): string => `${filingPath(filing)}/forms/${form}`;

/** What the card of a slot offers to download and to print. */
export type FormLink = { pdf: string; page: string; words: string };

/** One for each paper that goes into the slot; none where we have no form for it. */
export const formLinks = (
  filing: Where,
  { forms, sectionId }: Pick<MaterialSlot, "forms" | "sectionId">,
): FormLink[] =>
  forms.map((form) => {
    const path = formPath(filing, form);
    return {
      pdf: `${path}.pdf?section=${sectionId}`,
      page: `${path}?section=${sectionId}`,
      words: formWords[form],
    };
  });
