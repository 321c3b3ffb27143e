import {
  authorisationLetter,
  cancellationStatement,
  type FormInput,
  jiangsuNotice,
  jiangsuPledge,
  leaderLetter,
  noApproval,
  noFinance,
  pledge,
  pledgeGuangdong,
  type Sheet,
  securityAgreement,
  securityPledge,
  verificationForm,
} from "../../documents/forms/index.ts";
import { fullDateText } from "../../lib/dates.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import { kindName, type Values } from "../../vocabulary/filing.ts";
import type { FormName } from "../../vocabulary/form-names.ts";
import type { ProvinceRule } from "../../vocabulary/province-rules.ts";

/** What a form may be filled in with. */
export type Facts = {
  input: FormInput & { madeOn: Date };
  province: ProvinceRule;
  filing: Filing;
  cancellation: Values;
  /** 备案号 of what is cancelled. */
  number: string;
};

/** How a form is filled in, and what its file is called before the filing's number. */
export type Form = { file: string; fill: (facts: Facts) => Sheet };

/** Nothing is known of the website where the whole subject is cancelled, and the line stays free for all. */
function cancellationOf({ input, filing, cancellation, number }: Facts): Sheet {
  const site = filing.scope === "subject" ? {} : input.website;
  return cancellationStatement({
    reference: `备案单号${filing.number}，${kindName(filing)}，${fullDateText(input.madeOn)}填制`,
    isp: input.isp,
    scope: filing.scope ?? undefined,
    subject: input.subject,
    number,
    siteName: textOf(site, "siteName"),
    domains: listOf(site, "domains"),
    reason: cancellation.reason ? codeLabel("cancel_reason", textOf(cancellation, "reason")) : "",
    explanation: textOf(cancellation, "explanation"),
  });
}

const of =
  (sheet: (input: FormInput) => Sheet): Form["fill"] =>
  ({ input }) =>
    sheet(input);

/** Every form that there is. */
export const formSheets: Record<FormName, Form> = {
  verification: {
    file: "verification-form",
    fill: ({ input, province }) => verificationForm(input, province.formVariant),
  },
  letter: { file: "authorisation-letter", fill: of(authorisationLetter) },
  "leader-letter": { file: "leader-letter", fill: of(leaderLetter) },
  pledge: { file: "pledge", fill: of(pledge) },
  "pledge-guangdong": { file: "pledge", fill: of(pledgeGuangdong) },
  "jiangsu-notice": { file: "notice", fill: of(jiangsuNotice) },
  "jiangsu-pledge": { file: "pledge", fill: of(jiangsuPledge) },
  "no-approval": { file: "no-approval-pledge", fill: of(noApproval) },
  "no-finance": { file: "no-finance-pledge", fill: of(noFinance) },
  "security-pledge": { file: "security-pledge", fill: of(securityPledge) },
  "security-agreement": { file: "security-agreement", fill: of(securityAgreement) },
  cancellation: { file: "cancellation-statement", fill: cancellationOf },
};
