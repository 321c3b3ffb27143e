import { derivedId } from "../../lib/ids.ts";
import type { Actor, Staff } from "../actor.ts";
import type { Filing } from "../filing/rows.ts";
import { type Input, transitionWithin } from "../filing/transition.ts";
import type { Action } from "../filing/workflow.ts";
import type { Store } from "../store.ts";
import type { Answer } from "./answer-rows.ts";
import type { Applied, BureauResult } from "./results.ts";

/** A result with the place where it stands, which names it for ever; `by` had it applied after it was parked. */
export type Place = { answer: Answer; position: number; result: BureauResult; by?: Staff };

export type Of<T extends BureauResult> = Omit<Place, "result"> & { result: T };

/** For a person; the note says why. */
export const parked = (note: string, filingId: number | null = null): Applied => ({
  outcome: "parked",
  filingId,
  note,
});

/** Note of what was said about an upload that another has followed. */
export const EARLIER = "说的是上一次上报";

/** Moves a filing because of a result; the same result moves it once. */
export async function act(
  store: Store,
  filing: Filing,
  { answer, position, by }: Omit<Place, "result">,
  { action, actor }: { action: Action; actor: Actor },
  input: Input,
  within?: () => Promise<void>,
): Promise<void> {
  await transitionWithin(store, {
    filingId: filing.id,
    action,
    actor,
    requestId: derivedId("answer", answer.id, position),
    input: {
      ...input,
      detail: { ...input.detail, answer: answer.id, position, ...(by && { assignedBy: by.staffId }) },
    },
    ...(within ? { within } : {}),
  });
}
