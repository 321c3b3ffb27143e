import { remindSla as remind } from "../../src/models/reminder/sla.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Tells reviewers about filings that are due soon, and the supervisor about those overdue. */
export const remindSla =
  (store: RootStore): Task<"remind-sla"> =>
  async (_payload, { progress }) => {
    const done = await remind(store);
    progress(`${done["sla-due"]} due soon, ${done["sla-overdue"]} overdue`);
  };
