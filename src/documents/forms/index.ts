export { authorisationLetter } from "./authorisation-letter.ts";
export type { FormInput } from "./facts.ts";
export { sheetPdf } from "./pdf.ts";
export { type Block, type Fact, missingFacts, type Party, type Sheet, type SignLine } from "./sheet.ts";
export { verificationForm } from "./verification-form.ts";
