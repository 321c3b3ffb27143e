export { authorisationLetter } from "./authorisation-letter.ts";
export { type BlankForm, blankForms } from "./blank.ts";
export {
  type CancellationInput,
  type CancellationScope,
  cancellationStatement,
} from "./cancellation-statement.ts";
export type { FormInput } from "./facts.ts";
export { gapNotes, signWords } from "./glyphs.ts";
export { jiangsuNotice, jiangsuPledge } from "./jiangsu-statements.ts";
export { type Address, type Label, type LabelInput, labelsOf, labelsPdf, PER_SHEET } from "./labels.ts";
export { leaderLetter } from "./leader-letter.ts";
export { noApproval, noFinance } from "./not-involved.ts";
export { type CoverInput, paperCover } from "./paper-cover.ts";
export { printable, sheetPdf } from "./pdf.ts";
export { photoGuide } from "./photo-guide.ts";
export { pledge, pledgeGuangdong } from "./pledge.ts";
export { securityAgreement } from "./security-agreement.ts";
export { securityPledge } from "./security-pledge.ts";
export {
  type Block,
  type Fact,
  type Gap,
  missingFacts,
  type Party,
  type Sheet,
  type SignLine,
} from "./sheet.ts";
export { verificationForm } from "./verification-form.ts";
