import { GatewayFailed } from "../../src/lib/gateway-failed.ts";
import {
  type Begun,
  beginDelivery,
  bodyOf,
  recordDelivered,
  recordNotDelivered,
} from "../../src/models/hook/sending.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

/**
 * Tells the provider's own system about one event. The pauses between tries are the model's, so that a failure is no
 * failure of the job.
 */
export const sendHook =
  (deps: Pick<WorkerDeps, "db" | "vault" | "hooks">): Task<"send-hook"> =>
  async ({ deliveryId }, { progress }) => {
    const begun = await beginDelivery(deps, deliveryId);
    if (!begun) return progress("nothing to send");
    const { sending } = begun;
    const answer = await answerOf(deps, begun);
    if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
      await recordDelivered(deps, sending, { status: answer.status, done: answer.done });
      return progress(`delivered, ${answer.done ? "done" : "not said to be done"}`);
    }
    const again = await recordNotDelivered(deps, sending, answer);
    progress(`${answer.problem}; ${again ? "tried again later" : "given up"}`);
  };

type Answered = { status: number | null; done: boolean; problem: string };

/** What came back, and the sentence to keep where that is no 2xx. */
async function answerOf({ hooks }: Pick<WorkerDeps, "hooks">, { sending, target }: Begun): Promise<Answered> {
  try {
    const { status, done } = await hooks.deliver(target, { id: sending.eventId, body: bodyOf(sending) });
    return { status, done, problem: `the hook answered ${status}` };
  } catch (error) {
    if (!(error instanceof GatewayFailed)) throw error;
    return { status: null, done: false, problem: error.message };
  }
}
