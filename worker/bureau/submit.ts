import { voidUnsent } from "../../src/models/bureau/closing.ts";
import { bureauOpens } from "../../src/models/bureau/hours.ts";
import { packageToSend } from "../../src/models/bureau/packages.ts";
import { type Bureau, maybeBureau } from "../../src/models/bureau/rows.ts";
import { finishRequests, submitAt } from "../../src/models/bureau/sending.ts";
import { markWorkedOff } from "../../src/models/bureau/stuck.ts";
import type { BureauParts, Watch } from "./parts.ts";
import { type Passed, preparePackage } from "./prepare.ts";
import { sendPackage } from "./send.ts";
import { talkTo } from "./talk.ts";

/** Milliseconds until it is tried again when another process talks to the bureau. */
const OTHER_AT_IT = 3000;

/**
 * Works off what waits for a bureau, one package after the other in the order of their numbers, until nothing is left,
 * the bureau is stopped, or it must be left alone for a while.
 */
export async function submitToBureau(parts: BureauParts, bureauId: number, watch: Watch): Promise<void> {
  const done = await talkTo(parts, bureauId, (talking) => workOff(talking, bureauId, watch));
  if (done) return;
  watch.progress("another process talks to this bureau");
  await submitAt(parts.db, bureauId, new Date(Date.now() + OTHER_AT_IT));
}

async function workOff(parts: BureauParts, bureauId: number, watch: Watch): Promise<true> {
  const passed: Passed = new Map();
  // What a worker that died left half done comes first, for a stopped bureau too.
  await finishRequests(parts, bureauId);
  while (!watch.signal?.aborted) {
    const bureau = await maybeBureau(parts.db, bureauId);
    if (!bureau) return true;
    if (await isLeftAlone(parts, bureau, watch)) return true;
    if (!(await step(parts, bureau, watch, passed))) return true;
  }
  await submitAt(parts.db, bureauId, new Date());
  return true;
}

/** Stopped, or left in peace until a time at which it is tried again: it rests, or its hours have not come. */
async function isLeftAlone({ db }: BureauParts, bureau: Bureau, watch: Watch): Promise<boolean> {
  if (bureau.stoppedAt) {
    watch.progress(`stopped: ${bureau.stoppedReason}`);
    return true;
  }
  if (bureau.resting && bureau.resumeAt) {
    await submitAt(db, bureau.id, bureau.resumeAt);
    watch.progress("resting");
    return true;
  }
  const opens = await bureauOpens(db, bureau);
  if (!opens) return false;
  await submitAt(db, bureau.id, opens);
  watch.progress(`closed until ${opens.toISOString()}`);
  return true;
}

/** Sends the package that is next, or makes one; false when there is nothing more to do now. */
async function step(parts: BureauParts, bureau: Bureau, watch: Watch, passed: Passed): Promise<boolean> {
  const next = await packageToSend(parts.db, bureau.id);
  if (!next) {
    const isMade = await preparePackage(parts, bureau, watch, passed);
    if (!isMade && !watch.signal?.aborted) await markWorkedOff(parts.db, bureau.id);
    return isMade;
  }
  if (next.tries === 0 && (await parts.db.begin((db) => voidUnsent(db, next.id)))) return true;
  return sendPackage(parts, bureau, next, watch);
}
