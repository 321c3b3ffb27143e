import { takeInspection } from "../inspection/rows.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import type { Store } from "../store.ts";
import type { Of } from "./applying.ts";
import type { Applied, BureauResult } from "./results.ts";

/** HCJG, 核查结果: becomes an entry of a work list. Staff are told once a file. */
export async function applyInspection(
  store: Store,
  { answer, position, result }: Of<Extract<BureauResult, { kind: "inspection" }>>,
): Promise<Applied> {
  const { ispId, bureauId, id: answerId } = answer;
  await takeInspection(store, { ispId, bureauId, answerId, position }, result.item);
  await noticeOnDuty(store, { ispId }, "inspections-came", {}, `inspections:${answerId}`);
  return { outcome: "applied", filingId: null, note: null };
}
