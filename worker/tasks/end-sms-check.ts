import { endSmsCheck as end } from "../../src/models/reminder/sms-check.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Ends the 24 hours of the short-message check of one filing. */
export const endSmsCheck =
  (store: RootStore): Task<"end-sms-check"> =>
  async ({ filingId }, { progress }) =>
    progress((await end(store, filingId)) ? "ended" : "nothing to end");
