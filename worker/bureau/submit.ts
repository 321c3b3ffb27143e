import { withBureauLock } from "../../src/models/bureau/lock.ts";
import { filingToUpload, packageToSend } from "../../src/models/bureau/packages.ts";
import { type Bureau, maybeBureau } from "../../src/models/bureau/rows.ts";
import { submitAt } from "../../src/models/bureau/sending.ts";
import { supplementToSend } from "../../src/models/bureau/supplements.ts";
import type { BureauParts, Watch } from "./parts.ts";
import { preparePackage } from "./prepare.ts";
import { sendPackage } from "./send.ts";
import { prepareSupplement } from "./supplement.ts";

/** Milliseconds until it is tried again when another process talks to the bureau. */
const OTHER_AT_IT = 3000;

/**
 * Works off what waits for a bureau, one package after the other in the order of their numbers, until nothing is left,
 * the bureau is stopped, or it must be left alone for a while.
 */
export async function submitToBureau(parts: BureauParts, bureauId: number, watch: Watch): Promise<void> {
  const done = await withBureauLock(parts.db, bureauId, () => workOff(parts, bureauId, watch));
  if (done) return;
  watch.progress("another process talks to this bureau");
  await submitAt(parts.db, bureauId, new Date(Date.now() + OTHER_AT_IT));
}

async function workOff(parts: BureauParts, bureauId: number, watch: Watch): Promise<true> {
  const passed: number[] = [];
  while (!watch.signal?.aborted) {
    const bureau = await maybeBureau(parts.db, bureauId);
    if (!bureau) return true;
    if (bureau.stoppedAt) {
      watch.progress(`stopped: ${bureau.stoppedReason}`);
      return true;
    }
    if (bureau.resting && bureau.resumeAt) {
      await submitAt(parts.db, bureauId, bureau.resumeAt);
      watch.progress("resting");
      return true;
    }
    if (!(await step(parts, bureau, watch, passed))) return true;
  }
  await submitAt(parts.db, bureauId, new Date());
  return true;
}

/**
 * Sends the package that is next, or makes one; false when there is nothing more to do now. A filing that waits for
 * another of its subject is put among the `passed`, so that it holds up nobody else.
 */
async function step(parts: BureauParts, bureau: Bureau, watch: Watch, passed: number[]): Promise<boolean> {
  const next = await packageToSend(parts.db, bureau.id);
  if (next) return sendPackage(parts, bureau, next, watch);
  const filing = await filingToUpload(parts.db, bureau.id, passed);
  if (filing) {
    const outcome = await preparePackage(parts, bureau, filing, watch);
    if (outcome === "busy") passed.push(filing.id);
    return outcome !== "stopped";
  }
  const supplement = await supplementToSend(parts.db, bureau.id);
  return supplement ? prepareSupplement(parts, bureau, supplement, watch) : false;
}
