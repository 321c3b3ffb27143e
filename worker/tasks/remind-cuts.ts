import { remindCuts as remind } from "../../src/models/cut/remind.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Reminds 上报 of accesses that are not cut a day after their filing ended. */
export const remindCuts =
  (store: RootStore): Task<"remind-cuts"> =>
  async (_payload, { progress }) => {
    progress(`${await remind(store)} named`);
  };
