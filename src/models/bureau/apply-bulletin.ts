import { takeBulletin } from "../bulletin/rows.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import type { Store } from "../store.ts";
import type { Of } from "./applying.ts";
import type { Applied, BureauResult } from "./results.ts";

/** XGTZ, 通知: kept until somebody has read it. Staff are told once a file. */
export async function applyBulletin(
  store: Store,
  { answer, position, result }: Of<Extract<BureauResult, { kind: "bulletin" }>>,
): Promise<Applied> {
  const { ispId, bureauId, id: answerId } = answer;
  await takeBulletin(store, { ispId, bureauId, answerId, position }, result.item);
  await noticeOnDuty(store, { ispId }, "bulletins-came", {}, `bulletins:${answerId}`);
  return { outcome: "applied", filingId: null, note: null };
}
