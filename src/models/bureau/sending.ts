import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { derivedId } from "../../lib/ids.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { transitionWithin } from "../filing/transition.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type Package, SUPPLEMENT } from "./packages.ts";
import { stopBureau } from "./queue.ts";
import { supplementTaken } from "./supplements.ts";

/** What a call came to: a msg_code of the bureau, or a word of ours (`schema`, `sequence`) with a sentence for staff. */
export type Verdict = { code: number | string; message: string };

/** Milliseconds of the pause after so many tries in a row that got nowhere; the last holds from there on. */
const PAUSES = [10_000, 30_000, 60_000, 120_000, 300_000, 600_000];

/**
 * The bureau has the package (code 0, or found by asking for the previous upload). Once, however often it is told: the
 * number is used, the filing moves on if it still waits for this, and the bureau is no longer resting.
 */
export function recordAccepted(root: RootStore, accepted: Package): Promise<void> {
  return inTransaction(root, async (store) => {
    const filing = await lockFiling(store.db, accepted.filingId, { kind: "system" });
    await markTaken(store.db, accepted.id);
    await resume(store.db, accepted.bureauId);
    if (accepted.operation === SUPPLEMENT) await supplementTaken(store, accepted);
    else if (filing.state === "uploading") await acceptUpload(store, accepted);
  });
}

/** Row 18 of the table for a package whose receipt is certain; the caller holds the lock and a transaction. */
export const acceptUpload = (
  store: Store,
  { id, filingId }: Pick<Package, "id" | "filingId">,
): Promise<Filing> =>
  transitionWithin(store, {
    filingId,
    action: "accept-upload",
    actor: { kind: "system" },
    requestId: derivedId("package", id, "accepted"),
    input: { detail: { package: id } },
  });

/** The number counts as used, whatever became of the package; a settled one stays settled. */
export async function markTaken(db: Db, packageId: number): Promise<void> {
  const [row] = await db<{ bureauId: number; sequence: number }[]>`
    update bureau_packages set state = case when state in ('prepared', 'sending') then 'accepted' else state end,
      accepted_at = coalesce(accepted_at, now()), code = 0
    where id = ${packageId} returning bureau_id, sequence`;
  if (!row) return;
  await db`
    update isp_bureaus set last_sequence = greatest(last_sequence, ${row.sequence}) where id = ${row.bureauId}`;
}

const resume = (db: Db, bureauId: number) => db`
  update isp_bureaus set resume_at = null, pauses = 0 where id = ${bureauId} and (pauses > 0 or resume_at is not null)`;

/** The bureau is busy or closed (15, 20, 901 …): the number is kept, the filing waits. One event a code, not a try. */
export function recordDelay(
  root: RootStore,
  { id, filingId, bureauId, operation }: Package,
  verdict: Verdict,
): Promise<void> {
  return inTransaction(root, async (store) => {
    const filing = await lockFiling(store.db, filingId, { kind: "system" });
    await note(store.db, id, verdict);
    await pauseBureau(store.db, bureauId);
    if (operation === SUPPLEMENT || filing.state !== "uploading") return;
    await transitionWithin(store, {
      filingId,
      action: "delay-upload",
      actor: { kind: "system" },
      requestId: derivedId("package", id, "delay", verdict.code),
      input: { detail: { package: id, code: verdict.code } },
    });
  });
}

/** No answer came, or nobody was there: nothing is known, so the package stays `sending` and is asked for next. */
export async function recordSilence(db: Db, { id, bureauId }: Package, message: string): Promise<void> {
  await db`update bureau_packages set code = null, message = ${message} where id = ${id}`;
  await pauseBureau(db, bureauId);
}

/** Lets a bureau rest, longer after each try, and has it tried again then. */
export async function pauseBureau(db: Db, bureauId: number): Promise<void> {
  const [row] = await db<{ pauses: number }[]>`
    update isp_bureaus set pauses = pauses + 1 where id = ${bureauId} returning pauses`;
  const pause = PAUSES[Math.min(row?.pauses ?? 1, PAUSES.length) - 1] ?? 0;
  const [rest] = await db<{ resumeAt: Date }[]>`
    update isp_bureaus set resume_at = now() + make_interval(secs => ${pause / 1000}) where id = ${bureauId}
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
 * Wrong key or shape (4–13, 16–19), a number out of order, or a file that breaks our own schema: the filing's upload
 * failed, this bureau's queue stands still and the operator is told. Never shown as the registrant's fault.
 */
export function recordFailure(
  root: RootStore,
  failed: { filingId: number; package: Package | undefined; cause: string },
  verdict: Verdict,
): Promise<void> {
  return inTransaction(root, async (store) => {
    const filing = await lockFiling(store.db, failed.filingId, { kind: "system" });
    if (failed.package) await note(store.db, failed.package.id, verdict);
    if (failed.package?.operation === SUPPLEMENT) return failSupplement(store, failed.package, verdict);
    if (filing.state !== "uploading") return;
    await transitionWithin(store, failureOf(failed, verdict));
  });
}

/** A supplement that cannot be sent stops the bureau as any file does, and leaves its filing where it is. */
async function failSupplement({ db }: Store, { id, bureauId }: Package, { code }: Verdict): Promise<void> {
  await db`update bureau_packages set state = 'failed' where id = ${id} and state in ('prepared', 'sending')`;
  await stopBureau(db, bureauId, String(code));
}

const failureOf = (
  { filingId, package: failed, cause }: { filingId: number; package: Package | undefined; cause: string },
  { code, message }: Verdict,
) => ({
  filingId,
  action: "fail-upload" as const,
  actor: { kind: "system" as const },
  requestId: derivedId("failure", cause),
  input: { detail: { code, message, ...(failed ? { package: failed.id, sequence: failed.sequence } : {}) } },
});

const note = (db: Store["db"], packageId: number, { code, message }: Verdict) => db`
  update bureau_packages set code = ${typeof code === "number" ? code : null}, message = ${message.slice(0, 500)}
  where id = ${packageId}`;
