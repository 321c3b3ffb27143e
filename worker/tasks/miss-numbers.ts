import { missNumbers as miss } from "../../src/models/reminder/numbers.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Alarms about filings that were approved and got no number. */
export const missNumbers =
  (store: RootStore): Task<"miss-numbers"> =>
  async (_payload, { progress }) =>
    progress(`${await miss(store)} filings without a number`);
