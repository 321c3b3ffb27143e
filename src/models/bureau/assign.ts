import type { Staff } from "../actor.ts";
import { type Filing, findFiling, lockFiling } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { applyNumbers, proveTaken } from "./apply.ts";
import { applyDecision } from "./apply-decision.ts";
import { EARLIER, type Of } from "./applying.ts";
import { SUPPLEMENT } from "./operation-codes.ts";
import { lastUpload, type Sent } from "./requests.ts";
import type { Answered, Applied } from "./results.ts";

/** It was not applied: a sentence for the person who wanted it. */
export type Refused = { refused: string };

/**
 * Applies a parked answer to the filing that a person says it is about, as if the bureau had named it. Refused where the
 * filing has nothing at that bureau, is about something else, or its workflow does not allow it. Throws NotFound.
 */
export async function applyToFiling(
  store: Store,
  place: Of<Answered>,
  { by, number }: { by: Staff; number: string },
): Promise<Applied | Refused> {
  const { id } = await findFiling(store.db, number, by);
  const filing = await lockFiling(store.db, id, by);
  const sent = await lastUpload(store.db, filing.id);
  if (!sent || filing.bureauId !== place.answer.bureauId)
    return { refused: `备案单${number}没有报给这个管局。请核对备案单号。` };
  const mismatch = mismatchOf(filing, sent, place.result);
  if (mismatch) return { refused: mismatch };
  await proveTaken(store.db, sent);
  const { result } = place;
  const named = { ...place, by };
  return saidOf(
    result.kind === "numbers"
      ? await applyNumbers(store, filing, { ...named, result })
      : await applyDecision(store, filing, { ...named, result }),
  );
}

/** What speaks against it before anything is done. */
function mismatchOf({ number, kind }: Filing, sent: Sent, result: Answered): string | undefined {
  if (result.kind === "numbers")
    return kind === "cancel" ? `备案单${number}是注销，管局不会给它备案号。` : undefined;
  const { operation } = result;
  if (operation === SUPPLEMENT) return "这是单独提交的核验材料的结果，不改变备案单。请看过后点“已处理”。";
  if (operation !== undefined && operation !== sent.operation)
    return `这个结果说的操作类型是${operation}，备案单${number}上报的是${sent.operation}，对不上。`;
  return undefined;
}

/** What is parked again was not applied. */
const saidOf = (applied: Applied): Applied | Refused =>
  applied.outcome === "parked" || applied.note === EARLIER
    ? { refused: `不能用在这件备案单上：${applied.note ?? "流程不允许"}。` }
    : applied;
