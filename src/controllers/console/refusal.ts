import { TransitionRefused } from "../../models/errors.ts";
import { refusalWords } from "../../models/filing/refusals.ts";

/** Does it, or gives the words of the refusal, for a page that shows them in its place with what was typed. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof TransitionRefused) return refusalWords[error.refusal];
    throw error;
  }
}
