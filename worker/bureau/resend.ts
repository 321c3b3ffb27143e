import {
  type BureauAccount,
  messageAction,
  type UploadAnswer,
  wrap,
} from "../../src/gateways/bureau/index.ts";
import { keptPackage, type Package } from "../../src/models/bureau/packages.ts";
import { openedZip } from "./file.ts";
import type { BureauParts, Watch } from "./parts.ts";

/** The bytes as kept, under the number they were given. */
export async function uploadKept(
  parts: BureauParts,
  account: BureauAccount,
  kept: Package,
): Promise<UploadAnswer> {
  return parts.bureau.upload(account, wrap(await openedZip(parts, kept), account), kept.sequence);
}

/** `problem`: a person has to settle it with the bureau · `answer`: what the bureau said to one of them instead. */
export type Filled = "filled" | { problem: string } | { answer: UploadAnswer };

/**
 * Code 14: the bureau lacks numbers that we sent before. They go again, in order, as they were; what is not kept as it
 * was cannot go, and nothing after it may. Stopped in between it is gone on with: the bureau says again what it lacks.
 */
export async function resendMissing(
  parts: BureauParts,
  account: BureauAccount,
  sent: Package,
  missing: readonly number[],
  { progress }: Pick<Watch, "progress">,
): Promise<Filled> {
  if (missing.length === 0) return { problem: "管局说有漏报的数据，却没有说是哪些序号，请联系管局" };
  for (const sequence of [...new Set(missing)].sort((one, other) => one - other)) {
    const kept = await keptPackage(parts.db, sent.bureauId, sequence);
    const problem = obstacleTo(kept, sent, sequence);
    if (!kept || problem) return { problem: problem ?? "" };
    const answer = await uploadKept(parts, account, kept);
    if (messageAction(answer.code) === "resend_missing")
      return { problem: `补报序号${sequence}时，管局说还缺更早的数据，请联系管局` };
    if (messageAction(answer.code) !== "ok") return { answer };
    progress(`package ${sequence} sent again`);
  }
  return "filled";
}

function obstacleTo(kept: Package | undefined, sent: Package, sequence: number): string | undefined {
  if (!kept)
    return `管局缺少序号${sequence}的报文，本系统没有保留它（可能是换系统以前上报的），请联系管局，再用openbeian bureau start恢复上报`;
  if (kept.id === sent.id) return `管局把这次上报的序号${sequence}也当作漏报，请联系管局`;
  if (kept.blankedAt)
    return `管局缺少序号${sequence}的报文，其中的备案密码在办结后已经清除，不能原样补报，请联系管局`;
  return undefined;
}
