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
import { keptPackage, markSending, type Package } from "../../src/models/bureau/packages.ts";
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
 * Sends a package under its number, so that the bureau has it once. The bureau is asked for its last upload first, unless
 * no call for this number was ever begun and this process heard itself that the number before it is the last. Gives true
 * when the next one may follow at once.
 */
export async function sendPackage(
  parts: BureauParts,
  bureau: Bureau,
  sent: Package,
  watch: Watch,
): Promise<boolean> {
  const sending = { parts, account: bureauAccount(parts, bureau), sent, watch };
  try {
    return (await isNext(sending)) ? await upload(sending) : await askThenUpload(sending);
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

const isNext = async ({ parts, sent }: Sending): Promise<boolean> =>
  sent.tries === 0 &&
  parts.lastHeard.get(sent.bureauId) === sent.sequence - 1 &&
  !(await formerPackage(parts.db, sent));

/**
 * After a crash or a lost answer nobody knows whether the bureau has it, and after a restored backup nobody knows what
 * else it has: the previous upload says so.
 */
async function askThenUpload(sending: Sending): Promise<boolean> {
  const { parts, account, sent, watch } = sending;
  const previous = await parts.bureau.queryPreviousUpload(account);
  watch.progress(`the bureau's last number is ${previous.sequence}`);
  const action = messageAction(previous.code);
  if (action !== "ok" && action !== "empty") return conclude(sending, previous);
  if (previous.sequence === sent.sequence && isFileOf(previous, sent)) return accept(sending);
  const former = await formerPackage(parts.db, sent, previous.hash);
  if (former && previous.sequence === sent.sequence) {
    await takeFormer(parts, sent, former);
    watch.progress(`the bureau has what had the number ${sent.sequence} before`);
    return true;
  }
  const message = await clash(sending, previous);
  parts.lastHeard.set(sent.bureauId, previous.sequence);
  return message === undefined ? upload(sending) : fail(sending, { code: "sequence", message });
}

/**
 * Why it cannot follow what the bureau has; undefined when it can. Of a file that is not ours under the number before it
 * a process says so once: whoever starts the queue again has looked into it.
 */
async function clash({ parts, sent }: Sending, previous: PreviousUpload): Promise<string | undefined> {
  const { sequence, hash } = previous;
  if (sequence >= sent.sequence)
    return `管局最后收到的序号是${sequence}，本系统要提交的是${sent.sequence}，对不上`;
  // A lower one lacks what it once took: it says so (14), and gets it again first.
  if (sequence < sent.sequence - 1 || hash === "" || parts.lastHeard.get(sent.bureauId) === sequence)
    return undefined;
  const kept = await keptPackage(parts.db, sent.bureauId, sequence);
  if (!kept || isFileOf(previous, kept)) return undefined;
  return `管局在序号${sequence}下收到的不是本系统保存的报文`;
}

/** A bureau may zip it anew; the name in the zip is of one package alone. */
const isFileOf = ({ hash, file }: PreviousUpload, { contentHash, fileName }: Package): boolean =>
  hash === contentHash || file?.fileName === fileName;

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
  parts.lastHeard.set(sent.bureauId, sent.sequence);
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
