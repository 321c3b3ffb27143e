import { remindSmsCheck as remind } from "../../src/models/reminder/sms-check.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Reminds the registrant before the short-message check runs out. */
export const remindSmsCheck =
  (store: RootStore): Task<"remind-sms-check"> =>
  async ({ filingId }, { progress }) =>
    progress((await remind(store, filingId)) ? "reminded" : "nothing to remind of");
