import type { Hono } from "hono";
import type { Env } from "../../middleware/env.ts";
import type { Deps } from "../deps.ts";
import { account } from "./account.ts";
import { accountContact } from "./account-contact.ts";
import { accountPassword } from "./account-password.ts";
import { loadedAgain } from "./again.ts";
import { appointment } from "./appointment.ts";
import { batch } from "./batch.ts";
import { certificateChoice } from "./certificate-choice.ts";
import { certificates } from "./certificates.ts";
import { check } from "./check.ts";
import { codes } from "./codes.ts";
import { crop } from "./crop.ts";
import { curtain } from "./curtain.ts";
import { draftReturn } from "./draft-return.ts";
import { filingPassword } from "./filing-password.ts";
import { filingProduct } from "./filing-product.ts";
import { filings } from "./filings.ts";
import { forms } from "./forms.ts";
import { handovers } from "./handover.ts";
import { history } from "./history.ts";
import { home } from "./home.ts";
import { materialFiles } from "./material-files.ts";
import { materials } from "./materials.ts";
import { messages } from "./messages.ts";
import { filingMoves } from "./moves.ts";
import { newFiling } from "./new-filing.ts";
import { papers } from "./papers.ts";
import { ownProducts } from "./products.ts";
import { recall } from "./recall.ts";
import { recordClaim } from "./record-claim.ts";
import { records } from "./records.ts";
import { recordsCancellation } from "./records-cancellation.ts";
import { recordsChange } from "./records-change.ts";
import { recordsExport } from "./records-export.ts";
import { sections } from "./sections.ts";
import { supplements } from "./supplements.ts";
import { termination } from "./termination.ts";
import { transfer } from "./transfer.ts";
import { transfers } from "./transfers.ts";
import { typeCheck } from "./type-check.ts";
import { typeRecheck } from "./type-recheck.ts";
import { websites } from "./websites.ts";

/** Every resource of the portal, one a line. The order matters only where two paths overlap. */
export const portalRoutes = (deps: Deps): Hono<Env>[] => [
  home(deps),
  account(deps),
  accountPassword(deps),
  accountContact(deps),
  transfers(deps),
  transfer(deps),
  draftReturn(deps),
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
  loadedAgain(),
  filingMoves(deps),
  recall(deps),
  supplements(deps),
  handovers(deps),
  certificates(deps),
  certificateChoice(deps),
  materials(deps),
  forms(deps),
  crop(deps),
  materialFiles(deps),
];
