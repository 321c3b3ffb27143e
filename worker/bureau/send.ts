import {
  type BureauAccount,
  BureauCallFailed,
  messageAction,
  messageWords,
  PackagingFailed,
  type PreviousUpload,
} from "../../src/gateways/bureau/index.ts";
import { bureauAccount } from "../../src/models/bureau/account.ts";
import { formerPackage, takeFormer } from "../../src/models/bureau/former.ts";
import { markSending, type Package } from "../../src/models/bureau/packages.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import {
  recordAccepted,
  recordDelay,
  recordFailure,
  recordSilence,
  type Verdict,
} from "../../src/models/bureau/sending.ts";
import { ownWords } from "../../src/models/bureau/stop-words.ts";
import type { BureauParts, Watch } from "./parts.ts";
import { resendMissing, uploadKept } from "./resend.ts";

/** Tries of one package that the bureau answers with 999 (other error) until a person looks. */
const PATIENCE = 10;

type Sending = { parts: BureauParts; account: BureauAccount; sent: Package; watch: Watch };

/**
 * Sends a package under its number, so that the bureau has it once: one for which a call was ever begun is asked for
 * first, as is one that has the number of such a package. Gives true when the next one may follow at once.
 */
export async function sendPackage(
  parts: BureauParts,
  bureau: Bureau,
  sent: Package,
  watch: Watch,
): Promise<boolean> {
  const sending = { parts, account: bureauAccount(parts, bureau), sent, watch };
  try {
    const isFresh = sent.tries === 0 && !(await formerPackage(parts.db, sent));
    return isFresh ? await upload(sending) : await askThenUpload(sending);
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
  const former = await formerPackage(parts.db, sent, previous.hash);
  if (former && previous.sequence === sent.sequence) {
    await takeFormer(parts, sent, former);
    watch.progress(`the bureau has what had the number ${sent.sequence} before`);
    return true;
  }
  // A lower one lacks what it once took: it says so (14), and gets it again first.
  if (previous.sequence < sent.sequence) return upload(sending);
  return fail(sending, {
    code: "sequence",
    message: `管局最后收到的序号是${previous.sequence}，本系统要提交的是${sent.sequence}，对不上`,
  });
}

const isSame = ({ sequence, hash }: PreviousUpload, sent: Package): boolean =>
  sequence === sent.sequence && hash === sent.contentHash;

async function upload(sending: Sending, mayResend = true): Promise<boolean> {
  const { parts, account, sent, watch } = sending;
  await markSending(parts.db, sent.id);
  const answer = await uploadKept(parts, account, sent);
  if (messageAction(answer.code) !== "resend_missing" || !mayResend) return conclude(sending, answer);
  const filled = await resendMissing(parts, account, sent, answer.missing ?? [], watch);
  if (filled === "filled") return upload(sending, false);
  return "problem" in filled
    ? fail(sending, { code: "gap", message: filled.problem })
    : conclude(sending, filled.answer);
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
  const words = ownWords(code) ?? (message || messageWords(code));
  const verdict = { code, message: words ?? "未知的返回代码" };
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
