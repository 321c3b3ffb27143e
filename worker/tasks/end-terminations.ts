import type { RootStore } from "../../src/models/store.ts";
import { endTerminations as end } from "../../src/models/termination/file.ts";
import type { Task } from "./types.ts";

/** Reminds before the provider ends an access, and files what is due where the provider lets it. */
export const endTerminations =
  (store: RootStore): Task<"end-terminations"> =>
  async (_payload, { progress }) => {
    const { reminded, filed } = await end(store);
    progress(`${reminded} reminded, ${filed} filed`);
  };
