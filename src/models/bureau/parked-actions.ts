import { openText, seal } from "../../crypto/seal.ts";
import type { Staff } from "../actor.ts";
import { type AuditAction, recordLook } from "../audit/log.ts";
import { NotFound } from "../errors.ts";
import { maybeFiling } from "../filing/rows.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { applyResult } from "./apply.ts";
import { applyToFiling, type Refused } from "./assign.ts";
import { type OpenedResult, openResult } from "./parked.ts";
import { type Applied, isUnasked } from "./results.ts";

/** What came of it: the number of the filing that it was applied to, if any, or why it was not. */
export type Done = { filing: string | null; repeated: boolean } | Refused;

const noteContext = (id: number): string => `result:${id}:handled`;

/** Whether a person can say which filing it belongs to: only what answers one of our uploads. */
export const isAssignable = ({ result }: Pick<OpenedResult, "result">): boolean => !isUnasked(result);

/** 对应到备案单: applies a parked answer to the filing that a person names, once. Throws NotFound. */
export const assignParked = (
  root: RootStore,
  actor: Staff,
  { id, number }: { id: number; number: string },
): Promise<Done> =>
  settle(root, actor, id, "assigned", (store, { answer, position, result }) => {
    if (isUnasked(result)) return { refused: "这一类内容不对应备案单。" };
    return applyToFiling(store, { answer, position, result }, { by: actor, number });
  });

/** 再试一次: applies it as it would be applied if it came now; what is parked again stays as it is. */
export const retryParked = (root: RootStore, actor: Staff, id: number): Promise<Done> =>
  settle(root, actor, id, "retried", async (store, { answer, position, result }) => {
    const applied = await applyResult(store, { answer, position, result, by: actor });
    return applied.outcome === "parked" ? { refused: `还是不能办理：${applied.note ?? ""}。` } : applied;
  });

type Try = (store: Store, open: OpenedResult) => Promise<Applied | Refused> | Refused;

/** Nothing of a try that was refused is kept. */
class Undone extends Error {
  readonly refusal: Refused;
  constructor(refusal: Refused) {
    super("a parked result was not applied");
    this.refusal = refusal;
  }
}

const actions: Record<"assigned" | "retried", AuditAction> = {
  assigned: "assign-result",
  retried: "retry-result",
};

async function settle(
  root: RootStore,
  actor: Staff,
  id: number,
  how: "assigned" | "retried",
  attempt: Try,
): Promise<Done> {
  try {
    return await inTransaction(root, async (store) => {
      const open = await openResult(store, actor, id, { lock: true });
      if (open.outcome !== "parked" || open.handledAt) throw new Undone({ refused: "已经有人处理过了。" });
      const applied = await attempt(store, open);
      if ("refused" in applied) throw new Undone(applied);
      await recordLook(store.db, actor, actions[how], [applied.filingId], { resultId: id });
      return write(store, actor, { id, how }, applied);
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

async function write(
  { db }: Store,
  { staffId }: Staff,
  { id, how }: { id: number; how: string },
  { outcome, filingId, note }: Applied,
): Promise<Done> {
  await db`
    update bureau_results set outcome = ${outcome}, filing_id = ${filingId}, parked_note = note, note = ${note},
      handled_at = now(), handled_by = ${staffId}, handled_how = ${how}
    where id = ${id}`;
  const filing = filingId === null ? undefined : await maybeFiling(db, filingId);
  return { filing: filing?.number ?? null, repeated: outcome === "repeated" };
}

/**
 * 已处理: a person has seen to a parked result in another way and says how; a second time changes nothing. Throws NotFound
 * for one that was never parked or is another provider's.
 */
export const handleParked = (
  root: RootStore,
  actor: Staff,
  { id, note }: { id: number; note: string },
): Promise<void> =>
  inTransaction(root, async (store) => {
    const open = await openResult(store, actor, id, { lock: true });
    if (open.handledAt) return;
    if (open.outcome !== "parked") throw new NotFound(`no parked result ${id}`);
    const sealed = seal(store.vault.unwrap(open.answer.dataKey), note, noteContext(id));
    await store.db`
      update bureau_results set handled_at = now(), handled_by = ${actor.staffId}, handled_how = 'done',
        handled_note_sealed = ${sealed}
      where id = ${id}`;
    await recordLook(store.db, actor, "handle-result", [null], { resultId: id });
  });

/** What was done with it, in that person's words; "" where nothing was written. */
export const handledNote = (
  { vault }: Pick<Store, "vault">,
  { id, answer, handledNoteSealed }: OpenedResult,
): string =>
  handledNoteSealed ? openText(vault.unwrap(answer.dataKey), handledNoteSealed, noteContext(id)) : "";
