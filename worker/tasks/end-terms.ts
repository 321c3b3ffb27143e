import { endTerms as end } from "../../src/models/reminder/terms.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Reminds of idle filings and closes those whose provider set a term. */
export const endTerms =
  (store: RootStore): Task<"end-terms"> =>
  async (_payload, { progress }) => {
    const { reminded, closed } = await end(store, new Date());
    progress(`${reminded} reminded, ${closed} closed`);
  };
