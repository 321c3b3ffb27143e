import { uploadReady } from "../../src/models/bureau/auto-upload.ts";
import { pollBureaus as poll, wakeForgotten } from "../../src/models/bureau/queue.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Has every bureau asked for its answers, and sees to it that nothing that waits for a bureau is forgotten. */
export const pollBureaus =
  (store: RootStore): Task<"poll-bureaus"> =>
  async (_payload, { progress }) => {
    const uploaded = await uploadReady(store);
    await wakeForgotten(store.db);
    progress(`${await poll(store.db)} bureaus asked, ${uploaded} filings on their way by themselves`);
  };
