import { recheckType as recheck } from "../../src/models/type-check/recheck.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

/** Asks a bureau again that gave no answer when a filing was opened; tried again later while it is silent. */
export const recheckType =
  (deps: Pick<WorkerDeps, "db" | "vault" | "lookups">): Task<"recheck-type"> =>
  async ({ checkId }, { progress }) =>
    progress(await recheck(deps, deps.lookups, checkId));
