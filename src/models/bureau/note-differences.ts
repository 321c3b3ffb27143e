import { compareAnswer } from "../reconciliation/copy.ts";
import { subjectOf, type Writing } from "../record/writing.ts";
import type { Store } from "../store.ts";
import type { Place } from "./applying.ts";

/** What the record says otherwise than ours now stands on the list of 对账. */
export async function noteDifferences(
  store: Store,
  writing: Writing,
  { answer, position }: Omit<Place, "result">,
): Promise<void> {
  const source = { ispId: answer.ispId, bureauId: answer.bureauId, answerId: answer.id, position };
  const subjectId = writing.filing.subjectId ?? subjectOf(writing).id;
  await compareAnswer(store, source, subjectId, writing.record);
}
