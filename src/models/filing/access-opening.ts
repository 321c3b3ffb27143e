import { enqueue } from "../../jobs.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type Filing, lockFiling, maybeFiling } from "./rows.ts";
import type { State } from "./states.ts";

/** Hours from the submission of a 新增接入 to the opening of its access (操作手册 of providers: 提交至初审状态7小时后). */
const HOURS = 7;

/** Before it is sent in, and when it came back or is over, nothing is opened. */
const STOPPED: readonly State[] = ["draft", "returned", "cancelled", "closed"];

type Opening = { openAt: Date; isOpen: boolean };

/**
 * From when on the website of a 新增接入 may be opened (可开通访问); undefined for other kinds, and while it is not sent
 * in. Sent in again, it counts anew.
 */
export function accessOpening(
  { accessOpenAt, state }: Pick<Filing, "accessOpenAt" | "state">,
  now = new Date(),
): Opening | undefined {
  if (!accessOpenAt || STOPPED.includes(state)) return undefined;
  return { openAt: accessOpenAt, isOpen: accessOpenAt <= now };
}

/** Starts the seven hours of a 新增接入 that was just sent in to the initial review, whose end a job tells. */
export async function startOpening(
  { db }: Store,
  { id: filingId, kind }: Pick<Filing, "id" | "kind">,
  now: Date,
): Promise<void> {
  if (kind !== "join") return;
  const runAt = new Date(now.getTime() + HOURS * 3_600_000);
  await db`update filings set access_open_at = ${runAt} where id = ${filingId}`;
  await enqueue(db, "open-access", { filingId }, { key: `open-access:${filingId}`, runAt });
}

/** Writes the notice, once for a submission; false when the clock was stopped or has not run out. */
export async function announceOpening(
  store: RootStore,
  filingId: number,
  now = new Date(),
): Promise<boolean> {
  return inTransaction(store, async (inside) => {
    if (!(await maybeFiling(inside.db, filingId))) return false;
    const filing = await lockFiling(inside.db, filingId, { kind: "system" });
    if (!accessOpening(filing, now)?.isOpen) return false;
    const cause = `access-open:${filing.id}:${filing.accessOpenAt?.toISOString()}`;
    await noticeRegistrant(inside, filing, "access-open", {}, cause);
    return true;
  });
}
