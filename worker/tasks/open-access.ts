import { announceOpening } from "../../src/models/filing/access-opening.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** 可开通访问: seven hours after the submission, unless the filing was returned, withdrawn or ended. */
export const openAccess =
  (store: RootStore): Task<"open-access"> =>
  async ({ filingId }, { progress }) =>
    progress((await announceOpening(store, filingId)) ? "told" : "nothing to tell");
