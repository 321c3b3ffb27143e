import { expireMaterials as expire } from "../../src/models/reminder/materials.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Returns filings whose verification form is older than three months, after a reminder. */
export const expireMaterials =
  (store: RootStore): Task<"expire-materials"> =>
  async (_payload, { progress }) => {
    const { reminded, returned } = await expire(store);
    progress(`${reminded} reminded, ${returned} returned`);
  };
