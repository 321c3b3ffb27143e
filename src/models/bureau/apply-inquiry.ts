import { takeInquiry } from "../inquiry/ask.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import type { Store } from "../store.ts";
import type { Of } from "./applying.ts";
import { outdated } from "./file-order.ts";
import type { Applied, BureauResult } from "./results.ts";

/** HSRW, 核实任务: becomes a task of staff, who are told once a file. Asked again while it is open it is the same task. */
export async function applyInquiry(
  store: Store,
  { answer, position, result }: Of<Extract<BureauResult, { kind: "inquiry" }>>,
): Promise<Applied> {
  const { ispId, bureauId, id: answerId } = answer;
  const taken = await takeInquiry(store, { ispId, bureauId, answerId, position }, result.record);
  if (taken === "outdated") return outdated;
  await noticeOnDuty(store, { ispId }, "inquiries-came", {}, `inquiries:${answerId}`);
  return taken === "new"
    ? { outcome: "applied", filingId: null, note: null }
    : { outcome: "repeated", filingId: null, note: "同一条备案的核实任务还没有答复，期限重新计算" };
}
