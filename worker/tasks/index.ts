import type { WorkerDeps } from "../deps.ts";
import { anchorHistory } from "./anchor-history.ts";
import { sendNotice } from "./send-notice.ts";
import type { Tasks } from "./types.ts";

/** Every job and what handles it. */
export const createTasks = (deps: WorkerDeps): Partial<Tasks> => ({
  "send-notice": sendNotice(deps),
  "anchor-history": anchorHistory(deps),
});
