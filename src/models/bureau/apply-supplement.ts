import type { Store } from "../store.ts";
import { closeOver } from "./closing.ts";
import { stopBureau } from "./queue.ts";
import type { Sent } from "./requests.ts";
import type { Applied, BureauResult, Decision } from "./results.ts";
import { supplementTaken } from "./supplements.ts";

const isDecision = (result: BureauResult): result is Decision => "codes" in result;

/**
 * What the bureau says about 单独提交核验材料 (35): it decides nothing about the filing. Taken in or refused, it is
 * over, and a refusal is left to a person; a rejected file stops the bureau as any other does.
 */
export async function applySupplement(store: Store, sent: Sent, result: BureauResult): Promise<Applied> {
  const { filingId } = sent;
  if (!isDecision(result)) return { outcome: "parked", filingId, note: "补传的资料没有备案数据" };
  if (sent.settledAt || (sent.state === "failed" && result.kind === "file_rejected"))
    return { outcome: "repeated", filingId, note: null };
  await supplementTaken(store, sent);
  const state = result.kind === "file_rejected" ? "failed" : "settled";
  await store.db`
    update bureau_requests set state = ${state}, accepted_at = coalesce(accepted_at, now()),
      settled_at = case when ${state} = 'settled' then now() end
    where id = ${sent.id}`;
  await closeOver(store.db, [sent]);
  if (result.kind === "file_rejected")
    await stopBureau(store.db, sent.bureauId, String(result.codes[0]?.code ?? "unknown"));
  if (result.kind === "refused") return { outcome: "parked", filingId, note: "管局没有收下补传的资料" };
  return { outcome: "applied", filingId, note: null };
}
