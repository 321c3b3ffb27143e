import type { WorkerDeps } from "../deps.ts";
import { anchorHistory } from "./anchor-history.ts";
import { blankPackage } from "./blank-package.ts";
import { downloadFromBureau } from "./download-from-bureau.ts";
import { endSmsCheck } from "./end-sms-check.ts";
import { endTerminations } from "./end-terminations.ts";
import { endTerms } from "./end-terms.ts";
import { expireMaterials } from "./expire-materials.ts";
import { fillEvidence } from "./fill-evidence.ts";
import { withAdoptedCodes } from "./in-codes.ts";
import { makeBatch } from "./make-batch.ts";
import { missNumbers } from "./miss-numbers.ts";
import { openAccess } from "./open-access.ts";
import { pollBureaus } from "./poll-bureaus.ts";
import { prepareCertificate } from "./prepare-certificate.ts";
import { prepareMaterial } from "./prepare-material.ts";
import { readDocument } from "./read-document.ts";
import { recheckType } from "./recheck-type.ts";
import { remindAppointment } from "./remind-appointment.ts";
import { remindCertificates } from "./remind-certificates.ts";
import { remindCuts } from "./remind-cuts.ts";
import { remindInquiries } from "./remind-inquiries.ts";
import { remindSla } from "./remind-sla.ts";
import { remindSmsCheck } from "./remind-sms-check.ts";
import { sendHook } from "./send-hook.ts";
import { sendNotice } from "./send-notice.ts";
import { submitToBureau } from "./submit-to-bureau.ts";
import { sweep } from "./sweep.ts";
import type { Tasks } from "./types.ts";

/** Every job and what handles it. */
export const createTasks = (deps: WorkerDeps): Tasks => withAdoptedCodes(deps.db, handlers(deps));

const handlers = (deps: WorkerDeps): Tasks => ({
  "send-notice": sendNotice(deps),
  "prepare-material": prepareMaterial(deps),
  "read-document": readDocument(deps),
  "prepare-certificate": prepareCertificate(deps),
  "submit-to-bureau": submitToBureau(deps),
  "blank-package": blankPackage(deps),
  "download-from-bureau": downloadFromBureau(deps),
  "poll-bureaus": pollBureaus(deps),
  "end-sms-check": endSmsCheck(deps),
  "remind-sms-check": remindSmsCheck(deps),
  "recheck-type": recheckType(deps),
  "make-batch": makeBatch(deps),
  "open-access": openAccess(deps),
  "remind-appointment": remindAppointment(deps),
  "remind-sla": remindSla(deps),
  "remind-inquiries": remindInquiries(deps),
  "end-terms": endTerms(deps),
  "end-terminations": endTerminations(deps),
  "expire-materials": expireMaterials(deps),
  "remind-certificates": remindCertificates(deps),
  "miss-numbers": missNumbers(deps),
  "fill-evidence": fillEvidence(deps),
  "send-hook": sendHook(deps),
  "remind-cuts": remindCuts(deps),
  sweep: sweep(deps),
  "anchor-history": anchorHistory(deps),
});
