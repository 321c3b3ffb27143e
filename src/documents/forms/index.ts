export { authorisationLetter } from "./authorisation-letter.ts";
export { type BlankForm, blankForms } from "./blank.ts";
export {
  type CancellationInput,
  type CancellationScope,
  cancellationStatement,
} from "./cancellation-statement.ts";
export type { FormInput } from "./facts.ts";
export { type CoverInput, paperCover } from "./paper-cover.ts";
export { sheetPdf } from "./pdf.ts";
export { photoGuide } from "./photo-guide.ts";
export { pledge } from "./pledge.ts";
export { securityAgreement } from "./security-agreement.ts";
export { securityPledge } from "./security-pledge.ts";
export { type Block, type Fact, missingFacts, type Party, type Sheet, type SignLine } from "./sheet.ts";
export { verificationForm } from "./verification-form.ts";
