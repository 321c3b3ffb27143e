/** Addresses of the forms to download, for the pages that lead to them. */

import type { Filing } from "../../models/filing/rows.ts";
import { filingPath } from "../../view.ts";

export type FormName =
  | "verification"
  | "letter"
  | "cancellation"
  | "pledge"
  | "security-pledge"
  | "security-agreement";

/** The slots for which the system fills in a form. */
const formOfSlot: Record<string, { form: FormName; words: string }> = {
  form: { form: "verification", words: "核验单" },
  letter: { form: "letter", words: "授权委托书" },
  cancelLetter: { form: "cancellation", words: "注销声明" },
  pledge: { form: "pledge", words: "承诺书" },
  securityPledge: { form: "security-pledge", words: "网络安全责任书" },
  securityAgreement: { form: "security-agreement", words: "信息安全管理协议" },
};

export const formPath = (filing: Pick<Filing, "number">, form: FormName): string =>
  `${filingPath(filing)}/forms/${form}`;

/** What the card of a slot offers to download and to print; null where we have no form for it. */
export type FormLinks = { pdf: string; page: string; words: string };

export function formLinks(
  filing: Pick<Filing, "number">,
  { slot, sectionId }: { slot: string; sectionId: number },
): FormLinks | null {
  const found = formOfSlot[slot];
  if (!found) return null;
  const path = formPath(filing, found.form);
  return {
    pdf: `${path}.pdf?section=${sectionId}`,
    page: `${path}?section=${sectionId}`,
    words: found.words,
  };
}
