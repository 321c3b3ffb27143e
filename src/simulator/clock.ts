import type { Office } from "./office.ts";
import { waitingFilings } from "./state.ts";

/** Decides what has waited long enough, while the bureau decides by itself: one timer, for the first that is due. */
export class Clock {
  #timer: NodeJS.Timeout | undefined;

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** To be called whenever something changed. */
  arm(office: Office): void {
    const { decisions, decisionDelayMs } = office.state.settings;
    this.stop();
    if (decisions === "hold" || office.state.waiting.size === 0) return;
    const first = waitingFilings(office.state).reduce(
      (least, { receivedAt }) => Math.min(least, receivedAt),
      Number.MAX_SAFE_INTEGER,
    );
    const wait = Math.max(0, first + decisionDelayMs - Date.now());
    this.#timer = setTimeout(() => this.#decideDue(office), wait);
  }

  #decideDue(office: Office): void {
    const { decisions, decisionDelayMs, returnWords } = office.state.settings;
    const due = waitingFilings(office.state).filter(
      ({ receivedAt }) => receivedAt + decisionDelayMs <= Date.now(),
    );
    if (due.length === 0) this.arm(office);
    else
      office.decide(
        due.map(({ id }) => id),
        decisions === "approve",
        returnWords,
      );
  }
}
