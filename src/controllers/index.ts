import type { Hono } from "hono";
import type { Env } from "../middleware/env.ts";
import { api } from "./api/index.ts";
import { consoleAccount } from "./console/account.ts";
import { accounts as consoleAccounts } from "./console/accounts.ts";
import { consoleAnnouncements } from "./console/announcements.ts";
import { appointments } from "./console/appointments.ts";
import { blacklist } from "./console/blacklist.ts";
import { blacklistChange } from "./console/blacklist-change.ts";
import { bulletins } from "./console/bulletins.ts";
import { bureau } from "./console/bureau.ts";
import { bureauAnswers } from "./console/bureau-answers.ts";
import { bureauPackages } from "./console/bureau-packages.ts";
import { bureauResults } from "./console/bureau-results.ts";
import { bureauRetry } from "./console/bureau-retry.ts";
import { byHand } from "./console/by-hand.ts";
import { claim } from "./console/claim.ts";
import { consoleCodes } from "./console/code-tables.ts";
import { correction } from "./console/correction.ts";
import { curtains } from "./console/curtains.ts";
import { cuts } from "./console/cuts.ts";
import { decision } from "./console/decision.ts";
import { hookDeliveries } from "./console/deliveries.ts";
import { disclosure } from "./console/disclosure.ts";
import { filing } from "./console/filing.ts";
import { consoleHistory } from "./console/history.ts";
import { inquiries } from "./console/inquiries.ts";
import { inquiry } from "./console/inquiry.ts";
import { inspections } from "./console/inspections.ts";
import { consoleLogin } from "./console/login.ts";
import { consoleLoginCode } from "./console/login-code.ts";
import { consoleMaterialFiles } from "./console/material-files.ts";
import { consoleMessages } from "./console/messages.ts";
import { numbers } from "./console/numbers.ts";
import { onBehalf } from "./console/on-behalf.ts";
import { consolePapers } from "./console/papers.ts";
import { consolePlaces } from "./console/places.ts";
import { consoleProducts } from "./console/products.ts";
import { consoleProvinces } from "./console/provinces.ts";
import { consoleQuestions } from "./console/questions.ts";
import { queue } from "./console/queue.ts";
import { consoleRecall } from "./console/recall.ts";
import { reconciliation } from "./console/reconciliation.ts";
import { reconciliationExport } from "./console/reconciliation-export.ts";
import { reconciliationRepair } from "./console/reconciliation-repair.ts";
import { recordTransfer } from "./console/record-transfer.ts";
import { consoleRecords } from "./console/records.ts";
import { consoleRecordsExport } from "./console/records-export.ts";
import { search } from "./console/search.ts";
import { consoleSettings } from "./console/settings.ts";
import { consoleSupplements } from "./console/supplements.ts";
import { terminationStart } from "./console/termination-start.ts";
import { terminations } from "./console/terminations.ts";
import { unfiledSiteAnswer } from "./console/unfiled-site-answer.ts";
import { unfiledSites } from "./console/unfiled-sites.ts";
import { consoleWords } from "./console/words.ts";
import type { Deps } from "./deps.ts";
import { outbox } from "./dev/outbox.ts";
import { account } from "./portal/account.ts";
import { accountContact } from "./portal/account-contact.ts";
import { accountPassword } from "./portal/account-password.ts";
import { loadedAgain } from "./portal/again.ts";
import { appointment } from "./portal/appointment.ts";
import { batch } from "./portal/batch.ts";
import { certificateChoice } from "./portal/certificate-choice.ts";
import { certificates } from "./portal/certificates.ts";
import { check } from "./portal/check.ts";
import { codes } from "./portal/codes.ts";
import { crop } from "./portal/crop.ts";
import { curtain } from "./portal/curtain.ts";
import { draftReturn } from "./portal/draft-return.ts";
import { filingPassword } from "./portal/filing-password.ts";
import { filingProduct } from "./portal/filing-product.ts";
import { filings } from "./portal/filings.ts";
import { forms } from "./portal/forms.ts";
import { handovers } from "./portal/handover.ts";
import { history } from "./portal/history.ts";
import { home } from "./portal/home.ts";
import { materialFiles } from "./portal/material-files.ts";
import { materials } from "./portal/materials.ts";
import { messages } from "./portal/messages.ts";
import { filingMoves } from "./portal/moves.ts";
import { newFiling } from "./portal/new-filing.ts";
import { papers } from "./portal/papers.ts";
import { ownProducts } from "./portal/products.ts";
import { recall } from "./portal/recall.ts";
import { recordClaim } from "./portal/record-claim.ts";
import { records } from "./portal/records.ts";
import { recordsCancellation } from "./portal/records-cancellation.ts";
import { recordsChange } from "./portal/records-change.ts";
import { recordsExport } from "./portal/records-export.ts";
import { sections } from "./portal/sections.ts";
import { supplements } from "./portal/supplements.ts";
import { termination } from "./portal/termination.ts";
import { transfer } from "./portal/transfer.ts";
import { transfers } from "./portal/transfers.ts";
import { typeCheck } from "./portal/type-check.ts";
import { typeRecheck } from "./portal/type-recheck.ts";
import { websites } from "./portal/websites.ts";
import { activation } from "./public/activation.ts";
import { agreement } from "./public/agreement.ts";
import { announcementPages } from "./public/announcements.ts";
import { captcha } from "./public/captcha.ts";
import { blankFormPages } from "./public/forms.ts";
import { handoverPages } from "./public/handover.ts";
import { helpPages } from "./public/help.ts";
import { icpPassword } from "./public/icp-password.ts";
import { login } from "./public/login.ts";
import { loginCode } from "./public/login-code.ts";
import { passwordReset } from "./public/password-reset.ts";
import { preparationPages } from "./public/preparation.ts";
import { query } from "./public/query.ts";
import { recovery } from "./public/recovery.ts";
import { registration } from "./public/registration.ts";
import { uploads } from "./uploads.ts";

