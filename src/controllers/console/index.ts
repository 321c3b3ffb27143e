import type { Hono } from "hono";
import type { Env } from "../../middleware/env.ts";
import type { Deps } from "../deps.ts";
import { consoleAccount } from "./account.ts";
import { accounts as consoleAccounts } from "./accounts.ts";
import { consoleAnnouncements } from "./announcements.ts";
import { appointments } from "./appointments.ts";
import { blacklist } from "./blacklist.ts";
import { blacklistChange } from "./blacklist-change.ts";
import { bulletins } from "./bulletins.ts";
import { bureau } from "./bureau.ts";
import { bureauAnswers } from "./bureau-answers.ts";
import { bureauPackages } from "./bureau-packages.ts";
import { bureauResults } from "./bureau-results.ts";
import { bureauRetry } from "./bureau-retry.ts";
import { byHand } from "./by-hand.ts";
import { claim } from "./claim.ts";
import { consoleCodes } from "./code-tables.ts";
import { correction } from "./correction.ts";
import { curtains } from "./curtains.ts";
import { cuts } from "./cuts.ts";
import { decision } from "./decision.ts";
import { hookDeliveries } from "./deliveries.ts";
import { disclosure } from "./disclosure.ts";
import { filing } from "./filing.ts";
import { consoleHistory } from "./history.ts";
import { inquiries } from "./inquiries.ts";
import { inquiry } from "./inquiry.ts";
import { inspections } from "./inspections.ts";
import { consoleLogin } from "./login.ts";
import { consoleLoginCode } from "./login-code.ts";
import { consoleMaterialFiles } from "./material-files.ts";
import { consoleMessages } from "./messages.ts";
import { numbers } from "./numbers.ts";
import { onBehalf } from "./on-behalf.ts";
import { consolePapers } from "./papers.ts";
import { consolePlaces } from "./places.ts";
import { consoleProducts } from "./products.ts";
import { consoleProvinces } from "./provinces.ts";
import { consoleQuestions } from "./questions.ts";
import { queue } from "./queue.ts";
import { consoleRecall } from "./recall.ts";
import { reconciliation } from "./reconciliation.ts";
import { reconciliationExport } from "./reconciliation-export.ts";
import { reconciliationRepair } from "./reconciliation-repair.ts";
import { recordTransfer } from "./record-transfer.ts";
import { consoleRecords } from "./records.ts";
import { consoleRecordsExport } from "./records-export.ts";
import { search } from "./search.ts";
import { consoleSettings } from "./settings.ts";
import { consoleSupplements } from "./supplements.ts";
import { terminationStart } from "./termination-start.ts";
import { terminations } from "./terminations.ts";
import { unfiledSiteAnswer } from "./unfiled-site-answer.ts";
import { unfiledSites } from "./unfiled-sites.ts";
import { consoleWords } from "./words.ts";

/** Every resource of the console, one a line. The order matters only where two paths overlap. */
export const consoleRoutes = (deps: Deps): Hono<Env>[] => [
  consoleLogin(deps),
  consoleLoginCode(deps),
  consoleAccount(deps),
  queue(deps),
  consoleAccounts(deps),
  onBehalf(deps),
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
  consoleHistory(deps),
  consoleRecordsExport(deps),
  consoleRecords(deps),
  consoleRecall(deps),
  byHand(deps),
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
  consoleAnnouncements(deps),
  consoleQuestions(deps),
  consolePlaces(deps),
  consoleProvinces(deps),
  consoleSettings(deps),
  consoleWords(deps),
];
