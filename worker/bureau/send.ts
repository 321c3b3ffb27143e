import {
  type BureauAccount,
  BureauCallFailed,
  messageAction,
  messageWords,
  PackagingFailed,
  type PreviousUpload,
  type UploadAnswer,
  wrap,
} from "../../src/gateways/bureau/index.ts";
import { bureauAccount } from "../../src/models/bureau/account.ts";
import { keptPackage, markSending, type Package } from "../../src/models/bureau/packages.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import {
  recordAccepted,
  recordDelay,
  recordFailure,
  recordSilence,
  type Verdict,
} from "../../src/models/bureau/sending.ts";
import { openedZip } from "./file.ts";
import type { BureauParts, Watch } from "./parts.ts";

/** Tries of one package that the bureau answers with 999 (other error) until a person looks. */
const PATIENCE = 10;

type Sending = { parts: BureauParts; account: BureauAccount; sent: Package; watch: Watch };

/**
 * Sends a package under its number, so that the bureau has it once: one for which a call was ever begun is asked for
 * first. Gives true when the next one may follow at once.
 */
export async function sendPackage(
  parts: BureauParts,
  bureau: Bureau,
  sent: Package,
  watch: Watch,
): Promise<boolean> {
  const sending = { parts, account: bureauAccount(parts, bureau), sent, watch };
  try {
    return sent.tries === 0 ? await upload(sending) : await askThenUpload(sending);
  } catch (error) {
    if (error instanceof PackagingFailed) return fail(sending, { code: "key", message: error.message });
    if (!(error instanceof BureauCallFailed)) throw error;
    await recordSilence(parts.db, sent, error.message);
    parts.log.warn(
      { packageId: sent.id, bureau: bureau.id, reason: error.reason },
      "no answer from the bureau",
    );
    watch.progress(`no answer for package ${sent.sequence}: ${error.reason}`);
    return false;
  }
}

/** After a crash or a lost answer nobody knows whether the bureau has it: the previous upload says so. */
async function askThenUpload(sending: Sending): Promise<boolean> {
  const { parts, account, sent, watch } = sending;
  const previous = await parts.bureau.queryPreviousUpload(account);
  watch.progress(`the bureau's last number is ${previous.sequence}`);
  const action = messageAction(previous.code);
  if (action !== "ok" && action !== "empty") return conclude(sending, previous);
  if (isSame(previous, sent)) return accept(sending);
  if (previous.sequence === sent.sequence - 1) return upload(sending);
  return fail(sending, {
    code: "sequence",
    message: `管局最后收到的序号是${previous.sequence}，本系统要提交的是${sent.sequence}，对不上`,
  });
}

const isSame = ({ sequence, hash }: PreviousUpload, sent: Package): boolean =>
  sequence === sent.sequence && hash === sent.contentHash;

async function upload(sending: Sending, mayResend = true): Promise<boolean> {
  const { parts, sent } = sending;
  await markSending(parts.db, sent.id);
  const answer = await uploadKept(sending, sent);
  if (messageAction(answer.code) !== "resend_missing" || !mayResend) return conclude(sending, answer);
  if (await resendMissing(sending, answer)) return upload(sending, false);
  return conclude(sending, answer);
}

/** The bytes as kept, under the number they were given. */
async function uploadKept({ parts, account }: Sending, kept: Package): Promise<UploadAnswer> {
  const zip = await openedZip(parts, kept);
  return parts.bureau.upload(account, wrap(zip, account), kept.sequence);
}

/** Code 14: the bureau lacks numbers that we sent before; they go again, in order. False when one was not kept as it was. */
async function resendMissing(sending: Sending, { missing = [] }: UploadAnswer): Promise<boolean> {
  const { parts, sent, watch } = sending;
  for (const sequence of [...missing].sort((a, b) => a - b)) {
    const kept = await keptPackage(parts.db, sent.bureauId, sequence);
    if (!kept || kept.blankedAt || kept.id === sent.id) return false;
    const answer = await uploadKept(sending, kept);
    if (messageAction(answer.code) !== "ok") return false;
    watch.progress(`package ${sequence} sent again`);
  }
  return missing.length > 0;
}

async function accept({ parts, sent, watch }: Sending): Promise<true> {
  await recordAccepted(parts, sent);
  parts.log.info({ packageId: sent.id, bureau: sent.bureauId }, "package accepted");
  watch.progress(`package ${sent.sequence} accepted`);
  return true;
}

/** What the answer asks for: on with the next, later again, or a person. */
async function conclude(
  sending: Sending,
  { code, message }: { code: number; message: string },
): Promise<boolean> {
  const verdict = { code, message: message || (messageWords(code) ?? "未知的返回代码") };
  const action = messageAction(code);
  if (action === "ok") return accept(sending);
  if (action !== "retry_later" || (code === 999 && sending.sent.tries >= PATIENCE))
    return fail(sending, verdict);
  await recordDelay(sending.parts, sending.sent, verdict);
  sending.watch.progress(`package ${sending.sent.sequence} put off: ${code}`);
  return false;
}

async function fail({ parts, sent, watch }: Sending, verdict: Verdict): Promise<false> {
  await recordFailure(parts, sent, verdict);
  parts.log.error(
    { packageId: sent.id, bureau: sent.bureauId, code: verdict.code },
    "the bureau's queue stopped",
  );
  watch.progress(`package ${sent.sequence} failed: ${verdict.code}`);
  return false;
}