/** Every resource, one a line. The order matters only where two paths overlap. */
export const routes = (deps: Deps): Hono<Env>[] => [
  home(deps),
  agreement(deps),
  registration(deps),
  activation(deps),
  captcha(deps),
  login(deps),
  loginCode(deps),
  passwordReset(deps),
  helpPages(deps),
  preparationPages(deps),
  announcementPages(deps),
  blankFormPages(deps),
  handoverPages(deps),
  query(deps),
  recovery(deps),
  icpPassword(deps),
  account(deps),
  accountPassword(deps),
  accountContact(deps),
  transfers(deps),
  transfer(deps),
  consoleLogin(deps),
  consoleLoginCode(deps),
  consoleAccount(deps),
  queue(deps),
  consoleAccounts(deps),
  onBehalf(deps),
  draftReturn(deps),
  filing(deps),
  claim(deps),
  decision(deps),
  disclosure(deps),
  correction(deps),
  consoleMessages(deps),
  curtains(deps),
  appointments(deps),
  consolePapers(deps),
  consoleProducts(deps),
  search(deps),
  batch(deps),
  codes(deps),
  ownProducts(deps),
  curtain(deps),
  appointment(deps),
  papers(deps),
  newFiling(deps),
  typeCheck(deps),
  typeRecheck(deps),
  filingPassword(deps),
  filingProduct(deps),
  filings(deps),
  websites(deps),
  sections(deps),
  check(deps),
  messages(deps),
  recordClaim(deps),
  history(deps),
  recordsExport(deps),
  recordsChange(deps),
  recordsCancellation(deps),
  termination(deps),
  records(deps),
  consoleHistory(deps),
  consoleRecordsExport(deps),
  consoleRecords(deps),
  loadedAgain(),
  filingMoves(deps),
  recall(deps),
  consoleRecall(deps),
  byHand(deps),
  supplements(deps),
  consoleSupplements(deps),
  terminationStart(deps),
  inquiries(deps),
  inquiry(deps),
  inspections(deps),
  bulletins(deps),
  terminations(deps),
  cuts(deps),
  hookDeliveries(deps),
  consoleCodes(deps),
  blacklist(deps),
  blacklistChange(deps),
  unfiledSiteAnswer(deps),
  unfiledSites(deps),
  handovers(deps),
  certificates(deps),
  certificateChoice(deps),
  materials(deps),
  forms(deps),
  uploads(deps),
  crop(deps),
  materialFiles(deps),
  consoleMaterialFiles(deps),
  bureau(deps),
  bureauRetry(deps),
  bureauAnswers(deps),
  bureauPackages(deps),
  bureauResults(deps),
  numbers(deps),
  reconciliationExport(deps),
  reconciliationRepair(deps),
  reconciliation(deps),
  recordTransfer(deps),
  api(deps),
  consoleAnnouncements(deps),
  consoleQuestions(deps),
  consolePlaces(deps),
  consoleProvinces(deps),
  consoleSettings(deps),
  consoleWords(deps),
  // Only in the demo: elsewhere these pages do not exist.
  ...(deps.config.demo ? [outbox(deps)] : []),
];
