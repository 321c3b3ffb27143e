import { alarmStuck } from "../../src/models/bureau/alarm.ts";
import { uploadReady } from "../../src/models/bureau/auto-upload.ts";
import { pollBureaus as poll, wakeForgotten } from "../../src/models/bureau/queue.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Has every bureau asked for its answers; nothing that waits for one is forgotten, and a queue that is stuck is told of. */
export const pollBureaus =
  (store: RootStore): Task<"poll-bureaus"> =>
  async (_payload, { progress }) => {
    const uploaded = await uploadReady(store);
    await wakeForgotten(store.db);
    const asked = await poll(store.db);
    const stuck = await alarmStuck(store);
    progress(`${asked} bureaus asked, ${uploaded} filings on their way by themselves, ${stuck} queues stuck`);
  };
