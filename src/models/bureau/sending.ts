import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { closeOver } from "./closing.ts";
import { ANSWER } from "./operation-codes.ts";
import { markTaken, maybePackage, type Package } from "./packages.ts";
import { type PauseKind, pauseAfter, pauseLength } from "./pauses.ts";
import { stopBureau } from "./queue.ts";
import { requestsOfPackage, type Sent, unfinishedRequests } from "./requests.ts";
import { senderOf, type Verdict } from "./senders.ts";

export type { Verdict };

/**
 * The bureau has the package (code 0, or found by asking for the previous upload). Once, however often it is told: the
 * number is used and the bureau is no longer resting; then each request in it is gone on with by itself, so that a crash
 * in between leaves nothing but work for `finishRequests`.
 */
export async function recordAccepted(root: RootStore, { id, bureauId }: Package): Promise<void> {
  await inTransaction(root, async ({ db }) => {
    await markTaken(db, id);
    await db`
      update isp_bureaus set resume_at = null, pauses = 0
      where id = ${bureauId} and (pauses > 0 or resume_at is not null)`;
  });
  await finishRequests(root, bureauId);
  await inTransaction(root, ({ db }) => closeOver(db, [{ packageId: id }]));
}

/** Does what is left of receipts and failures that are known: after each of them, and after a crash. */
export async function finishRequests(root: RootStore, bureauId: number): Promise<void> {
  for (const sent of await unfinishedRequests(root.db, bureauId)) {
    if (sent.packageState === "failed") await finishFailed(root, sent);
    else await inTransaction(root, (store) => finishAccepted(store, sent));
  }
}

/** One request of a package that the bureau took in; again changes nothing. */
export async function finishAccepted(store: Store, sent: Sent): Promise<void> {
  await senderOf(sent).accepted(store, sent);
  await store.db`
    update bureau_requests set accepted_at = coalesce(accepted_at, now()),
      state = case when state = 'open' and operation = ${ANSWER} then 'settled' else state end,
      settled_at = case when state = 'open' and operation = ${ANSWER} then now() else settled_at end
    where id = ${sent.id}`;
  if (sent.operation === ANSWER) await closeOver(store.db, [sent]);
}

async function finishFailed(root: RootStore, sent: Sent): Promise<void> {
  const failed = await maybePackage(root.db, sent.packageId);
  if (!failed) return;
  const code = failed.failure ?? "unknown";
  const verdict = { code: /^\d+$/.test(code) ? Number(code) : code, message: failed.message ?? "" };
  await inTransaction(root, (store) =>
    senderOf(sent).failed(store, sent, verdict, `${failed.id}:${failed.failedAt?.toISOString() ?? ""}`),
  );
}

/** The bureau is busy or closed (15, 20, 901 …): the number is kept, everything waits. One event a code, not a try. */
export async function recordDelay(root: RootStore, waits: Package, verdict: Verdict): Promise<void> {
  await inTransaction(root, async ({ db }) => {
    await note(db, waits.id, verdict);
    await pauseBureau(db, waits.bureauId, pauseAfter(verdict.code));
  });
  for (const sent of await requestsOfPackage(root.db, waits.id))
    await inTransaction(root, async (store) => senderOf(sent).delayed?.(store, sent, verdict));
}

/** No answer came, or nobody was there: nothing is known, so the package stays `sending` and is asked for next. */
export async function recordSilence(db: Db, { id, bureauId }: Package, message: string): Promise<void> {
  await db`update bureau_packages set code = null, message = ${message} where id = ${id}`;
  await pauseBureau(db, bureauId, "silence");
}

/** Lets a bureau rest, longer after each try, and has it tried again then. */
export async function pauseBureau(db: Db, bureauId: number, kind: PauseKind): Promise<void> {
  const [row] = await db<{ pauses: number }[]>`
    update isp_bureaus set pauses = pauses + 1 where id = ${bureauId} returning pauses`;
  const seconds = pauseLength(kind, row?.pauses ?? 1) / 1000;
  const [rest] = await db<{ resumeAt: Date }[]>`
    update isp_bureaus set resume_at = now() + make_interval(secs => ${seconds}) where id = ${bureauId}
    returning resume_at`;
  if (rest) await submitAt(db, bureauId, rest.resumeAt);
}

/** One job a bureau; a later one replaces one that waits. */
export const submitAt = (db: Db, bureauId: number, runAt: Date): Promise<void> =>
  enqueue(
    db,
    "submit-to-bureau",
    { bureauId },
    { key: `submit:${bureauId}`, queue: `bureau:${bureauId}`, runAt },
  );

/**
 * Wrong key or shape (4–13, 16–19), a number out of order: the file failed and with it all that is in it, this bureau's
 * queue stands still and the operator is told. Never shown as the registrant's fault.
 */
export async function recordFailure(root: RootStore, failed: Package, verdict: Verdict): Promise<void> {
  await inTransaction(root, ({ db }) => failPackage(db, failed, verdict));
  await finishRequests(root, failed.bureauId);
}

/** The package alone; what is in it follows with `finishRequests`. */
export async function failPackage(
  db: Db,
  { id, bureauId }: Pick<Package, "id" | "bureauId">,
  verdict: Verdict,
): Promise<void> {
  await note(db, id, verdict);
  await db`
    update bureau_packages set state = 'failed', failure = ${String(verdict.code)}, failed_at = now()
    where id = ${id} and state in ('prepared', 'sending', 'accepted')`;
  await stopBureau(db, bureauId, String(verdict.code));
}

const note = (db: Db, packageId: number, { code, message }: Verdict) => db`
  update bureau_packages set code = ${typeof code === "number" ? code : null}, message = ${message.slice(0, 500)}
  where id = ${packageId}`;
