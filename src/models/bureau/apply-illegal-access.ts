import { queueEvent } from "../hook/queue.ts";
import { factsOf, takeIn } from "../reported-site/take-in.ts";
import type { Store } from "../store.ts";
import { type Of, parked } from "./applying.ts";
import type { Applied, BureauResult } from "./results.ts";

type IllegalAccess = Extract<BureauResult, { kind: "illegal_access" }>;

/** FFJRHMD, 非法接入: a row of the work list; the bureau expects no answer. The provider's system is told too. */
export async function applyIllegalAccess(
  store: Store,
  { answer, position, result }: Of<IllegalAccess>,
): Promise<Applied> {
  const facts = factsOf(result.item);
  if (facts.domain === "" && facts.ip === null) return parked("非法接入没有域名，也没有IP地址");
  const taken = await takeIn(store, answer, "illegal", facts);
  const { ispId } = answer;
  const told = { number: facts.number, domain: facts.domain, ip: facts.ip };
  const cause = `answer:${answer.id}:${position}`;
  if (taken !== "repeated")
    await queueEvent(store, { ispId, event: "illegal_access.found", cause, payload: told });
  return { outcome: taken === "repeated" ? "repeated" : "applied", filingId: null, note: null };
}
