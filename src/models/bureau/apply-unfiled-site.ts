import { factsOf, takeIn } from "../reported-site/take-in.ts";
import type { Store } from "../store.ts";
import { type Of, parked } from "./applying.ts";
import type { Applied, BureauResult } from "./results.ts";

type UnfiledSite = Extract<BureauResult, { kind: "unfiled_site" }>;

/** WBAWZLB, 未备案网站: a row of the work list, to be answered with 处理结果. */
export async function applyUnfiledSite(store: Store, { answer, result }: Of<UnfiledSite>): Promise<Applied> {
  const facts = factsOf(result.item);
  if (facts.domain === "") return parked("未备案网站没有域名");
  const taken = await takeIn(store, answer, "unfiled", facts);
  return { outcome: taken === "repeated" ? "repeated" : "applied", filingId: null, note: null };
}
